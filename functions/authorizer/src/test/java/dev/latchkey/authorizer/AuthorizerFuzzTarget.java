package dev.latchkey.authorizer;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonBoolean;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.testing.OneLineLogger;
import dev.latchkey.testing.TestContext;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Any event has an answer that API Gateway takes, or is Unauthorized, or an {@link UnknownEventException}. An input that
 * begins with {@code !} is claims, which are signed well and sent in a good event.
 */
public final class AuthorizerFuzzTarget {

    /** What an event may lead to. */
    enum Outcome {
        /** Allowed or denied. */
        ANSWERED,
        /** The error {@link Unauthorized}. */
        UNAUTHORIZED,
        /** The error {@link UnknownEventException}. */
        UNKNOWN_EVENT
    }

    private static final OneLineLogger LOG = new OneLineLogger();
    private static final AuthorizerHandler HANDLER = new AuthorizerHandler(
            Map.of("JWT_VERIFY_KEY", TestKeys.SECRET),
            extension -> {
                throw new IllegalStateException("no secret is named");
            },
            List.of(),
            new TurnableClock(TestTokens.NOW),
            LOG);
    private static final JsonLimits GATEWAY = new JsonLimits(8 * 1024, 8);
    private static final String HEADER = TestKeys.base64url("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8));

    private AuthorizerFuzzTarget() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        outcome(input);
    }

    /** What an input leads to; anything but the three outcomes is thrown. */
    static Outcome outcome(byte[] input) throws Exception {
        byte[] event = input.length > 0 && input[0] == '!' ? signed(Arrays.copyOfRange(input, 1, input.length)) : input;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            HANDLER.handleRequest(new ByteArrayInputStream(event), output, new TestContext(LOG));
        } catch (Unauthorized refused) {
            return Outcome.UNAUTHORIZED;
        } catch (UnknownEventException unknown) {
            return Outcome.UNKNOWN_EVENT;
        }
        checkAnswer(output.toByteArray());
        return Outcome.ANSWERED;
    }

    private static void checkAnswer(byte[] output) throws IOException, JsonSyntaxException {
        JsonObject answer = JsonReader.readObject(output, GATEWAY);
        if (answer.get("isAuthorized").orElse(JsonValue.NULL) instanceof JsonBoolean) {
            return;
        }
        String text = answer.toString();
        boolean decides = text.contains("\"Effect\":\"Allow\"") || text.contains("\"Effect\":\"Deny\"");
        boolean tooBroad = text.contains("\"Resource\":[]") || text.contains("\"Resource\":\"*");
        if (!decides || tooBroad || answer.string("principalId").orElse("").isEmpty()) {
            throw new AssertionError("an answer that API Gateway does not take, or must not: " + text);
        }
    }

    private static byte[] signed(byte[] claims) throws Exception {
        String input = HEADER + "." + TestKeys.base64url(claims);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(TestKeys.SECRET.getBytes(StandardCharsets.UTF_8), "HMAC"));
        String token = input + "." + TestKeys.base64url(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        return new JsonObjectBuilder()
                .put("type", "TOKEN")
                .put("authorizationToken", "Bearer " + token)
                .put("methodArn", "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/GET/orders")
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
