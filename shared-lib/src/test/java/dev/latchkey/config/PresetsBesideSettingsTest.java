package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.jwt.ClaimPath;
import dev.latchkey.jwt.RequiredClaim;
import dev.latchkey.jwt.VerificationRules;
import dev.latchkey.testing.TestKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A preset beside what the operator says")
class PresetsBesideSettingsTest {

    private static final String COGNITO = "\"preset\":\"cognito\",\"tenant\":\"eu-west-1_A\",\"audience\":\"a\"";
    private static final String OTHER =
            "\"issuer\":\"https://b.example\",\"audience\":\"*\",\"verify_key\":\"" + TestKeys.SECRET + "\"";

    @Test
    @DisplayName("S7: takes no claim out that the operator requires of every issuer, and no type or scope claim")
    void ofEveryIssuer() {
        VerificationRules rules = entries(
                        Map.of(
                                "JWT_REQUIRED_CLAIMS", "email_verified=true",
                                "SCOPE_CLAIM", "permissions",
                                "JWT_TYPE", "at+jwt"),
                        COGNITO)
                .get(0);

        assertThat(shown(rules)).containsExactly("email_verified [true]", "token_use [access, id]");
        assertThat(rules.claims().scopes()).hasToString("[permissions]");
        assertThat(rules.types().accepted()).containsExactly("at+jwt");
        assertThat(rules.claims().company()).hasToString("client_id, aud");
    }

    @Test
    @DisplayName(
            "S7: keeps its own in force where an entry requires another claim, and gives way where it names that one")
    void ofOneIssuer() {
        Map<String, String> all = Map.of("JWT_REQUIRED_CLAIMS", "email_verified=true");

        assertThat(shown(entries(all, COGNITO + ",\"required_claims\":\"plan\"").get(0)))
                .containsExactly("plan []", "token_use [access, id]");
        assertThat(shown(entries(all, COGNITO + ",\"required_claims\":[\"plan\",\"/token_use=id\"]")
                        .get(0)))
                .containsExactly("plan []", "/token_use [id]");
    }

    @Test
    @DisplayName("S7: asks Entra's tokens for a permission, delegated or the application's, unless that is waived")
    void permissionOfEntra() {
        String entra = "\"preset\":\"entra\",\"tenant\":\"72f988bf-86f1-41af-91ab-2d7cd011db47\",\"audience\":\"a\"";

        assertThat(shown(entries(Map.of(), entra).get(0))).containsExactly("scp, roles []");
        assertThat(shown(entries(Map.of("JWT_REQUIRED_CLAIMS", "roles=Orders.Read"), entra)
                        .get(0)))
                .containsExactly("roles [Orders.Read]");
        assertThat(shown(
                        entries(Map.of("JWT_REQUIRED_CLAIMS", "scp|tid"), entra).get(0)))
                .containsExactly("scp, tid []", "scp, roles []");
        assertThat(shown(entries(Map.of("JWT_REQUIRED_CLAIMS", "ver"), entra + ",\"required_claims\":\"*\"")
                        .get(0)))
                .containsExactly("ver []");
        assertThat(shown(entries(Map.of(), entra + ",\"required_claims\":[\"*\"]")
                        .get(0)))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "S7: takes back with * what its own preset requires, never another entry's, and never without a preset")
    void waiver() {
        Map<String, String> both = Map.of(
                "ISSUER_PRESET", "cognito",
                "ISSUER_TENANT", "eu-west-1_B",
                "JWT_AUDIENCE", "b",
                "JWT_REQUIRED_CLAIMS", "*, plan");

        assertThat(shown(read(both).rules())).containsExactly("plan []");
        assertThat(shown(entries(both, COGNITO).get(0))).containsExactly("plan []", "token_use [access, id]");
        for (String wrong : List.of("*", "scp|*", "*=a")) {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> read(Map.of("JWT_REQUIRED_CLAIMS", wrong, "JWT_VERIFY_KEY", TestKeys.SECRET)))
                    .withMessageContaining("* stands alone, where a preset is");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("S7: still tells the kind of tokens beside required claims of the operator's")
    @CsvSource(delimiter = '|', textBlock = """
            plan=gold       | plan [gold], /typ [Bearer]
            '"a,b"="c,d"' | a,b [c,d], /typ [Bearer]
            typ=ID          | typ [ID]
            /typ            | /typ []
            """)
    void kind(String required, String expected) {
        VerificationSettings read = read(Map.of(
                "ISSUER_PRESET", "keycloak",
                "ISSUER_DOMAIN", "id.example.com",
                "ISSUER_TENANT", "acme",
                "JWT_AUDIENCE", "a",
                "JWT_REQUIRED_CLAIMS", required));

        assertThat(String.join(", ", shown(read.rules()))).isEqualTo(expected);
        assertThat(read.presets().get(0).members().containsKey("required_claims"))
                .isEqualTo(expected.endsWith("[Bearer]"));
    }

    @Test
    @DisplayName("S7: says nothing of the several issuers beside it")
    void notOfOthers() {
        List<VerificationRules> rules =
                entries(Map.of("ISSUER_PRESET", "cognito", "ISSUER_TENANT", "eu-west-1_B", "JWT_AUDIENCE", "b"), OTHER);

        assertThat(rules.get(0).requiredClaims()).isEmpty();
        assertThat(rules.get(0).claims().company()).hasToString("org_id");
        assertThat(rules.get(0).claims().scopes()).hasToString("[scope, scp]");
        assertThat(rules.get(0).claims().audience()).isEmpty();
        assertThat(rules.get(0).types().accepted()).containsExactly("jwt");
    }

    @Test
    @DisplayName("wants it said which claim names the company where a setting says another one")
    void ambiguousIds() {
        Map<String, String> all = Map.of("JWT_COMPANY_ID_FIELD", "customer");

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> entries(all, COGNITO))
                .withMessageContaining("entry 1 has no company_claim: PLUGIN_JWT_COMPANY_ID_FIELD, which new keys have,"
                        + " too, is not that of cognito, client_id, aud. Add company_claim");
        assertThat(entries(all, COGNITO + ",\"company_claim\":\"client_id\"")
                        .get(0)
                        .claims()
                        .company())
                .hasToString("client_id");
        assertThat(entries(Map.of("JWT_COMPANY_ID_FIELD", "client_id, aud"), COGNITO)
                        .get(0)
                        .claims()
                        .company())
                .hasToString("client_id, aud");
    }

    private static List<String> shown(VerificationRules rules) {
        return rules.requiredClaims().stream()
                .map(PresetsBesideSettingsTest::shown)
                .toList();
    }

    private static String shown(RequiredClaim required) {
        return ClaimPath.names(required.anyOf()) + " " + required.values();
    }

    private static List<VerificationRules> entries(Map<String, String> settings, String members) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("JWT_ISSUERS", "[{" + members + "}]");
        return read(all).issuers().stream().map(IssuerSettings::rules).toList();
    }

    private static VerificationSettings read(Map<String, String> environment) {
        return VerificationSettings.read(new SettingsReader(environment), SettingsTable.secrets());
    }
}
