package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section G of the attack catalogue: the header and the event around the token. */
class HeaderAttacksTest {

    private final TestAuthorizer authorizer = TestAuthorizer.with();
    private final String good = TestTokens.good("HS256").hs256(TestKeys.SECRET);
    private final String evil =
            TestTokens.good("HS256").claim("org_id", "cus_2").hs256(TestKeys.OTHER_SECRET);

    @DisplayName("G1: a missing or empty token is refused")
    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "bearer   "})
    void noToken(String authorization) {
        refused(() -> authorizer.token(authorization), "missing_token");
    }

    @DisplayName("G1: an event without the token's member, or with null in it, is refused")
    @ParameterizedTest
    @ValueSource(strings = {"", ",\"authorizationToken\":null", ",\"authorizationToken\":7"})
    void noMember(String member) {
        String event = "{\"type\":\"TOKEN\",\"methodArn\":\"" + TestAuthorizer.ARN + "\"" + member + "}";
        refused(() -> authorizer.call(event), "missing_token");
    }

    @DisplayName("G2: another scheme is refused, though its token is good")
    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "Token ", "JWT ", "Bearer:"})
    void otherScheme(String scheme) {
        assertThatThrownBy(() -> authorizer.token(scheme + good)).isExactlyInstanceOf(Unauthorized.class);
        allowed(authorizer.token("Bearer " + good));
    }

    @DisplayName("G3: the scheme's case does not matter, and neither does its absence")
    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "bEaReR ", ""})
    void schemeCase(String scheme) {
        allowed(authorizer.token(scheme + good));
    }

    @DisplayName("G4: several spaces after the scheme are accepted, a tab is not")
    @Test
    void spaces() {
        allowed(authorizer.token("Bearer   " + good));
        refused(() -> authorizer.token("Bearer\t" + good), "malformed_token");
    }

    @DisplayName("G5: text around the token is refused")
    @ParameterizedTest
    @CsvSource({"'', ' extra'", "'', ','", "'', ' '", "' ', ''"})
    void textAround(String before, String after) {
        assertThatThrownBy(() -> authorizer.token(before + "Bearer " + good + after))
                .isExactlyInstanceOf(Unauthorized.class);
    }

    @DisplayName("G6: two tokens with a comma are refused in either order")
    @Test
    void twoTokensInOneValue() {
        refused(() -> authorizer.token("Bearer " + good + ", Bearer " + evil), "malformed_authorization");
        refused(() -> authorizer.token("Bearer " + evil + ", Bearer " + good), "malformed_authorization");
        refused(() -> authorizer.token("Bearer " + good + "," + good), "malformed_token");
    }

    @DisplayName("G7: a good and a bad token in several header values are refused; the same token twice is one token")
    @Test
    void severalValues() {
        String both = "{\"Authorization\":[\"Bearer " + good + "\",\"Bearer " + evil + "\"]}";
        refused(() -> authorizer.request("{\"Authorization\":\"Bearer " + good + "\"}", both), "several_tokens");
        refused(() -> authorizer.request("null", both), "several_tokens");
        allowed(authorizer.request(
                "{\"Authorization\":\"Bearer " + good + "\"}", "{\"Authorization\":[\"Bearer " + good + "\"]}"));
    }

    @DisplayName("G7: two headers that differ in the case of their name are two values")
    @Test
    void severalNames() {
        String headers = "{\"Authorization\":\"Bearer " + good + "\",\"authorization\":\"Bearer " + evil + "\"}";
        refused(() -> authorizer.request(headers, "null"), "several_tokens");
    }

    @DisplayName("G8: the header's name is found in any case")
    @ParameterizedTest
    @ValueSource(strings = {"authorization", "Authorization", "AUTHORIZATION"})
    void headerNameCase(String name) {
        allowed(authorizer.request("{\"" + name + "\":\"Bearer " + good + "\"}", "null"));
        allowed(authorizer.request("null", "{\"" + name + "\":[\"Bearer " + good + "\"]}"));
    }

    @DisplayName("G9: characters beyond ASCII are refused")
    @ParameterizedTest
    @ValueSource(strings = {"\u00e9", "\ud83d\udd11", "\u0000"})
    void nonAscii(String character) {
        refused(() -> authorizer.token("Bearer " + good + character), "malformed_token");
    }

    @DisplayName("G10: a line break in the header is refused")
    @Test
    void lineBreak() {
        assertThatThrownBy(() -> authorizer.token("Bearer " + good + "\r\nX-Company: evil"))
                .isExactlyInstanceOf(Unauthorized.class);
    }

    @DisplayName("G11, G12: a token in the query string or a cookie counts for nothing")
    @Test
    void tokenElsewhere() {
        String elsewhere = "\"queryStringParameters\":{\"Authorization\":\"" + good + "\",\"access_token\":\"" + good
                + "\"},\"body\":\"" + good + "\",";
        String event = "{\"type\":\"REQUEST\"," + elsewhere + "\"methodArn\":\"" + TestAuthorizer.ARN
                + "\",\"headers\":{\"Cookie\":\"Authorization=" + good + "\"}}";
        refused(() -> authorizer.call(event), "missing_token");
        refused(
                () -> authorizer.call(
                        event.replace("\"Cookie\"", "\"Authorization\":\"Bearer " + evil + "\",\"Cookie\"")),
                "bad_signature");
    }

    @DisplayName("G13: an event of another kind is an error, never an Allow and never Unauthorized")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "",
                "{",
                "{\"type\":\"token\"}",
                "{\"type\":\"JWT\"}",
                "{\"type\":\"TOKEN\"}",
                "{\"httpMethod\":\"GET\",\"path\":\"/orders\"}",
                "{\"type\":\"TOKEN\",\"type\":\"REQUEST\"}"
            })
    void otherEvents(String event) {
        assertThatThrownBy(() -> authorizer.call(event)).isExactlyInstanceOf(UnknownEventException.class);
        assertThat(authorizer.logged().string("decision")).contains("error");
        assertThat(authorizer.logged().string("level")).contains("ERROR");
    }

    @DisplayName("G16: a company in the event's other members is ignored")
    @Test
    void smuggledClaims() {
        String event = "{\"type\":\"REQUEST\",\"methodArn\":\"" + TestAuthorizer.ARN
                + "\",\"headers\":{\"Authorization\":\"Bearer " + good
                + "\",\"org_id\":\"cus_9\",\"company_id\":\"cus_9\"},"
                + "\"stageVariables\":{\"org_id\":\"cus_9\"},"
                + "\"requestContext\":{\"authorizer\":{\"company_id\":\"cus_9\",\"principalId\":\"cus_9\"}}}";
        JsonObject answer = authorizer.call(event);
        assertThat(answer.string("principalId")).contains("cus_1");
        assertThat(answer.toString()).doesNotContain("cus_9");
    }

    private void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String reason) {
        assertThatThrownBy(call).isExactlyInstanceOf(Unauthorized.class).hasMessage("Unauthorized");
        assertThat(authorizer.reason()).isEqualTo(reason);
        allowed(authorizer.token("Bearer " + good));
    }

    private static void allowed(JsonObject answer) {
        assertThat(TestAuthorizer.effect(answer)).isEqualTo("Allow");
        assertThat(answer.string("principalId")).contains("cus_1");
    }
}
