package dev.latchkey.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.SettingsException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The settings of a gateway's plugin")
class GatewaySettingsTest {

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("that are missing are told all at once")
    @CsvSource(delimiter = '|', textBlock = """
            kong-gateway   | PLUGIN_KONG_URL: is not set
            kong-konnect   | PLUGIN_KONNECT_PAT: is not set, nor is PLUGIN_GATEWAY_SECRET_ID. Set one
            tyk            | PLUGIN_TYK_GATEWAY_URL: is not set
            tyk            | PLUGIN_TYK_DASH_ORG_ID: is not set
            tyk            | PLUGIN_TYK_POLICIES: is not set
            tyk            | PLUGIN_TYK_GATEWAY_SECRET_KEY: is not set
            auth0-m2m      | PLUGIN_AUTH0_M2M_DOMAIN: is not set
            auth0-m2m      | PLUGIN_AUTH0_M2M_CLIENT_ID: is not set
            auth0-m2m      | PLUGIN_AUTH0_M2M_API_AUDIENCE: is not set
            auth0-m2m      | PLUGIN_AUTH0_M2M_CLIENT_SECRET: is not set
            aws-usage-plan | PLUGIN_AWS_USAGE_PLAN_ID: is not set
            """)
    void missing(String provider, String problem) {
        refuses(problem, provider);
    }

    @ParameterizedTest(name = "{0}: {1}={2}")
    @DisplayName("that do not do are told with what is needed, and long values are not shown")
    @CsvSource(delimiter = '|', textBlock = """
            kong-gateway   | KONG_URL                    | http://kong.internal:8001 | must be an https address
            kong-gateway   | KONG_URL                    | https://user:pw@kong      | holds user information
            kong-gateway   | KONG_URL                    | https://kong/?a=b         | has a query
            kong-gateway   | KONG_ADMIN_TOKEN            | two words                 | holds characters that no such secret has
            kong-gateway   | GATEWAY_SECRET_ID           | a b                       | is neither the name nor the ARN
            kong-gateway   | GATEWAY_PLAIN_HTTP          | http://kong               | needs one host
            kong-gateway   | KONG_ULR                    | https://kong              | is not a setting
            kong-konnect   | KONNECT_API_VERSION         | 2/../..                   | needs a version such as v2
            kong-konnect   | KONNECT_PATH                | elsewhere                 | needs control-planes
            tyk            | TYK_GATEWAY_SECRET_KEY | 352d20ee67be67f6340b4c0605b044b7 | which everybody knows
            aws-usage-plan | AWS_USAGE_PLAN_ID           | ../restapis               | needs the id of a usage plan
            """)
    void malformed(String provider, String setting, String value, String problem) {
        refuses(problem, provider, "PLUGIN_" + setting, value);
    }

    @Test
    @DisplayName("name one secret, not two")
    void twoSecrets() {
        refuses(
                "PLUGIN_KONG_ADMIN_TOKEN: PLUGIN_GATEWAY_SECRET_ID is set, too. Remove one",
                "kong-gateway",
                "PLUGIN_KONG_URL",
                "https://kong.example",
                "PLUGIN_KONG_ADMIN_TOKEN",
                "token",
                "PLUGIN_GATEWAY_SECRET_ID",
                "latchkey/gateway");
    }

    @Test
    @DisplayName("may name one host for plain http, in any case")
    void plainHttp() {
        assertThat(TestGateway.of(
                                "kong-gateway",
                                "PLUGIN_KONG_URL",
                                "http://Kong.internal:8001",
                                "PLUGIN_GATEWAY_PLAIN_HTTP",
                                "kong.internal")
                        .slug())
                .isEqualTo("kong-gateway");
        refuses(
                "must be an https address",
                "kong-gateway",
                "PLUGIN_KONG_URL",
                "http://kong.internal.example",
                "PLUGIN_GATEWAY_PLAIN_HTTP",
                "kong.internal");
    }

    @Test
    @DisplayName("of Konnect and Auth0 need no more than they must")
    void defaults() {
        assertThat(TestGateway.of("kong-konnect", "KONNECT_PAT", "kpat").slug()).isEqualTo("kong-konnect");
        assertThat(TestGateway.of(
                                "auth0-m2m",
                                "AUTH0_M2M_DOMAIN",
                                "acme.eu.auth0.com",
                                "AUTH0_M2M_CLIENT_ID",
                                "id",
                                "AUTH0_M2M_CLIENT_SECRET",
                                "secret",
                                "AUTH0_M2M_API_AUDIENCE",
                                "https://api.example.com")
                        .slug())
                .isEqualTo("auth0-jwt");
    }

    private static void refuses(String problem, String provider, String... settings) {
        assertThatThrownBy(() -> TestGateway.of(provider, settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(problem)
                .message()
                .doesNotContain("352d20ee");
    }
}
