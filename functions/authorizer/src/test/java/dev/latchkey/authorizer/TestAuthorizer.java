package dev.latchkey.authorizer;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.jwt.TokenCheck;
import dev.latchkey.testing.RecordingLogger;
import dev.latchkey.testing.TestContext;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The handler under test with good settings to spoil: HS256, a clock that stands, a log that remembers. */
final class TestAuthorizer {

    static final String ARN = "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/GET/orders";

    final RecordingLogger log = new RecordingLogger();
    final TurnableClock clock = new TurnableClock(TestTokens.NOW);
    private final AuthorizerHandler handler;

    private TestAuthorizer(Map<String, String> environment, List<TokenCheck> checks) {
        handler = new AuthorizerHandler(
                environment,
                extension -> {
                    throw new IllegalStateException("no secret is named");
                },
                checks,
                clock,
                log);
    }

    /** A handler that verifies with {@link TestKeys#SECRET} at exact times, and these settings: name, value, name, value. */
    static TestAuthorizer with(String... settings) {
        return with(List.of(), settings);
    }

    /** The same with the operator's own checks. */
    static TestAuthorizer with(List<TokenCheck> checks, String... settings) {
        Map<String, String> environment = new HashMap<>();
        environment.put("JWT_VERIFY_KEY", TestKeys.SECRET);
        environment.put("JWT_CLOCK_SKEW", "0");
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return new TestAuthorizer(environment, checks);
    }

    /** A handler of these settings alone. */
    static TestAuthorizer of(Map<String, String> environment) {
        return new TestAuthorizer(environment, List.of());
    }

    /** The answer to a TOKEN event with this header value. */
    JsonObject token(String authorization) {
        return token(authorization, ARN);
    }

    /** The answer to a TOKEN event with this header value for this method. */
    JsonObject token(String authorization, String arn) {
        return call(new JsonObjectBuilder()
                .put("type", "TOKEN")
                .put("authorizationToken", authorization)
                .put("methodArn", arn)
                .build()
                .toString());
    }

    /** The answer to a REQUEST event with these maps, as JSON texts. */
    JsonObject request(String headers, String multiValueHeaders) {
        return call("{\"type\":\"REQUEST\",\"methodArn\":\"" + ARN + "\",\"headers\":" + headers
                + ",\"multiValueHeaders\":" + multiValueHeaders
                + ",\"requestContext\":{\"requestId\":\"gateway-1\"}}");
    }

    /** The answer to an event. */
    JsonObject call(String event) {
        return call(event.getBytes(StandardCharsets.UTF_8));
    }

    /** The answer to an event. */
    JsonObject call(byte[] event) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(event), output, new TestContext(log));
            return JsonReader.readObject(output.toByteArray(), new JsonLimits(8192, 8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonSyntaxException e) {
            throw new AssertionError("the answer is not a JSON object", e);
        }
    }

    /** The effect of an answer's only statement. */
    static String effect(JsonObject answer) {
        return statement(answer).string("Effect").orElseThrow();
    }

    /** The resource of an answer's only statement. */
    static String resource(JsonObject answer) {
        return statement(answer).string("Resource").orElseThrow();
    }

    private static JsonObject statement(JsonObject answer) {
        return (JsonObject) ((dev.latchkey.json.JsonValue.JsonArray)
                        answer.object("policyDocument").get("Statement").orElseThrow())
                .elements()
                .get(0);
    }

    /** The reason in the last log record. */
    String reason() {
        return logged().string("reason").orElse("");
    }

    /** The last log record. */
    JsonObject logged() {
        try {
            return JsonReader.readObject(log.last().getBytes(StandardCharsets.UTF_8), new JsonLimits(8192, 8));
        } catch (JsonSyntaxException e) {
            throw new AssertionError("the log record is not a JSON object", e);
        }
    }
}
