package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.testing.TestKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A preset of an identity provider")
class PresetsTest {

    @ParameterizedTest(name = "{0} {1} {2}")
    @DisplayName("knows its issuer, its keys and its audience")
    @CsvSource(delimiter = '|', quoteCharacter = '^', nullValues = "-", textBlock = """
            cognito  | ^^ | eu-west-1_AbC | [https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC] | https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC/.well-known/jwks.json | -
            cognito  | ^^ | us-gov-west-1_A | [https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_A] | https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_A/.well-known/jwks.json | -
            cognito  | ^^ | cn-north-1_A | [https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_A] | https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_A/.well-known/jwks.json | -
            entra    | ^^ | 72F988BF-86f1-41af-91ab-2d7cd011db47 | [https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0, https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/] | https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/discovery/v2.0/keys | -
            entra    | ^^ | organizations | [https://login.microsoftonline.com/{tid}/v2.0, https://sts.windows.net/{tid}/] | https://login.microsoftonline.com/organizations/discovery/v2.0/keys | -
            auth0    | a.eu.auth0.com | ^^ | [https://a.eu.auth0.com/] | https://a.eu.auth0.com/.well-known/jwks.json | -
            auth0    | HTTPS://A.EU.Auth0.com | ^^ | [https://a.eu.auth0.com/] | https://a.eu.auth0.com/.well-known/jwks.json | -
            AUTH0    | https://login.example.com/ | ^^ | [https://login.example.com/] | https://login.example.com/.well-known/jwks.json | -
            okta     | a.okta.com | ^^ | [https://a.okta.com/oauth2/default] | https://a.okta.com/oauth2/default/v1/keys | [api://default]
            okta     | a.okta.com | aus9o8 | [https://a.okta.com/oauth2/aus9o8] | https://a.okta.com/oauth2/aus9o8/v1/keys | -
            keycloak | id.example.com | acme | [https://id.example.com/realms/acme] | https://id.example.com/realms/acme/protocol/openid-connect/certs | -
            keycloak | id.example.com:8443/auth | acme | [https://id.example.com:8443/auth/realms/acme] | https://id.example.com:8443/auth/realms/acme/protocol/openid-connect/certs | -
            keycloak | ID.example.com/Auth | acme | [https://id.example.com/Auth/realms/acme] | https://id.example.com/Auth/realms/acme/protocol/openid-connect/certs | -
            keycloak | http://localhost:8080 | acme | [http://localhost:8080/realms/acme] | http://localhost:8080/realms/acme/protocol/openid-connect/certs | -
            google   | ^^ | ^^ | [https://accounts.google.com, accounts.google.com] | https://www.googleapis.com/oauth2/v3/certs | -
            firebase | ^^ | my-project | [https://securetoken.google.com/my-project] | https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com | [my-project]
            """)
    void known(String provider, String domain, String tenant, String issuers, String keys, String audience) {
        Map<String, List<String>> members = Presets.of(provider, domain, tenant).members();

        assertThat(members.get("issuer")).hasToString(issuers);
        assertThat(members.get("jwks_uri")).containsExactly(keys);
        assertThat(String.valueOf(members.get("audience"))).isEqualTo(String.valueOf(audience));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @DisplayName("is refused where it is none, or needs something else")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            ping     | ^^ | ^^ | needs cognito, entra, auth0, okta, keycloak, google or firebase, got "ping"
            cognito  | ^^ | ^^ | cognito needs the user pool's id as tenant
            cognito  | ^^ | eu-west-1 | cognito needs the user pool's id as tenant
            cognito  | ^^ | eu-west-1_A/../x | cognito needs the user pool's id as tenant
            cognito  | a.example | eu-west-1_A | cognito takes no domain. Remove it
            entra    | ^^ | contoso.onmicrosoft.com | entra needs the directory (tenant) id as tenant, a GUID, or organizations
            entra    | ^^ | ^^ | entra needs the directory (tenant) id as tenant
            auth0    | ^^ | ^^ | auth0 needs the domain of its server
            auth0    | a.example | t | auth0 takes no tenant. Remove it
            auth0    | http://a.example | ^^ | auth0 needs the domain of its server
            okta     | a.example/?x | ^^ | okta needs the domain of its server
            okta     | a.example | a/b | okta needs an authorization server's id as tenant
            keycloak | a.example | ^^ | keycloak needs the realm as tenant
            keycloak | {tid}.example | a | keycloak needs the domain of its server
            google   | ^^ | t | google takes no tenant. Remove it
            firebase | ^^ | ^^ | firebase needs the project's id as tenant
            """)
    void problems(String provider, String domain, String tenant, String problem) {
        assertProblem(
                Map.of(
                        "ISSUER_PRESET",
                        provider,
                        "ISSUER_DOMAIN",
                        domain,
                        "ISSUER_TENANT",
                        tenant,
                        "JWT_AUDIENCE",
                        "a"),
                "ISSUER_PRESET: " + problem);
        assertProblem(
                Map.of(
                        "JWT_ISSUERS",
                        "[{\"preset\":\"" + provider + "\",\"audience\":\"a\""
                                + (domain.isEmpty() ? "" : ",\"domain\":\"" + domain + "\"")
                                + (tenant.isEmpty() ? "" : ",\"tenant\":\"" + tenant + "\"") + "}]"),
                "JWT_ISSUERS: entry 1 preset: " + problem);
    }

    @Test
    @DisplayName("needs an audience from the operator, but where the provider has one of its own")
    void audience() {
        assertProblem(
                Map.of("ISSUER_PRESET", "cognito", "ISSUER_TENANT", "eu-west-1_A"),
                "PLUGIN_JWT_AUDIENCE: is not set, which tokens of cognito need: the ids of the app clients");
        assertProblem(
                Map.of("JWT_ISSUERS", "[{\"preset\":\"google\"}]"), "entry 1 needs an audience: the OAuth client ids");
        assertThat(read(Map.of("ISSUER_PRESET", "firebase", "ISSUER_TENANT", "p"))
                        .rules()
                        .audience())
                .hasToString("OneOf[values=[p]]");
    }

    @Test
    @DisplayName("gives way to every setting and every member, a key in place of the address of keys included")
    void overridden() {
        Map<String, String> okta = new HashMap<>(Map.of("ISSUER_PRESET", "okta", "ISSUER_DOMAIN", "a.okta.com"));
        okta.putAll(Map.of(
                "JWT_VERIFY_KEY", TestKeys.pem(TestKeys.rsa("preset").getPublic()),
                "JWT_ISSUER", "https://b.example",
                "JWT_TYPE", "*",
                "SCOPE_CLAIM", "roles"));
        VerificationSettings read = read(okta);

        assertThat(read.rules().issuer()).hasToString("OneOf[values=[https://b.example]]");
        assertThat(read.rules().types().any()).isTrue();
        assertThat(read.rules().claims().scopes()).hasToString("[roles]");
        assertThat(read.rules().claims().user()).hasToString("uid, sub");
        assertThat(read.keysAtStart()).isFalse();
        assertThat(read.presets())
                .singleElement()
                .satisfies(preset ->
                        assertThat(preset.members()).containsOnlyKeys("audience", "user_claim", "company_claim"));
    }

    @Test
    @DisplayName("never has tokens that a secret signs")
    void secret() {
        String problem = "is a secret, which no preset's tokens are signed with";
        assertProblem(
                Map.of("ISSUER_PRESET", "google", "JWT_AUDIENCE", "a", "JWT_VERIFY_KEY", TestKeys.SECRET),
                "JWT_VERIFY_KEY: " + problem);
        assertProblem(
                Map.of(
                        "JWT_ISSUERS",
                        "[{\"preset\":\"google\",\"audience\":\"a\",\"verify_key\":\"" + TestKeys.SECRET + "\"}]"),
                "entry 1 verify_key " + problem);
    }

    @Test
    @DisplayName("is what its domain and tenant belong to")
    void without() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() ->
                        read(Map.of("ISSUER_DOMAIN", "a", "ISSUER_TENANT", "b", "JWT_VERIFY_KEY", TestKeys.SECRET)))
                .withMessageContaining("ISSUER_DOMAIN: means nothing without ISSUER_PRESET")
                .withMessageContaining("ISSUER_TENANT: means nothing without ISSUER_PRESET");
        assertProblem(
                Map.of("JWT_ISSUERS", "[{\"issuer\":\"https://a.example\",\"audience\":\"*\",\"tenant\":\"t\"}]"),
                "entry 1 has a domain or a tenant, which mean nothing without preset");
    }

    private static void assertProblem(Map<String, String> environment, String problem) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(environment))
                .withMessageContaining(problem);
    }

    private static VerificationSettings read(Map<String, String> environment) {
        return VerificationSettings.read(new SettingsReader(environment), SettingsTable.secrets());
    }
}
