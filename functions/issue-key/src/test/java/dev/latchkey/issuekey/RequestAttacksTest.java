package dev.latchkey.issuekey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A request for a key")
class RequestAttacksTest {

    private static final String GOOD = "{\"customerId\":\"cus_1\",\"email\":\"a@b.co\"}";

    private final TestIssuer issuer = TestIssuer.with();

    @Test
    @DisplayName("is granted as it stands, which every case below spoils in one point")
    void good() {
        assertThat(TestIssuer.status(issuer.post(GOOD))).isEqualTo(200);
    }

    @ParameterizedTest(name = "[{0}]")
    @DisplayName("L3: is refused where the body is not one JSON object")
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[]",
                "[" + GOOD + "]",
                "text",
                "\"text\"",
                "null",
                "1",
                GOOD + GOOD,
                GOOD + ",",
                "\ufeff" + GOOD,
                "{\"customerId\":\"a\",\"customerId\":\"b\",\"email\":\"a@b.co\"}"
            })
    void notOneObject(String body) {
        assertInvalid(issuer.post(body), "the body is not a JSON object: ");
    }

    @ParameterizedTest(name = "[{0}]")
    @DisplayName("L3: is refused where the direct invocation is not one JSON object")
    @ValueSource(strings = {"", "{", "[]", "\"createApiKey\"", "null", "{}{}"})
    void notOneObjectDirectly(String event) {
        JsonObject answer = issuer.call(event);

        assertThat(answer.object("error").string("code")).contains("invalid_request");
        assertThat(answer.object("error").string("message").orElseThrow())
                .startsWith("the request is not a JSON object: ");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("L3: is refused with another content type, and granted with JSON's in any spelling or none")
    @CsvSource({
        "application/json,200",
        "Application/JSON; charset=utf-8,200",
        "text/plain,400",
        "application/x-www-form-urlencoded,400",
        "multipart/form-data; boundary=application/json,400",
        "application/jsonp,400",
        "'',400"
    })
    void contentType(String type, int status) {
        String event =
                TestIssuer.httpEvent(GOOD).replaceFirst("\\{", "{\"headers\":{\"CONTENT-type\":\"" + type + "\"},");

        assertThat(TestIssuer.status(issuer.call(event))).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("L4: is refused where the customer's id is missing or no text")
    @CsvSource({
        "null,is required",
        "1,must be a string",
        "true,must be a string",
        "'{\"a\":1}',must be a string",
        "'[\"cus_1\"]',must be a string"
    })
    void customerIdOfAnotherType(String value, String problem) {
        assertInvalid(issuer.post("{\"customerId\":" + value + ",\"email\":\"a@b.co\"}"), "customerId " + problem);
        assertInvalid(issuer.post("{\"customerId\":\"c\",\"email\":" + value + "}"), "email " + problem);
    }

    @ParameterizedTest(name = "[{0}]")
    @DisplayName("L4: is refused where the customer's id is blank")
    @ValueSource(strings = {"", " ", "   ", "\u2003"})
    void blankCustomerId(String id) {
        assertInvalid(issuer.post(request(id, "a@b.co")), "customerId must have 1 to 256 characters");
    }

    @Test
    @DisplayName("L5: is granted for an id of 256 characters and refused for one of 257")
    void longCustomerId() {
        assertThat(TestIssuer.status(issuer.post(request("c".repeat(256), "a@b.co"))))
                .isEqualTo(200);
        assertInvalid(issuer.post(request("c".repeat(257), "a@b.co")), "customerId must have 1 to 256 characters");
    }

    @ParameterizedTest(name = "{0} bytes")
    @DisplayName("L5: is refused by a proxy response where the body is large, up to what Lambda takes")
    @ValueSource(ints = {17 * 1024, 1024 * 1024, 6 * 1024 * 1024 - 1024})
    void largeBody(int bytes) {
        assertInvalid(issuer.post(request("c".repeat(bytes), "a@b.co")), "longer than 16384 bytes");
    }

    @Test
    @DisplayName("L5: is refused where the body is nested deeply")
    void deepBody() {
        assertInvalid(
                issuer.post("{\"customerId\":" + "[".repeat(5000) + "]".repeat(5000) + "}"), "nested deeper than 4");
    }

    @ParameterizedTest(name = "[{0}]")
    @DisplayName("L7: is refused where an id holds control characters")
    @ValueSource(strings = {"cus\r\n1", "cus_1\n", "\u0000", "cus\u001b[31m", "cus\u007f", "cus\u0085"})
    void controlCharacters(String id) {
        assertInvalid(issuer.post(request(id, "a@b.co")), "customerId must have");
        assertInvalid(
                issuer.post("{\"customerId\":\"c\",\"email\":\"a@b.co\",\"subscriptionId\":"
                        + new JsonObjectBuilder().put("x", id).build().get("x").orElseThrow() + "}"),
                "subscriptionId must have");
    }

    @ParameterizedTest(name = "[{0}]")
    @DisplayName("L7: is refused where the email is not one plain address")
    @ValueSource(
            strings = {
                "",
                "a",
                "@",
                "a@",
                "@b.co",
                "a@b@c",
                "a@b.co,c@d.co",
                "a@b.co;c@d.co",
                "a@b.co c@d.co",
                "a@b\r\nBcc: c@d",
                "a@b.co\n",
                "A <a@b.co>",
                "\"a b\"@c.co",
                "a\u0000@b.co",
                "a@b.co\u001b[31m",
                "a\u007f@b.co",
                "a@b\u0085.co",
                "a\u2028@b.co",
                "a@b\u00a0.co",
                "a\u202e@b.co"
            })
    void oddEmail(String email) {
        assertInvalid(issuer.post(request("cus_1", email)), "email must be one address");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("L7: is granted for the addresses that people have")
    @ValueSource(
            strings = {"a@b", "first.last+tag@sub.example.com", "o'neil@example.com", "j\u00f6rg@b\u00fccher.example"})
    void goodEmail(String email) {
        assertThat(TestIssuer.status(issuer.post(request("cus_1", email)))).isEqualTo(200);
    }

    @Test
    @DisplayName("L7: is granted for an email of 254 characters and refused for 255 or 2,000")
    void longEmail() {
        String longest = "a".repeat(64) + "@" + "b".repeat(189);

        assertThat(longest).hasSize(254);
        assertThat(TestIssuer.status(issuer.post(request("cus_1", longest)))).isEqualTo(200);
        assertInvalid(issuer.post(request("cus_1", longest + "b")), "at most 254 characters");
        assertInvalid(issuer.post(request("cus_1", "a@" + "b".repeat(2000))), "at most 254 characters");
        assertInvalid(issuer.post(request("cus_1", "a".repeat(65) + "@b.co")), "email must be one address");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("L8, M7: is refused where it has a field that could mean a claim, a key or a type, and names it")
    @ValueSource(
            strings = {
                "exp",
                "iat",
                "iss",
                "aud",
                "sub",
                "org_id",
                "jti",
                "nbf",
                "alg",
                "kid",
                "claims",
                "company_id",
                "customerid",
                "CustomerId",
                "__proto__",
                "@class",
                "@type",
                "action"
            })
    void unknownField(String name) {
        assertInvalid(
                issuer.post("{\"customerId\":\"cus_1\",\"email\":\"a@b.co\",\"" + name + "\":\"1\"}"),
                "unknown field " + name + ". Known fields: customerId, email, expiresIn, idempotencyKey,"
                        + " metadata, name, plan, scopes, subscriptionId");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("L9: is refused where it asks for no lifetime, or one beyond what is set")
    @ValueSource(strings = {"-1", "0", "0.5", "\"never\"", "\"100y\"", "\"1e9d\"", "99999999999999999999", "2592001"})
    void expiresIn(String value) {
        assertInvalid(
                issuer.post("{\"customerId\":\"cus_1\",\"email\":\"a@b.co\",\"expiresIn\":" + value + "}"),
                "expiresIn ");
    }

    @Test
    @DisplayName("L15: is refused where the base64 flag is wrong, and granted where it is right")
    void base64() {
        String encoded = Base64.getEncoder().encodeToString(GOOD.getBytes(StandardCharsets.UTF_8));

        assertInvalid(issuer.call(flagged(GOOD)), "is not the base64 that isBase64Encoded says");
        assertInvalid(issuer.call(flagged("YWJj")), "the body is not a JSON object");
        assertInvalid(issuer.post(encoded), "the body is not a JSON object");
        assertThat(TestIssuer.status(issuer.call(flagged(encoded)))).isEqualTo(200);
    }

    private static String flagged(String body) {
        return TestIssuer.httpEvent(body).replace("\"isBase64Encoded\":false", "\"isBase64Encoded\":true");
    }

    private static String request(String customerId, String email) {
        return new JsonObjectBuilder()
                .put("customerId", customerId)
                .put("email", email)
                .build()
                .toString();
    }

    private void assertInvalid(JsonObject answer, String message) {
        assertThat(TestIssuer.status(answer)).isEqualTo(400);
        JsonObject error = TestIssuer.body(answer).object("error");
        assertThat(error.string("code")).contains("invalid_request");
        assertThat(error.string("message").orElseThrow()).contains(message);
        assertThat(issuer.logged().string("message")).contains("request refused");
    }
}
