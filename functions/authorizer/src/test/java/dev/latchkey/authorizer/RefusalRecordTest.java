package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The record of a refusal")
class RefusalRecordTest {

    private static final String NOW = String.valueOf(TestTokens.NOW.getEpochSecond());

    private final TestAuthorizer authorizer = TestAuthorizer.with(
            "JWT_CLOCK_SKEW",
            "5",
            "JWT_ISSUER",
            "https://a.example/",
            "JWT_AUDIENCE",
            "orders, bills",
            "JWT_MAX_LIFETIME",
            "1h",
            "JWT_REQUIRED_CLAIMS",
            "token_use=access|key",
            "JWT_TYPE",
            "at+jwt, none");

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("names the claim and what was expected of it")
    @CsvSource(delimiter = ';', quoteCharacter = '^', nullValues = "-", textBlock = """
            "iss":"https://a.example"          ; wrong_issuer      ; iss       ; https://a.example/       ; https://a.example
            "iss":null                         ; wrong_issuer      ; iss       ; https://a.example/       ; -
            "aud":"private-audience"           ; wrong_audience    ; aud       ; orders or bills          ; -
            "token_use":"id"                   ; wrong_claim       ; token_use ; access or key            ; -
            "exp":NOW                          ; expired           ; exp       ; at most 5 s ago          ; -
            "nbf":FAR                          ; not_yet_valid     ; nbf       ; at most 5 s ahead        ; -
            "iat":FAR                          ; issued_in_future  ; iat       ; at most 5 s ahead        ; -
            "iat":1                            ; lifetime_too_long ; iat       ; at most 3600 s before exp ; -
            "exp":1772366400000                ; expiry_not_in_seconds ; exp   ; a number of seconds since 1970 ; -
            "exp":"soon"                       ; malformed_claims  ; exp       ; a number of seconds      ; -
            "aud":7                            ; malformed_claims  ; aud       ; a text or an array of texts ; -
            """)
    void claims(String member, String reason, String claim, String expected, @Nullable String found) {
        String spoilt = member.replace("NOW", "" + (TestTokens.NOW.getEpochSecond() - 5))
                .replace("FAR", "" + (TestTokens.NOW.getEpochSecond() + 6));
        JsonObject record = refused(token(spoilt, null));

        assertThat(record.string("reason")).contains(reason);
        assertThat(record.string("claim")).contains(claim);
        assertThat(record.string("expected")).contains(expected);
        assertThat(record.string("found").orElse(null)).isEqualTo(found);
        assertThat(authorizer.log.last()).doesNotContain("private-audience").doesNotContain("\"id\"");
    }

    @Test
    @DisplayName("names the type and the issuer that the token has, cut short")
    void found() {
        JsonObject record = refused(token("\"x\":1", "id+jwt"));
        assertThat(record.string("claim")).contains("typ");
        assertThat(record.string("expected")).contains("at+jwt or none");
        assertThat(record.string("found")).contains("id+jwt");

        record = refused(token("\"iss\":\"https://" + "a".repeat(500) + "\"", null));
        assertThat(record.string("reason")).contains("malformed_claims");
        assertThat(record.string("found")).isEmpty();
        assertThat(refused(token("\"x\":1", "t".repeat(300))).string("found").orElseThrow())
                .hasSize(259);
    }

    @Test
    @DisplayName("of a good token without company names the claims that were looked at")
    void company() {
        TestAuthorizer other = TestAuthorizer.with("JWT_COMPANY_ID_FIELD", "tenant, /org/id");
        other.token(TestTokens.good("HS256").hs256(TestKeys.SECRET));

        assertThat(other.logged().string("reason")).contains("missing_company");
        assertThat(other.logged().string("claim")).contains("tenant, /org/id");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("of an allowed call names the claims that the context cannot have")
    @CsvSource(delimiter = ';', quoteCharacter = '^', textBlock = """
            "plan":{"name":"gold"}   ; plan
            "plan":"a\\nb"           ; plan
            "plan":["a",["b"]]       ; plan
            "plan":"LONG"            ; plan
            "plan":null              ; ^^
            "x":1                    ; ^^
            "plan":"gold"            ; ^^
            """)
    void dropped(String member, String leftOut) {
        TestAuthorizer other = TestAuthorizer.with("CONTEXT_CLAIMS", "plan");
        other.token(TestTokens.good("HS256")
                .payloadText("{\"exp\":" + (TestTokens.NOW.getEpochSecond() + 60) + ",\"org_id\":\"c1\","
                        + member.replace("LONG", "p".repeat(513)) + "}")
                .hs256(TestKeys.SECRET));

        assertThat(other.logged().string("leftOutOfContext").orElse("")).isEqualTo(leftOut);
    }

    private JsonObject refused(String token) {
        assertThatExceptionOfType(Unauthorized.class).isThrownBy(() -> authorizer.token(token));
        return authorizer.logged();
    }

    /** A good token but for one member. */
    private static String token(String member, @Nullable String type) {
        StringBuilder payload = new StringBuilder("{").append(member);
        String[] good = {
            "\"iss\":\"https://a.example/\"",
            "\"aud\":\"orders\"",
            "\"token_use\":\"access\"",
            "\"iat\":" + NOW,
            "\"exp\":" + (TestTokens.NOW.getEpochSecond() + 60),
            "\"org_id\":\"c1\""
        };
        for (String one : good) {
            if (!member.startsWith(one.substring(0, one.indexOf(':')))) {
                payload.append(',').append(one);
            }
        }
        TestTokens token = TestTokens.good("HS256").payloadText(payload + "}");
        return type == null
                ? token.withoutHeader("typ").hs256(TestKeys.SECRET)
                : token.header("typ", type).hs256(TestKeys.SECRET);
    }
}
