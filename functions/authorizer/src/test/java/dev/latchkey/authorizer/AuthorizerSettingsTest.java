package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.SettingsException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A setting of the authorizer")
class AuthorizerSettingsTest {

    @ParameterizedTest(name = "{0}")
    @DisplayName("with two values takes either in any case, and is a problem with another")
    @CsvSource({
        "HTTP_API_RESPONSE, SIMPLE, Policy, simple (the default) or policy",
        "REFUSAL, Error, DENY, error (the default) or deny",
        "METRICS, ON, Off, on (the default) or off"
    })
    void twoValues(String name, String first, String second, String needed) {
        assertThat(TestAuthorizer.with(name, first)).isNotNull();
        assertThat(TestAuthorizer.with(name, second)).isNotNull();
        assertThatThrownBy(() -> TestAuthorizer.with(name, first + second))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(name + ": needs " + needed);
    }

    @Test
    @DisplayName("of routes that cannot be read is one problem, and not another of the scope that goes with it")
    void oneProblem() {
        assertThatThrownBy(() -> TestAuthorizer.with("SCOPE_ROUTES", "orders", "POLICY_SCOPE", "scoped"))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems()).singleElement().asString().startsWith("SCOPE_ROUTES: "));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("of a scheme makes a header without it malformed, and an empty header a missing token")
    @CsvSource({"'', missing_token", "'Token ', missing_token", "eyJ, malformed_authorization"})
    void schemeOfItsOwn(String header, String reason) {
        TestAuthorizer authorizer = TestAuthorizer.with("JWT_TOKEN_SOURCE", "header Authorization Token");
        assertThatThrownBy(() -> authorizer.request("{\"Authorization\":\"" + header + "\"}", "null"))
                .isExactlyInstanceOf(Unauthorized.class);
        assertThat(authorizer.reason()).isEqualTo(reason);
    }
}
