package dev.latchkey.config;

import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.jwt.Reason;
import dev.latchkey.jwt.Verification;
import dev.latchkey.jwt.VerifiedToken;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Each of several issuers")
class IssuerEntryTest {

    private static final String CLAIMS = "[{\"issuer\":\"a\",\"audience\":\"orders\",\"verify_key\":\"" + SECRET + "\","
            + "\"company_claim\":[\"tid\",\"/org/id\",\"=acme\"],\"user_claim\":\"oid, sub\",\"scope_claim\":[\"scp\",\"roles\"],"
            + "\"audience_claim\":\"client_id\",\"types\":[\"at+jwt\",\"none\"],\"required_claims\":[\"use=access|id\"]},"
            + "{\"issuer\":\"b\",\"audience\":\"*\",\"verify_key\":\"" + SECRET + "\"}]";

    @Test
    @DisplayName("has its own claims, types and rules, and the settings' where it says nothing")
    void ownClaims() {
        VerifiedToken a = accepted(
                CLAIMS,
                "application/at+jwt",
                "\"iss\":\"a\",\"client_id\":\"orders\",\"use\":\"id\",\"oid\":7,\"roles\":[\"r 1\"],\"org\":{\"id\":\"o\"}");
        assertThat(a.companyId()).contains("o");
        assertThat(a.userId()).contains("7");
        assertThat(a.scopes()).containsExactly("r 1");

        VerifiedToken b = accepted(CLAIMS, "JWT", "\"iss\":\"b\",\"tenant\":\"t\",\"sub\":\"s\",\"scope\":\"r 1\"");
        assertThat(b.companyId()).contains("t");
        assertThat(b.userId()).contains("s");
        assertThat(b.scopes()).containsExactly("r", "1");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("holds its tokens to its own rules alone")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            at+jwt | "iss":"a","client_id":"orders"               | WRONG_CLAIM
            at+jwt | "iss":"a","client_id":"bills","use":"id"     | WRONG_AUDIENCE
            JWT    | "iss":"a","client_id":"orders","use":"id"    | WRONG_TYPE
            at+jwt | "iss":"b"                                    | WRONG_TYPE
            JWT    | "iss":"b","tenant":{}                        | MALFORMED_CLAIMS
            JWT    | "iss":"{tid}","tid":"{tid}"                  | WRONG_ISSUER
            """)
    void ownRules(String type, String members, Reason reason) {
        assertThat(((Verification.Rejected) verify(CLAIMS, type, members)).reason())
                .isEqualTo(reason);
    }

    @Test
    @DisplayName("S5: may have several issuers, or one for each tenant, and keys for all of them alone")
    void tenants() {
        String issuers =
                "[{\"issuer\":[\"https://login.example/{tid}/v2.0\",\"https://sts.example/{tid}/\"],\"audience\":\"*\","
                        + "\"company_claim\":\"tid\",\"verify_key\":\"" + SECRET + "\"}]";

        assertThat(accepted(issuers, "JWT", "\"iss\":\"https://login.example/t1/v2.0\",\"tid\":\"t1\"")
                        .companyId())
                .contains("t1");
        assertThat(accepted(issuers, "JWT", "\"iss\":\"https://sts.example/t2/\",\"tid\":\"t2\"")
                        .companyId())
                .contains("t2");
        for (String spoilt : new String[] {
            "\"iss\":\"https://login.example/t1/v2.0\",\"tid\":\"t2\"",
            "\"iss\":\"https://login.example/t1/v1.0\",\"tid\":\"t1\"",
            "\"iss\":\"https://login.example/{tid}/v2.0\",\"tid\":\"{tid}\""
        }) {
            assertThat(((Verification.Rejected) verify(issuers, "JWT", spoilt)).reason())
                    .isEqualTo(Reason.WRONG_ISSUER);
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is a problem where its claims say nothing that can be")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            'company_claim':'/a//b'                | entry 1 company_claim: "/a//b" can never match
            'company_claim':'jti'                  | entry 1 company_claim: the claim "jti" has a meaning of its own
            'company_claim':['=a','b']             | entry 1 company_claim: has entries behind =a
            'company_claim':7                      | entry 1 needs company_claim to be a text, or an array of texts
            'company_claim':[]                     | entry 1 needs company_claim to be a text, or an array of texts
            'user_claim':''                        | entry 1 needs user_claim to be a text, or an array of texts
            'scope_claim':['a..b']                 | entry 1 scope_claim: "a..b" can never match
            'audience_claim':'$.a'                 | entry 1 audience_claim: "$.a" can never match
            'required_claims':['a=']               | entry 1 required_claims: a value is empty
            'types':{}                             | entry 1 needs types to be a text, or an array of texts
            'issuer':['https://a.example/{a}/{b}'] | entry 1 issuer: an issuer with braces needs one claim in them
            'issuer':[]                            | entry 1 needs issuer to be a text that is not blank
            'company':'c'                          | entry 1 has an unknown member "company". Known: preset, domain,
            """)
    void problems(String member, String problem) {
        String json = "[{" + (member.contains("issuer") ? "" : "'issuer':'a',") + "'audience':'*','verify_key':'K',"
                + member + "}]";
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(
                        () -> verify(json.replace('\'', '"').replace("\"K\"", "\"" + SECRET + "\""), "JWT", "\"x\":1"))
                .withMessageContaining(problem);
    }

    @Test
    @DisplayName("of a pattern or of several needs the address of its keys")
    void keysOfPattern() {
        for (String issuer :
                new String[] {"\"https://a.example/{tid}/\"", "[\"https://a.example\",\"https://b.example\"]"}) {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> verify("[{\"issuer\":" + issuer + ",\"audience\":\"*\"}]", "JWT", "\"x\":1"))
                    .withMessageContaining("no one issuer that tells where its keys are. Add jwks_uri");
        }
    }

    private static VerifiedToken accepted(String issuers, String type, String members) {
        Verification verification = verify(issuers, type, members);
        assertThat(verification).isInstanceOf(Verification.Verified.class);
        return ((Verification.Verified) verification).token();
    }

    private static Verification verify(String issuers, String type, String members) {
        Map<String, String> environment =
                Map.of("JWT_ISSUERS", issuers, "JWT_COMPANY_ID_FIELD", "tenant", "JWT_CLOCK_SKEW", "0");
        return VerificationSettings.read(new SettingsReader(environment), SettingsTable.secrets())
                .verifier(new TurnableClock(TestTokens.NOW))
                .verify(TestTokens.good("HS256")
                        .header("typ", type)
                        .payloadText("{\"exp\":" + (TestTokens.NOW.getEpochSecond() + 60) + "," + members + "}")
                        .hs256(SECRET));
    }
}
