package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules that an operator may add, and the records that decisions leave. */
class RulesTest {

    @Test
    @DisplayName("D15, F17: only the types that are set are taken, and a token without type then is not")
    void types() {
        TestAuthorizer authorizer = TestAuthorizer.with("JWT_TYPE", "at+jwt");
        allowed(authorizer, TestTokens.good("HS256").header("typ", "AT+JWT"));
        refused(authorizer, TestTokens.good("HS256"), "wrong_type");
        refused(authorizer, TestTokens.good("HS256").withoutHeader("typ"), "wrong_type");
        TestAuthorizer waived = TestAuthorizer.with("JWT_TYPE", "*");
        allowed(waived, TestTokens.good("HS256").header("typ", "dpop+jwt"));
        allowed(waived, TestTokens.good("HS256").withoutHeader("typ"));
    }

    @Test
    @DisplayName("F9, F12: a lifetime of the bound is allowed, a second more is not, and neither is one without iat")
    void maxLifetime() {
        TestAuthorizer authorizer = TestAuthorizer.with("JWT_MAX_LIFETIME", "2h");
        long issued = TestTokens.NOW.getEpochSecond();
        allowed(authorizer, TestTokens.good("HS256").claim("iat", issued).claim("exp", issued + 7200));
        refused(
                authorizer,
                TestTokens.good("HS256").claim("iat", issued).claim("exp", issued + 7201),
                "lifetime_too_long");
        refused(authorizer, TestTokens.good("HS256").withoutClaim("iat"), "lifetime_too_long");
        refused(authorizer, TestTokens.good("HS256").claim("exp", (issued + 60) * 1000), "expiry_not_in_seconds");
    }

    @Test
    @DisplayName("F17: required claims must be there, with one of the values where values are set")
    void requiredClaims() {
        TestAuthorizer authorizer =
                TestAuthorizer.with("JWT_REQUIRED_CLAIMS", "tenant, token_use=access|key, realm.role=admin");
        JsonObject admin = new JsonObjectBuilder().put("role", "admin").build();
        JsonObject roles = new JsonObjectBuilder()
                .put("role", new JsonArray(java.util.List.of(new dev.latchkey.json.JsonValue.JsonString("admin"))))
                .build();
        allowed(authorizer, claims().claim("realm", admin));
        allowed(authorizer, claims().claim("realm", roles));
        refused(authorizer, claims(), "wrong_claim");
        refused(authorizer, claims().claim("realm", admin).claim("token_use", "id"), "wrong_claim");
        refused(authorizer, claims().claim("realm", admin).withoutClaim("tenant"), "wrong_claim");
        refused(authorizer, claims().claim("realm", "admin"), "wrong_claim");
    }

    @Test
    @DisplayName("a decision is counted as a metric in the embedded metric format, unless metrics are off")
    void metrics() {
        TestAuthorizer authorizer =
                TestAuthorizer.with("AWS_LAMBDA_FUNCTION_NAME", "prod-Door", "METRICS_SERVICE", "orders");
        refused(authorizer, TestTokens.good("HS256").claim("exp", 1), "expired");
        assertThat(authorizer.log.lines().get(0))
                .contains("\"_aws\":{\"Timestamp\":1772366400000,\"CloudWatchMetrics\":[{\"Namespace\":\"Latchkey\","
                        + "\"Dimensions\":[[\"FunctionName\"],[\"FunctionName\",\"reason\"],"
                        + "[\"Service\"],[\"Service\",\"reason\"]],"
                        + "\"Metrics\":[{\"Name\":\"Unauthenticated\",\"Unit\":\"Count\"}]}]}")
                .contains("\"FunctionName\":\"prod-Door\",\"Service\":\"orders\",\"Unauthenticated\":1")
                .contains("\"reason\":\"expired\"");
        allowed(authorizer, TestTokens.good("HS256"));
        assertThat(authorizer.logged().string("level")).contains("INFO");
        assertThat(authorizer.log.last()).contains("\"Allowed\":1").contains("\"microseconds\":");
        TestAuthorizer silent = TestAuthorizer.with("METRICS", "off");
        allowed(silent, TestTokens.good("HS256"));
        assertThat(silent.log.last()).doesNotContain("_aws").contains("\"level\":\"DEBUG\"");
    }

    private static TestTokens claims() {
        return TestTokens.good("HS256").claim("tenant", "t").claim("token_use", "key");
    }

    private static void allowed(TestAuthorizer authorizer, TestTokens token) {
        assertThat(TestAuthorizer.effect(authorizer.token(token.hs256(TestKeys.SECRET))))
                .isEqualTo("Allow");
    }

    private static void refused(TestAuthorizer authorizer, TestTokens token, String reason) {
        String text = token.hs256(TestKeys.SECRET);
        assertThatThrownBy(() -> authorizer.token(text)).isExactlyInstanceOf(Unauthorized.class);
        assertThat(authorizer.reason()).isEqualTo(reason);
    }
}
