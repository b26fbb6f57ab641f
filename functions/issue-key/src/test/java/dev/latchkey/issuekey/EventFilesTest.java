package dev.latchkey.issuekey;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.tests.EventLoader;
import dev.latchkey.json.JsonValue.JsonObject;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The files in events/")
class EventFilesTest {

    private static final String KEY = "\\{\"apikey\":\"[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}\","
            + "\"keyId\":\"[0-9a-f-]{36}\",\"expiresAt\":\"2026-03-31T12:00:00Z\"}";

    private final TestIssuer issuer = TestIssuer.with();

    @Test
    @DisplayName("are answered by a key, to a direct invocation as the answer itself")
    void directKey() {
        assertThat(issuer.file("issue-key-direct.json").toString()).matches(KEY);
    }

    @Test
    @DisplayName("are answered by a key, and by whether its idempotency key was honoured where it has one")
    void idempotencyKey() {
        assertThat(issuer.file("issue-key-direct-idempotency-key.json").toString())
                .matches(KEY.replaceFirst("}$", ",\"idempotent\":false}"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("are answered by a key, over HTTP as a proxy response with exactly these members and headers")
    @ValueSource(strings = {"issue-key-proxy-1.0.json", "issue-key-proxy-2.0.json", "issue-key-function-url.json"})
    void httpKey(String file) {
        JsonObject answer = issuer.file(file);

        assertThat(answer.members()).containsOnlyKeys("statusCode", "headers", "body", "isBase64Encoded");
        assertThat(TestIssuer.status(answer)).isEqualTo(200);
        assertThat(answer.object("headers"))
                .hasToString("{\"content-type\":\"application/json\",\"cache-control\":\"no-store\","
                        + "\"x-content-type-options\":\"nosniff\"}");
        assertThat(answer.string("body").orElseThrow()).matches(KEY);
        assertThat(answer.get("isBase64Encoded")).hasToString("Optional[false]");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("are answered by the user")
    @CsvSource({
        "issue-key-direct-provision-user.json,\"sub_1\"",
        "issue-key-direct-get-user.json,null",
        "issue-key-provision-user.json,\"sub_1\"",
        "issue-key-get-user.json,null",
        "issue-key-get-user-2.0.json,null"
    })
    void user(String file, String subscription) {
        JsonObject answer = issuer.file(file);

        assertThat(answer.has("body") ? TestIssuer.body(answer) : answer)
                .hasToString("{\"id\":\"cus_1\",\"username\":\"a@b.co\",\"email\":\"a@b.co\","
                        + "\"billing_customer_id\":\"cus_1\",\"billing_subscription_id\":" + subscription + "}");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @DisplayName("over HTTP are refused with a status, a code and a message that tells what to put right")
    @CsvSource({
        "issue-key-missing-customer.json,400,customerId is required",
        "issue-key-missing-email.json,400,email is required",
        "issue-key-without-body.json,400,'the body must be a JSON object, got none'",
        "issue-key-without-query.json,400,customerId is required",
        "issue-key-malformed-body.json,400,the body is not a JSON object: expected \" at byte 22",
        "issue-key-unknown-field.json,400,'unknown field org_id. Known fields: customerId, email, expiresIn, idempotencyKey, metadata, name, plan, scopes, subscriptionId'",
        "issue-key-wrong-content-type.json,400,content-type must be application/json",
        "issue-key-not-base64.json,400,the body is not the base64 that isBase64Encoded says it is",
        "issue-key-undeclared-base64.json,400,the body is not a JSON object: not a JSON value at byte 0",
        "issue-key-unknown-route.json,404,"
                + "'no such route. Routes: POST /create-key, POST /provision-user, GET /user, GET /keys, GET /keys/{keyId},"
                + " PATCH /keys/{keyId}, POST /keys/{keyId}/suspend, POST /keys/{keyId}/resume, POST /keys/{keyId}/revoke,"
                + " POST /revoke-key, POST /keys/{keyId}/roll, POST /revoke-customer, GET /openapi.json'",
    })
    void refusedOverHttp(String file, int status, String message) {
        JsonObject answer = issuer.file(file);

        assertThat(TestIssuer.status(answer)).isEqualTo(status);
        assertThat(answer.object("headers").string("cache-control")).contains("no-store");
        assertThat(TestIssuer.body(answer))
                .hasToString(error(status == 404 ? "not_found" : "invalid_request", message));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("of direct invocations are refused in the same words")
    @CsvSource({
        "issue-key-direct-missing-customer.json,customerId is required",
        "issue-key-direct-unknown-action.json,'action must be one of createApiKey, provisionUser, getUser, listApiKeys, getApiKey, updateApiKey, suspendApiKey, resumeApiKey, revokeApiKey, rollApiKey, revokeCustomer, getOpenApi, countSignedKeys'",
        "issue-key-direct-unknown-field.json,"
                + "'unknown field org_id. Known fields: customerId, email, expiresIn, idempotencyKey, metadata, name, plan, scopes, subscriptionId'"
    })
    void refusedDirectly(String file, String message) {
        assertThat(issuer.file(file)).hasToString(error("invalid_request", message));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("that need records of keys are refused without a table, with the remedy")
    @ValueSource(
            strings = {
                "list-api-keys",
                "get-api-key",
                "update-api-key",
                "suspend-api-key",
                "resume-api-key",
                "revoke-api-key",
                "roll-api-key",
                "revoke-customer"
            })
    void withoutTable(String name) {
        JsonObject error = issuer.file("issue-key-direct-" + name + ".json").object("error");

        assertThat(error.string("code")).contains("not_implemented");
        assertThat(error.string("message").orElseThrow()).contains("Set PLUGIN_JWT_KEYS_TABLE to a table");
    }

    @Test
    @DisplayName("are read alike after AWS's own type of proxy events, 1.0")
    void typedProxyEvent() {
        APIGatewayProxyRequestEvent event = EventLoader.loadApiGatewayRestEvent("events/issue-key-proxy-1.0.json");

        assertThat(event.getPath()).isEqualTo("/create-key");
        JsonObject answer = issuer.call(written(event, APIGatewayProxyRequestEvent.class));
        assertThat(answer.string("body").orElseThrow()).matches(KEY);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("are read alike after AWS's own type of proxy events, 2.0")
    @ValueSource(strings = {"issue-key-proxy-2.0.json", "issue-key-function-url.json"})
    void typedHttpEvent(String file) {
        APIGatewayV2HTTPEvent event = EventLoader.loadApiGatewayHttpEvent("events/" + file);

        assertThat(event.getRequestContext().getHttp().getMethod()).isEqualTo("POST");
        JsonObject answer = issuer.call(written(event, APIGatewayV2HTTPEvent.class));
        assertThat(answer.string("body").orElseThrow()).matches(KEY);
    }

    private static String error(String code, String message) {
        return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message.replace("\"", "\\\"") + "\"}}";
    }

    private static <T> byte[] written(T event, Class<T> type) {
        PojoSerializer<T> serializer =
                LambdaEventSerializers.serializerFor(type, EventFilesTest.class.getClassLoader());
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        serializer.toJson(event, json);
        return json.toByteArray();
    }
}
