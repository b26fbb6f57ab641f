package dev.latchkey.authorizer;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.latchkey.config.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * Requests with good keys of RS256, ES256 and HS256, to have the classes loaded that answer them. They are answered by
 * handlers of their own, at a time of their own, and not logged: no handler that answers anybody knows these keys. The
 * private halves were thrown away; the HS256 secret, which has none, is known to every reader of this file.
 */
final class SampleRequests {

    private static final String RSA = "{\"kty\":\"RSA\",\"kid\":\"priming\",\"alg\":\"RS256\",\"e\":\"AQAB\",\"n\":\""
            + "ySivpgfuCftMEDiLVYtNFrxriUHmx_16khluHVLYEzkzf7dUmamnjInnxiYA8Ate5U4v0W3_QNMtQwf4YSlbVRP_"
            + "t52FAPjmH0ZQbj6ARj3PGQGakHq86I6BNzOI2wmChNyvZLjLFFoNFkwOERpQHt-YGaHrqJUFfrvAffoyli-yYIyu"
            + "Tba4u_K56UAm0pjPQ-CY5-I-ohl009elDTSvU5KS1vDpUZWe9RTEkk4KGfj4e4wYiysx1XYqB3oRIVX5VpUnMxp2"
            + "LXF9bK52Gid7Lv6ARKceamF0ErFBI_eMzamSwBKND0PMuGHJg1JJJz-RK50rRt05U2kYEAX5Gm22dw"
            + "\"}";
    private static final String EC = "{\"kty\":\"EC\",\"kid\":\"priming\",\"alg\":\"ES256\",\"crv\":\"P-256\","
            + "\"x\":\"7MF9Q1IOR9S6UHa4uBl1kazynGw_IyXOMQRQM-2Tsy0\","
            + "\"y\":\"9TqUobJHKe-g0buNflXqqKnEumcTwhmlV1sNp6LDz_s\"}";
    private static final String OCT = "{\"kty\":\"oct\",\"kid\":\"priming\",\"alg\":\"HS256\","
            + "\"k\":\"Pj647xjC9V0kn9zVhqKXURh7zBBcC2ZxpGNpoA0Kqms\"}";

    /** The user and company {@code priming}, from 2026-01-01 for an hour. */
    private static final String CLAIMS =
            ".eyJzdWIiOiJwcmltaW5nIiwib3JnX2lkIjoicHJpbWluZyIsImp0aSI6InByaW1pbmciLCJpYXQiOjE3NjcyMjU2MDAs"
                    + "ImV4cCI6MTc2NzIyOTIwMH0.";

    /** When they are good. */
    static final Instant THEN = Instant.parse("2026-01-01T00:30:00Z");

    private record Sample(String key, String header, String signature) {
        String token() {
            return header + CLAIMS + signature;
        }
    }

    private static final List<Sample> SAMPLES = List.of(
            new Sample(
                    RSA,
                    "eyJhbGciOiJSUzI1NiIsImtpZCI6InByaW1pbmcifQ",
                    "ODeQW9bmEcWS2nfe1qlQU3pFqdrFvpZ9i2BwpU87J7wmXzEl2cz-2c5tbDZZx_9vhgCbBTFUEC3jyuc7k8KLKkCM"
                            + "GUI25RyAv87H2y9-KfqsorttQ6PBHNhjsoaN7WgvR1Atr9K7-m1-DcrGzSrgqeTckxf0iyn-hky1Y2FBaOfMHo1t"
                            + "Beq0Xj5Yh7LE6rhyJZZg4xhGiOLm0M4f3-3MB9xsvPMv7GFYuwtT6JcIMONordqxMEcNHnBPTZJjRYrJ0CbRkNFv"
                            + "GRzVlcTLV529zd-Xj1-ZA6B2I-Ib4kFal5vxdi7e_cnGYq6hbwGCH2Txy6OgVN28pEttL6_7WIi00g"),
            new Sample(
                    EC,
                    "eyJhbGciOiJFUzI1NiIsImtpZCI6InByaW1pbmcifQ",
                    "45F2fm7KFbNwXjNIh8MQ0-NrPj80ZI1rcbYNbwcYMMNv_P_tZ9Jl4nJEjf63BXtiVVU06tKuO9YDCE-5ZyVH9Q"),
            new Sample(
                    OCT, "eyJhbGciOiJIUzI1NiIsImtpZCI6InByaW1pbmcifQ", "IgCsS7VxCSadlS53tzyqv58VT_K-E5wbmejQuEHzGPg"));

    private static final LambdaLogger SILENT = new LambdaLogger() {
        @Override
        public void log(String message) {
            // As promised.
        }

        @Override
        public void log(byte[] message) {
            // As promised.
        }
    };

    private SampleRequests() {}

    /**
     * Answers them, as REST APIs and HTTP APIs ask.
     *
     * @throws Unauthorized if one is refused, which a change of the rules' defaults could cause
     */
    static void answer() {
        for (Sample sample : SAMPLES) {
            AuthorizerHandler handler = new AuthorizerHandler(
                    Map.of(Settings.VERIFY_KEY.name(), sample.key()),
                    extension -> {
                        throw new IllegalStateException("no secret is named");
                    },
                    List.of(),
                    Clock.fixed(THEN, ZoneOffset.UTC),
                    SILENT);
            for (String event : events(sample)) {
                handler.answer(event.getBytes(StandardCharsets.UTF_8), "priming");
            }
        }
    }

    /** All of them, as API Gateway sends them. */
    static List<String> events() {
        return SAMPLES.stream().flatMap(sample -> events(sample).stream()).toList();
    }

    private static List<String> events(Sample sample) {
        return List.of(restEvent(sample.token()), httpEvent(sample.token()));
    }

    private static String restEvent(String token) {
        return "{\"type\":\"TOKEN\",\"methodArn\":\"arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/GET/orders\","
                + "\"authorizationToken\":\"Bearer " + token + "\"}";
    }

    private static String httpEvent(String token) {
        return "{\"version\":\"2.0\",\"type\":\"REQUEST\",\"routeArn\":"
                + "\"arn:aws:execute-api:us-east-1:123456789012:abcdef1234/$default/GET/orders\","
                + "\"headers\":{\"authorization\":\"Bearer " + token + "\"}}";
    }
}
