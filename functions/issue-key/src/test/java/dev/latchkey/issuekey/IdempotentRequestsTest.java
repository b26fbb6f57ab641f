package dev.latchkey.issuekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A request with an idempotency key")
class IdempotentRequestsTest {

    private static final String TABLE = "PLUGIN_JWT_KEYS_TABLE";

    private final TestIssuer issuer = TestIssuer.with(TABLE, "keys");

    @Test
    @DisplayName("L13: is answered by the same bytes again, whichever way it comes")
    void again() {
        JsonObject first = issuer.call(direct("createApiKey", "once"));

        assertThat(first.members()).containsOnlyKeys("apikey", "keyId", "expiresAt", "idempotent");
        assertThat(first.get("idempotent")).hasToString("Optional[true]");
        assertThat(issuer.call(direct("createApiKey", "once"))).hasToString(first.toString());
        assertThat(issuer.post(fields("once")).string("body")).contains(first.toString());
        assertThat(issuer.call(direct("createApiKey", "twice")).string("keyId")).isNotEqualTo(first.string("keyId"));
    }

    @Test
    @DisplayName("is answered by another key each time where there is no table, and told that")
    void withoutTable() {
        TestIssuer stateless = TestIssuer.with();
        JsonObject first = stateless.call(direct("createApiKey", "once"));
        JsonObject second = stateless.call(direct("createApiKey", "once"));

        assertThat(first.get("idempotent")).hasToString("Optional[false]");
        assertThat(second.string("keyId")).isNotEqualTo(first.string("keyId"));
    }

    @Test
    @DisplayName("is answered by a plugin that cannot repeat keys all the same, and told that")
    void withoutSupport() {
        JsonObject answer =
                TestIssuer.with("PLUGIN_APIM_PROVIDER", "moody", TABLE, "keys").call(direct("createApiKey", "once"));

        assertThat(answer).hasToString("{\"apikey\":\"opaque\",\"keyId\":\"id-1\",\"idempotent\":false}");
    }

    @Test
    @DisplayName("is told of at start, once, where it is not honoured")
    void atStart() {
        assertThat(TestIssuer.with().atStart)
                .filteredOn(line -> line.contains("idempotency keys are not honoured"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"level\":\"INFO\"", "\"plugin\":\"jwt\""));
        assertThat(issuer.atStart).noneMatch(line -> line.contains("idempotency"));
    }

    @Test
    @DisplayName("is a conflict when another one had it, for the same customer")
    void conflict() {
        issuer.call(direct("createApiKey", "once"));
        String other = fields("once").replace("a@b.co", "c@d.co");
        JsonObject answer = issuer.post(other);

        assertThat(TestIssuer.status(answer)).isEqualTo(409);
        assertThat(TestIssuer.body(answer).object("error").string("code")).contains("conflict");
        assertThat(TestIssuer.body(answer).object("error").string("message").orElseThrow())
                .startsWith("idempotencyKey was used");
        assertThat(TestIssuer.status(issuer.post(other.replace("cus_1", "cus_2"))))
                .isEqualTo(200);
    }

    @Test
    @DisplayName("fails without a key and without showing why when the table is down, and none other does")
    void tableDown() {
        TestIssuer down = TestIssuer.with(TABLE, "down");

        assertThatExceptionOfType(InternalErrorException.class)
                .isThrownBy(() -> down.call(direct("createApiKey", "once")))
                .withMessageContaining("internal error")
                .withMessageNotContaining("10.0.0.7");
        assertThat(down.log.last()).contains("the table down cannot be reached", "\"level\":\"ERROR\"");
        assertThat(TestIssuer.status(down.post(fields("once")))).isEqualTo(500);
        assertThat(down.file("issue-key-direct.json").has("apikey")).isTrue();
    }

    @ParameterizedTest(name = "[{0}]")
    @DisplayName("is taken with 1 to 255 printable ASCII characters")
    @ValueSource(strings = {"a", " ", "~", "8e03978e-40d5-43e8-bc93-6894a57f9324", "a b\"c\\d", "LONGEST"})
    void usable(String key) {
        assertThat(issuer.call(direct("createApiKey", key.equals("LONGEST") ? "k".repeat(255) : key))
                        .has("apikey"))
                .isTrue();
    }

    @ParameterizedTest(name = "[{0}]")
    @DisplayName("is refused with others")
    @ValueSource(strings = {"", "\u007f", "\t", "a\n", "\u00e9", "\ud83d\udd11", "TOO LONG"})
    void unusable(String key) {
        assertThat(issuer.call(direct("createApiKey", key.equals("TOO LONG") ? "k".repeat(256) : key))
                        .object("error")
                        .string("message"))
                .contains("idempotencyKey must have 1 to 255 printable ASCII characters");
    }

    @Test
    @DisplayName("is refused where it is no text, and is none where it is null")
    void noText() {
        assertThat(issuer.call(direct("createApiKey", "once").replace("\"once\"", "1"))
                        .object("error")
                        .string("message"))
                .contains("idempotencyKey must be a string");
        assertThat(issuer.call(direct("createApiKey", "once").replace("\"once\"", "null"))
                        .has("idempotent"))
                .isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is refused where it asks for no key")
    @ValueSource(strings = {"provisionUser", "getUser"})
    void otherActions(String action) {
        assertThat(issuer.call(direct(action, "once")).object("error").string("message"))
                .contains("unknown field idempotencyKey. Known fields: customerId, email, subscriptionId");
    }

    private static String fields(String idempotencyKey) {
        return members(idempotencyKey).build().toString();
    }

    private static String direct(String action, String idempotencyKey) {
        return members(idempotencyKey).put("action", action).build().toString();
    }

    private static JsonObjectBuilder members(String idempotencyKey) {
        return new JsonObjectBuilder()
                .put("customerId", "cus_1")
                .put("email", "a@b.co")
                .put("idempotencyKey", idempotencyKey);
    }
}
