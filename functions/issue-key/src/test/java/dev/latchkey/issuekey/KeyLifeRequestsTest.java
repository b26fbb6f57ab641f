package dev.latchkey.issuekey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Requests in a key's life")
class KeyLifeRequestsTest {

    private final TestIssuer issuer =
            TestIssuer.keeping("PLUGIN_JWT_FLUSH_QUEUE_URL", "https://sqs.us-east-1.amazonaws.com/123456789012/flush");

    private JsonObject direct(String action, String... fields) {
        JsonObjectBuilder event = new JsonObjectBuilder().put("action", action);
        for (int i = 0; i < fields.length; i += 2) {
            event.put(fields[i], fields[i + 1]);
        }
        return issuer.call(event.build().toString());
    }

    private JsonObject create(String... more) {
        String[] fields = new String[more.length + 4];
        fields[0] = "customerId";
        fields[1] = "cus_1";
        fields[2] = "email";
        fields[3] = "a@b.co";
        System.arraycopy(more, 0, fields, 4, more.length);
        return direct("createApiKey", fields);
    }

    private static String text(JsonObject answer, String name) {
        return answer.string(name).orElseThrow(() -> new AssertionError(name + " is not in " + answer));
    }

    /** A proxy event of a REST API. */
    private static String rest(String method, String resource, String keyId, String body) {
        JsonObjectBuilder event = new JsonObjectBuilder()
                .put("httpMethod", method)
                .put("resource", resource)
                .put("path", resource.replace("{keyId}", keyId))
                .put(
                        "requestContext",
                        new JsonObjectBuilder()
                                .put(
                                        "identity",
                                        new JsonObjectBuilder()
                                                .put("userArn", TestIssuer.CALLER)
                                                .build())
                                .build())
                .put("isBase64Encoded", false);
        if (!keyId.isEmpty()) {
            event.put(
                    "pathParameters",
                    new JsonObjectBuilder().put("keyId", keyId).build());
        }
        if (method.equals("GET")) {
            event.put(
                    "queryStringParameters",
                    new JsonObjectBuilder().put("customerId", "cus_1").build());
        } else {
            event.put("body", body);
        }
        return event.build().toString();
    }

    private static String error(JsonObject answer) {
        JsonObject body = answer.has("body") ? TestIssuer.body(answer) : answer;
        return body.object("error").string("code").orElse("") + ": "
                + body.object("error").string("message").orElse("");
    }

    @Test
    @DisplayName("tell of a new key what is kept of it, and of a listed one never the key")
    void created() {
        JsonObject made = create("name", "ci");

        assertThat(made.members())
                .containsOnlyKeys(
                        "apikey",
                        "keyId",
                        "expiresAt",
                        "createdAt",
                        "status",
                        "endsAt",
                        "name",
                        "scopes",
                        "plan",
                        "metadata");
        JsonObject listed = direct("listApiKeys", "customerId", "cus_1");
        assertThat(listed)
                .hasToString("{\"keys\":[{\"keyId\":\"" + text(made, "keyId") + "\",\"customerId\":\"cus_1\","
                        + "\"createdAt\":\"2026-03-01T12:00:00Z\",\"expiresAt\":\"2026-03-31T12:00:00Z\","
                        + "\"status\":\"valid\",\"endsAt\":null,\"name\":\"ci\",\"scopes\":[],\"plan\":null,"
                        + "\"metadata\":{},\"rolledFrom\":null,\"rolledInto\":null,\"createdBy\":\"invoke\"}],"
                        + "\"cursor\":null}");
    }

    @Test
    @DisplayName("give the same answers over HTTP, with the key id in the path")
    void http() {
        String keyId = text(create(), "keyId");

        assertThat(TestIssuer.body(issuer.call(rest("GET", "/keys/{keyId}", keyId, ""))))
                .isEqualTo(direct("getApiKey", "customerId", "cus_1", "keyId", keyId));
        JsonObject renamed = TestIssuer.body(
                issuer.call(rest("PATCH", "/keys/{keyId}", keyId, "{\"customerId\":\"cus_1\",\"name\":\"new\"}")));
        assertThat(text(renamed, "name")).isEqualTo("new");
        for (String verb : List.of("suspend", "resume", "revoke")) {
            JsonObject answer = issuer.call(rest("POST", "/keys/{keyId}/" + verb, keyId, "{\"customerId\":\"cus_1\"}"));
            assertThat(TestIssuer.status(answer)).isEqualTo(200);
            assertThat(text(TestIssuer.body(answer), "effectiveFrom")).isEqualTo("2026-03-01T12:00:10Z");
        }
        assertThat(text(TestIssuer.body(issuer.call(rest("GET", "/keys/{keyId}", keyId, ""))), "status"))
                .isEqualTo("revoked");
        assertThat(TestIssuer.status(issuer.call(rest("GET", "/keys", "", "")))).isEqualTo(200);
    }

    @Test
    @DisplayName("leave what an update does not name, and take away what it names null")
    void update() {
        String keyId = text(
                issuer.call(
                        "{\"action\":\"createApiKey\",\"customerId\":\"cus_1\",\"email\":\"a@b.co\",\"name\":\"ci\","
                                + "\"metadata\":{\"team\":\"a\"}}"),
                "keyId");

        JsonObject first = issuer.call(
                "{\"action\":\"updateApiKey\",\"customerId\":\"cus_1\",\"keyId\":\"" + keyId + "\",\"name\":null}");
        assertThat(first.has("name")).isFalse();
        assertThat(first.object("metadata")).hasToString("{\"team\":\"a\"}");
        JsonObject second = issuer.call(
                "{\"action\":\"updateApiKey\",\"customerId\":\"cus_1\",\"keyId\":\"" + keyId + "\",\"metadata\":null}");
        assertThat(second.object("metadata")).hasToString("{}");
    }

    @Test
    @DisplayName("roll a key and say when the old one ends without reading it again")
    void rollWithoutReading() {
        String first = text(create(), "keyId");
        issuer.readings.set(0);

        JsonObject second = direct("rollApiKey", "customerId", "cus_1", "keyId", first);

        assertThat(text(second, "previousEndsAt")).isEqualTo("2026-03-02T12:00:00Z");
        assertThat(issuer.readings).hasValue(1);
        assertThat(issuer.log.last()).contains("\"message\":\"audit\"");
    }

    @Test
    @DisplayName("roll a key with a grace of a day, or of what is asked for")
    void roll() {
        String first = text(create("name", "ci"), "keyId");

        JsonObject second = direct("rollApiKey", "customerId", "cus_1", "keyId", first);
        assertThat(text(second, "previousEndsAt")).isEqualTo("2026-03-02T12:00:00Z");
        assertThat(text(second, "rolledFrom")).isEqualTo(first);
        assertThat(text(second, "name")).isEqualTo("ci");
        assertThat(second.has("effectiveFrom")).isFalse();
        JsonObject third = direct("rollApiKey", "customerId", "cus_1", "keyId", text(second, "keyId"), "grace", "0");
        assertThat(text(third, "previousEndsAt")).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(text(third, "effectiveFrom")).isEqualTo("2026-03-01T12:00:10Z");
        assertThat(error(direct("rollApiKey", "customerId", "cus_1", "keyId", first)))
                .startsWith("conflict: the key was rolled already, into ");
        assertThat(error(direct("rollApiKey", "customerId", "cus_1", "keyId", text(third, "keyId"), "grace", "31d")))
                .isEqualTo("invalid_request: grace is at most 30 days");
    }

    @Test
    @DisplayName("end a key that is presented, and all keys of a customer")
    void ended() {
        JsonObject made = create();

        JsonObject revoked = direct("revokeApiKey", "apikey", text(made, "apikey"));
        assertThat(text(revoked, "status")).isEqualTo("revoked");
        JsonObject customer = direct("revokeCustomer", "customerId", "cus_1");
        assertThat(customer)
                .hasToString("{\"customerId\":\"cus_1\",\"issuedUntil\":\"2026-03-01T12:00:00Z\","
                        + "\"effectiveFrom\":\"2026-03-01T12:00:10Z\"}");
        assertThat(String.join("\n", issuer.log.lines())).doesNotContain(text(made, "apikey"));
    }

    @Test
    @DisplayName("have API Gateway forget its answers a second after the last list, and say when every door knows")
    void flushes() {
        String keyId = text(create(), "keyId");
        assertThat(issuer.flushes).isEmpty();

        direct("suspendApiKey", "customerId", "cus_1", "keyId", keyId);

        assertThat(issuer.flushes).containsExactly(TestTokens.NOW.plus(Doors.FLUSH_AFTER));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("O14: flush again as long as API Gateway may have kept an answer of before the change, and no longer")
    @ValueSource(strings = {"suspendApiKey", "resumeApiKey", "revokeApiKey"})
    void repeated(String action) {
        String keyId = text(create(), "keyId");
        if (action.equals("resumeApiKey")) {
            direct("suspendApiKey", "customerId", "cus_1", "keyId", keyId);
        }
        direct(action, "customerId", "cus_1", "keyId", keyId);
        issuer.flushes.clear();

        issuer.clock.turn(Duration.ofSeconds(3606));
        JsonObject soon = direct(action, "customerId", "cus_1", "keyId", keyId);
        assertThat(text(soon, "effectiveFrom")).isEqualTo("2026-03-01T13:00:16Z");
        assertThat(issuer.flushes).hasSize(1);

        issuer.clock.turn(Duration.ofSeconds(1));
        JsonObject later = direct(action, "customerId", "cus_1", "keyId", keyId);
        assertThat(text(later, "effectiveFrom")).isEqualTo("2026-03-01T13:00:06Z");
        assertThat(issuer.flushes).hasSize(1);
    }

    @Test
    @DisplayName(
            "O14: flush nothing for a key that never rested and is to go on, nor for a roll that is repeated later")
    void nothingChanged() {
        String keyId = text(create(), "keyId");
        direct("rollApiKey", "customerId", "cus_1", "keyId", keyId, "grace", "0", "idempotencyKey", "once");
        String next = text(create(), "keyId");
        issuer.flushes.clear();
        issuer.clock.turn(Duration.ofSeconds(3607));

        direct("resumeApiKey", "customerId", "cus_1", "keyId", next);
        JsonObject rolled =
                direct("rollApiKey", "customerId", "cus_1", "keyId", keyId, "grace", "0", "idempotencyKey", "once");

        assertThat(text(rolled, "effectiveFrom")).isEqualTo("2026-03-01T13:00:06Z");
        assertThat(issuer.flushes).isEmpty();
    }

    @Test
    @DisplayName("are carried out where no flush can be asked for, and then say the later time")
    void queueDown() {
        String keyId = text(create(), "keyId");
        issuer.clock.turn(Duration.ofSeconds(77));

        JsonObject revoked = direct("revokeApiKey", "customerId", "cus_1", "keyId", keyId);

        assertThat(text(revoked, "status")).isEqualTo("revoked");
        assertThat(text(revoked, "effectiveFrom"))
                .isEqualTo(TestIssuer.QUEUE_DOWN.plusSeconds(6 + 3600).toString());
        assertThat(String.join("\n", issuer.log.lines()))
                .contains("no flush could be asked for", "\"FlushFailures\":1");
    }

    @Test
    @DisplayName("O16: leave a record of who did what to which key")
    void audited() {
        String keyId = text(create(), "keyId");
        issuer.call(rest("POST", "/keys/{keyId}/revoke", keyId, "{\"customerId\":\"cus_1\"}"));

        assertThat(issuer.log.last())
                .contains("\"message\":\"audit\"")
                .contains("\"action\":\"revokeApiKey\",\"by\":\"" + TestIssuer.CALLER
                        + "\",\"customerId\":\"cus_1\",\"keyId\":\"" + keyId + "\",\"at\":\"2026-03-01T12:00:00Z\"");
    }

    @Test
    @DisplayName("O3: are refused over HTTP without an IAM identity, whatever else the event or body says")
    void unauthenticated() {
        String[] contexts = {
            "{}",
            "{\"identity\":{\"userArn\":null}}",
            "{\"identity\":{\"userArn\":\" \"}}",
            "{\"authorizer\":{\"principalId\":\"me\"}}",
            "{\"authorizer\":{\"jwt\":{\"claims\":{\"sub\":\"me\"}}}}",
            "{\"authorizer\":{\"lambda\":{\"principalId\":\"me\"}}}"
        };
        for (String context : contexts) {
            JsonObject answer = issuer.call("{\"httpMethod\":\"POST\",\"path\":\"/create-key\",\"requestContext\":"
                    + context + ",\"body\":\"{\\\"customerId\\\":\\\"cus_1\\\",\\\"email\\\":\\\"a@b.co\\\"}\"}");
            assertThat(TestIssuer.status(answer)).isEqualTo(401);
            assertThat(error(answer)).startsWith("unauthenticated: the request names no IAM identity");
        }
        assertThat(error(issuer.post("{\"customerId\":\"cus_1\",\"email\":\"a@b.co\",\"createdBy\":\"root\"}")))
                .startsWith("invalid_request: unknown field createdBy");
    }

    @Test
    @DisplayName("O3: are taken from whom another authorizer vouches for, where that is said")
    void vouched() {
        TestIssuer open = TestIssuer.keeping("ISSUE_KEY_CALLERS", "authorizer");
        JsonObject answer = open.call("{\"httpMethod\":\"POST\",\"path\":\"/create-key\",\"requestContext\":"
                + "{\"authorizer\":{\"principalId\":\"portal\"}},"
                + "\"body\":\"{\\\"customerId\\\":\\\"cus_1\\\",\\\"email\\\":\\\"a@b.co\\\"}\"}");

        assertThat(TestIssuer.status(answer)).isEqualTo(200);
        assertThat(open.log.last()).contains("\"by\":\"portal\"");
        assertThat(TestIssuer.status(
                        open.call("{\"httpMethod\":\"POST\",\"path\":\"/create-key\",\"requestContext\":{}}")))
                .isEqualTo(401);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("O10: are refused with fields of another form or size")
    @ValueSource(
            strings = {
                "\"name\":\"\"",
                "\"name\":\" a\"",
                "\"name\":\"a\\u0000\"",
                "\"name\":1",
                "\"scopes\":\"a\"",
                "\"scopes\":[\"a b\"]",
                "\"scopes\":[\"a\",\"a\"]",
                "\"scopes\":[1]",
                "\"plan\":\"\"",
                "\"plan\":\"a b\"",
                "\"metadata\":[]",
                "\"metadata\":{\"a\":1}",
                "\"metadata\":{\"a b\":\"x\"}",
                "\"metadata\":{\"a\":\"\\n\"}",
                "\"metadata\":{\"a\":{\"b\":\"c\"}}",
                "\"expiresIn\":0",
                "\"expiresIn\":-1",
                "\"expiresIn\":1.5",
                "\"expiresIn\":\"soon\"",
                "\"expiresIn\":1e99",
                "\"expiresIn\":true"
            })
    void oddFields(String field) {
        JsonObject answer = issuer.call(
                "{\"action\":\"createApiKey\",\"customerId\":\"cus_1\",\"email\":\"a@b.co\"," + field + "}");

        String name = field.substring(1, field.indexOf('"', 1));
        assertThat(error(answer)).startsWith("invalid_request: " + name + " ");
    }

    @Test
    @DisplayName("O10: are refused with more, or longer, metadata than is kept")
    void muchMetadata() {
        JsonObjectBuilder many = new JsonObjectBuilder();
        for (int i = 0; i < 21; i++) {
            many.put("name" + i, "x");
        }
        for (JsonObject metadata : List.of(
                many.build(), new JsonObjectBuilder().put("a", "x".repeat(257)).build())) {
            JsonObject event = new JsonObjectBuilder()
                    .put("action", "createApiKey")
                    .put("customerId", "cus_1")
                    .put("email", "a@b.co")
                    .put("metadata", metadata)
                    .build();
            assertThat(error(issuer.call(event.toString()))).startsWith("invalid_request: metadata must be");
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("O11: are refused for a customer whom only a mistake calls so")
    @ValueSource(strings = {"undefined", "null", "NaN", "[object Object]"})
    void accidents(String customerId) {
        assertThat(error(direct("createApiKey", "customerId", customerId, "email", "a@b.co")))
                .isEqualTo("invalid_request: customerId is \"" + customerId
                        + "\", which is no customer's id but a mistake");
        assertThat(error(direct("listApiKeys", "customerId", customerId))).startsWith("invalid_request");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("O11: end the keys that a mistake has issued elsewhere to such a customer")
    @ValueSource(strings = {"undefined", "null", "NaN", "[object Object]"})
    void keysOfAccidents(String customerId) {
        assertThat(text(direct("revokeCustomer", "customerId", customerId), "issuedUntil"))
                .isEqualTo("2026-03-01T12:00:00Z");
    }

    @Test
    @DisplayName("O12: are refused for an id that is another's to a reader, and taken in its composed form")
    void composed() {
        assertThat(error(direct("createApiKey", "customerId", "cafe\u0301", "email", "a@b.co")))
                .isEqualTo("invalid_request: customerId must be composed (Unicode's form NFC), so that one customer has"
                        + " one id");
        assertThat(direct("createApiKey", "customerId", "caf\u00e9", "email", "a@b.co")
                        .string("apikey"))
                .isPresent();
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("O10: are refused with an odd limit, cursor, key id or path")
    @CsvSource({"limit,0", "limit,101", "limit,x", "limit,-1", "cursor,x"})
    void oddLists(String field, String value) {
        assertThat(error(direct("listApiKeys", "customerId", "cus_1", field, value)))
                .startsWith("invalid_request");
    }

    @Test
    @DisplayName("O10: take a key id from the path alone")
    void keyIdTwice() {
        String keyId = text(create(), "keyId");

        assertThat(error(issuer.call(rest(
                        "POST",
                        "/keys/{keyId}/revoke",
                        keyId,
                        "{\"customerId\":\"cus_1\",\"keyId\":\"" + keyId + "\"}"))))
                .isEqualTo("invalid_request: keyId stands in the path, and nowhere else");
        assertThat(error(issuer.call(rest("GET", "/keys/{keyId}", "a b", ""))))
                .startsWith("invalid_request: keyId must have");
        assertThat(error(issuer.call(rest("GET", "/keys/{keyId}", "unknown", ""))))
                .isEqualTo("not_found: this customer has no key of that keyId");
    }

    @Test
    @DisplayName("are answered by what is missing where no records are kept, and said so at the start")
    void withoutTable() {
        TestIssuer stateless = TestIssuer.with();

        assertThat(String.join("\n", stateless.atStart))
                .contains("keys cannot be listed, rolled or revoked: the plugin keeps no record of them");
        for (String action : List.of("listApiKeys", "revokeCustomer")) {
            JsonObject answer = stateless.call("{\"action\":\"" + action + "\",\"customerId\":\"cus_1\"}");
            assertThat(error(answer))
                    .isEqualTo("not_implemented: this needs records of keys. Set PLUGIN_JWT_KEYS_TABLE to a table,"
                            + " and PLUGIN_JWT_STATUS_LIST_BASE to where status lists are published");
        }
        assertThat(error(stateless.call(
                        "{\"action\":\"createApiKey\",\"customerId\":\"cus_1\",\"email\":\"a@b.co\",\"name\":\"ci\"}")))
                .startsWith("not_implemented: name and metadata need records of keys");
        TestIssuer scoped = TestIssuer.with("PLUGIN_JWT_ALLOWED_SCOPES", "orders:read");
        assertThat(scoped.call("{\"action\":\"createApiKey\",\"customerId\":\"cus_1\",\"email\":\"a@b.co\","
                                + "\"scopes\":[\"orders:read\"],\"expiresIn\":\"1d\"}")
                        .string("expiresAt"))
                .contains("2026-03-02T12:00:00Z");
    }

    @Test
    @DisplayName("are described by a document that names every route, field and status")
    void openApi() {
        JsonObject document = TestIssuer.body(
                issuer.call(rest("GET", "/openapi.json", "", "").replace("\"customerId\":\"cus_1\"", "")));

        assertThat(document).isEqualTo(direct("getOpenApi"));
        List<Action> routed =
                Arrays.stream(Action.values()).filter(Action::isRouted).toList();
        for (Action action : routed) {
            JsonObject operation = document.object("paths")
                    .object(action.path())
                    .object(action.method().toLowerCase(Locale.ROOT));
            assertThat(operation.string("operationId")).as(action.name()).isPresent();
            assertThat(fieldsOf(operation, document))
                    .as(action.name())
                    .containsExactlyInAnyOrderElementsOf(action.fields());
            if (action != Action.GET_OPEN_API) {
                assertThat(operation.object("responses").members().keySet())
                        .as(action.name())
                        .contains("200", "400", "401", "500");
            }
        }
        long operations = document.object("paths").members().keySet().stream()
                .mapToLong(path -> document.object("paths").object(path).members().keySet().stream()
                        .filter(name -> !name.equals("parameters"))
                        .count())
                .sum();
        assertThat(operations).isEqualTo(routed.size());
    }

    private static List<String> fieldsOf(JsonObject operation, JsonObject document) {
        List<String> fields = new ArrayList<>();
        if (operation.get("parameters").orElse(JsonValue.NULL) instanceof JsonArray parameters) {
            parameters
                    .elements()
                    .forEach(parameter ->
                            fields.add(((JsonObject) parameter).string("name").orElseThrow()));
        }
        String reference = operation
                .object("requestBody")
                .object("content")
                .object("application/json")
                .object("schema")
                .string("$ref")
                .orElse("");
        if (!reference.isEmpty()) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            JsonObject schema = document.object("components").object("schemas").object(name);
            assertThat(schema.get("additionalProperties")).hasToString("Optional[false]");
            fields.addAll(schema.object("properties").members().keySet());
        }
        return fields;
    }

    @Test
    @DisplayName("O7: name a signer of their own in vain")
    void forgedKey() {
        String forged = TestTokens.good("HS256").hs256(TestKeys.OTHER_SECRET);

        JsonObject answer = direct("revokeApiKey", "apikey", forged);
        assertThat(error(answer)).isEqualTo("invalid_request: apikey is no key that was issued here");
        assertThat(answer.toString()).doesNotContain(forged);
    }
}
