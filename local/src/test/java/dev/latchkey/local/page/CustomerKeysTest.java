package dev.latchkey.local.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LoopbackServer.Response;
import dev.latchkey.local.machine.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The playground's routes for the keys of a sample customer, over an issue-key that answers as it is told. */
class CustomerKeysTest {
    private static final String RECORD =
            "{\"keyId\":\"k1\",\"name\":\"CI\",\"customerId\":\"cus_1\",\"createdBy\":\"invoke\",\"metadata\":{}}";

    private final List<JsonNode> events = new ArrayList<>();
    private InvocationResult result = success(RECORD);
    private final CustomerKeys keys = new CustomerKeys((requestId, event) -> {
        events.add(JsonTree.parse(event).orElseThrow());
        return result;
    });

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "GET; /keys; limit=25&cursor=a%3D; ; listApiKeys; 200; limit; 25",
                "POST; /keys; ''; {\"name\":\"CI\"}; createApiKey; 201; name; CI",
                "PATCH; /keys/k1; ''; {\"name\":\"CI\"}; updateApiKey; 200; keyId; k1",
                "POST; /keys/k1/roll; ''; {\"grace\":\"1h\"}; rollApiKey; 201; grace; 1h",
                "POST; /keys/k1/revoke; ''; {}; revokeApiKey; 200; keyId; k1",
                "POST; /keys/a%2Fb/suspend; ''; {}; suspendApiKey; 200; keyId; a/b",
                "POST; /keys/k1/resume; ''; {}; resumeApiKey; 200; customerId; cus_1",
            })
    void eachRouteIsAnActionOfTheSampleCustomer(
            String method,
            String path,
            String query,
            String body,
            String action,
            int status,
            String field,
            String value) {
        assertThat(send(method, path, query, body == null ? "" : body).status()).isEqualTo(status);
        JsonNode event = events.get(0);
        assertThat(event.path("action").asText()).isEqualTo(action);
        assertThat(event.path("customerId").asText()).isEqualTo("cus_1");
        assertThat(event.has("email")).isEqualTo(status == 201);
        assertThat(event.path(field).asText()).isEqualTo(value);
    }

    @Test
    void aPageOfTheListIsAskedForByNumberAndCursor() {
        send("GET", "/keys", "limit=25&cursor=a%3D", "");
        assertThat(events.get(0).path("limit").isInt()).isTrue();
        assertThat(events.get(0).path("cursor").asText()).isEqualTo("a=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"customerId", "email", "action", "keyId", "scopes", "__proto__"})
    void noRequestNamesACustomerOrAnotherField(String field) {
        assertThat(send("POST", "/keys", "", "{\"" + field + "\":\"cus_2\"}").status())
                .isEqualTo(400);
        assertThat(send("GET", "/keys", field + "=cus_2", "").status()).isEqualTo(400);
        assertThat(events).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GET,/", "DELETE,/keys", "GET,/keys/k1", "POST,/keys/k1", "POST,/keys/k1/issue", "POST,/keys/k1/roll/x"
    })
    void whatIsNotThereIsNotFound(String method, String path) {
        assertThat(send(method, path, "", "{}").status()).isEqualTo(404);
        assertThat(events).isEmpty();
    }

    @Test
    void whatIsNoObjectIsRefused() {
        assertThat(send("POST", "/keys", "", "[]").status()).isEqualTo(400);
        assertThat(send("POST", "/keys", "", "").status()).isEqualTo(400);
    }

    @Test
    void whatIsNotForCustomersIsLeftOut() {
        assertThat(body(send("PATCH", "/keys/k1", "", "{}"))).isEqualTo("{\"keyId\":\"k1\",\"name\":\"CI\"}");
        result = success("{\"keys\":[" + RECORD + "],\"cursor\":null}");
        assertThat(body(send("GET", "/keys", "", "")))
                .isEqualTo("{\"keys\":[{\"keyId\":\"k1\",\"name\":\"CI\"}],\"cursor\":null}");
    }

    @ParameterizedTest
    @CsvSource({"invalid_request,400", "not_found,404", "conflict,409", "not_implemented,501", "other,500"})
    void anErrorOfIssueKeyHasItsStatus(String code, int status) {
        result = success("{\"error\":{\"code\":\"" + code + "\",\"message\":\"m\"}}");
        assertThat(send("GET", "/keys", "", "").status()).isEqualTo(status);
    }

    @Test
    void aFunctionThatFailsIsAnInternalError() {
        result = new InvocationResult.Crash("Runtime.ExitError", "it ended");
        assertThat(send("GET", "/keys", "", "").status()).isEqualTo(500);
    }

    private Response send(String method, String path, String query, String body) {
        return keys.answer(method, path, query, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String body(Response response) {
        return new String(response.body().bytes(), StandardCharsets.UTF_8);
    }

    private static InvocationResult success(String json) {
        return new InvocationResult.Success(new Payload(json.getBytes(StandardCharsets.UTF_8)));
    }
}
