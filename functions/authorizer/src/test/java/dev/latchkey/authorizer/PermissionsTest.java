package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.SettingsException;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a good key permits: scopes, routes, context, usage plan, checks of the operator's own. */
class PermissionsTest {

    private static final String STAGE = "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/";
    private static final String ROUTES = "orders:read = GET /orders, GET /orders/*; orders:write = POST /orders";

    @Test
    @DisplayName("H1: with routes by scope one policy allows every route of the key's scopes, whichever was called")
    void scopedRoutes() {
        TestAuthorizer authorizer = TestAuthorizer.with("SCOPE_ROUTES", ROUTES);
        JsonObject reader = authorizer.token(token("scope", "orders:read profile"));
        assertThat(resources(reader)).containsExactly(STAGE + "GET/orders", STAGE + "GET/orders/*");
        JsonObject both = authorizer.token(token("scope", "orders:write orders:read"), STAGE + "DELETE/x");
        assertThat(resources(both))
                .containsExactly(STAGE + "POST/orders", STAGE + "GET/orders", STAGE + "GET/orders/*");
    }

    @Test
    @DisplayName("a key whose scopes open no route is denied")
    void noRoute() {
        TestAuthorizer authorizer = TestAuthorizer.with("SCOPE_ROUTES", ROUTES, "POLICY_SCOPE", "scoped");
        for (String token : List.of(token("scope", "profile"), token("scope", ""), token("plan", "gold"))) {
            assertThat(TestAuthorizer.effect(authorizer.token(token))).isEqualTo("Deny");
            assertThat(authorizer.reason()).isEqualTo("missing_scope");
        }
    }

    @Test
    @DisplayName("routes by scope never become a simple response, which API Gateway would reuse for other routes")
    void scopedSimpleResponse() {
        String event = "{\"version\":\"2.0\",\"type\":\"REQUEST\",\"routeArn\":\"" + STAGE
                + "GET/orders\",\"headers\":{\"authorization\":\"" + token("scope", "orders:read") + "\"}}";
        assertThatThrownBy(() -> TestAuthorizer.with("SCOPE_ROUTES", ROUTES, "HTTP_API_RESPONSE", "simple"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("HTTP_API_RESPONSE: must be policy or unset where SCOPE_ROUTES is set");
        for (TestAuthorizer authorizer : List.of(
                TestAuthorizer.with("SCOPE_ROUTES", ROUTES),
                TestAuthorizer.with("SCOPE_ROUTES", ROUTES, "HTTP_API_RESPONSE", "policy"))) {
            assertThat(resources(authorizer.call(event))).containsExactly(STAGE + "GET/orders", STAGE + "GET/orders/*");
        }
    }

    @ParameterizedTest
    @DisplayName("routes by scope that are not in the notation are a problem at start")
    @ValueSource(
            strings = {
                "orders",
                "= GET /orders",
                "orders:read = /orders",
                "orders:read = GET orders",
                "orders:read = FETCH /orders",
                "orders:read = GET /orders/{id}",
                "orders:read = GET /orders; orders:read = POST /orders",
                ";"
            })
    void malformedRoutes(String routes) {
        assertThatThrownBy(() -> TestAuthorizer.with("SCOPE_ROUTES", routes))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("SCOPE_ROUTES: ");
    }

    @Test
    @DisplayName("H8: routes that fit into 8 KB are taken, more are a problem at start")
    void manyRoutes() {
        String[] routes = new String[47];
        java.util.Arrays.setAll(routes, i -> "GET /" + i);
        String fitting = "s = " + String.join(", ", routes);
        JsonObject answer = TestAuthorizer.with("SCOPE_ROUTES", fitting).token(token("scope", "s"));
        assertThat(answer.toString().length()).isLessThan(8192);
        assertThatThrownBy(() -> TestAuthorizer.with("SCOPE_ROUTES", fitting + ", GET /a, GET /b"))
                .hasMessageContaining("more routes than fit into a policy of 8 KB");
    }

    @ParameterizedTest
    @DisplayName("scoped and its routes go together")
    @CsvSource({"scoped, '', SCOPE_ROUTES", "stage, s = GET /, must be scoped"})
    void scopedNeedsRoutes(String scope, String routes, String problem) {
        assertThatThrownBy(() -> TestAuthorizer.with("POLICY_SCOPE", scope, "SCOPE_ROUTES", routes))
                .hasMessageContaining("POLICY_SCOPE: ")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @DisplayName("required scopes are all needed, or any where that is set")
    @CsvSource({
        "all, a b, Allow",
        "all, b a c, Allow",
        "all, a, Deny",
        "all, '', Deny",
        "any, a, Allow",
        "any, b, Allow",
        "any, c, Deny"
    })
    void requiredScopes(String match, String held, String effect) {
        TestAuthorizer authorizer =
                TestAuthorizer.with("JWT_REQUIRED_SCOPES", "a, b", "JWT_REQUIRED_SCOPES_MATCH", match);
        assertThat(TestAuthorizer.effect(authorizer.token(token("scope", held))))
                .isEqualTo(effect);
    }

    @Test
    @DisplayName("scopes are read from scp, too, as a text or a list")
    void scp() {
        TestAuthorizer authorizer = TestAuthorizer.with("JWT_REQUIRED_SCOPES", "a b");
        String list = TestTokens.good("HS256")
                .claim("scp", new JsonArray(List.of(new JsonString("a"), new JsonString("b"))))
                .hs256(TestKeys.SECRET);
        assertThat(TestAuthorizer.effect(authorizer.token(list))).isEqualTo("Allow");
        assertThat(TestAuthorizer.effect(authorizer.token(token("scp", "a b")))).isEqualTo("Allow");
        assertThat(TestAuthorizer.effect(authorizer.token(token("scp", "ab")))).isEqualTo("Deny");
    }

    @Test
    @DisplayName("H7, H8, H9: claims of the allow-list reach the context as flat texts, or not at all")
    void contextClaims() {
        TestAuthorizer authorizer =
                TestAuthorizer.with("CONTEXT_CLAIMS", "plan, realm.name, seats, tags, object, broken, long, longest");
        String token = TestTokens.good("HS256")
                .claim("plan", "gold")
                .claim("realm", new JsonObjectBuilder().put("name", "eu").build())
                .claim("seats", 5)
                .claim("tags", new JsonArray(List.of(new JsonString("a"), new JsonString("b"))))
                .claim("object", new JsonObject(Map.of()))
                .claim("broken", "a\r\nX-Admin: 1")
                .claim("long", "x".repeat(513))
                .claim("longest", "x".repeat(512))
                .claim("other", "not listed")
                .hs256(TestKeys.SECRET);
        Map<String, JsonValue> context =
                authorizer.token(token).object("context").members();
        assertThat(context.keySet())
                .containsExactly(
                        "user_id",
                        "company_id",
                        "key_id",
                        "expires_at",
                        "plan",
                        "realm_name",
                        "seats",
                        "tags",
                        "longest");
        assertThat(context)
                .containsEntry("realm_name", new JsonString("eu"))
                .containsEntry("seats", new JsonString("5"))
                .containsEntry("tags", new JsonString("a b"));
    }

    @ParameterizedTest
    @DisplayName("a claim that would take the place of ours in the context is a problem at start")
    @ValueSource(
            strings = {
                "company_id",
                "company.id",
                "company id",
                "principalId",
                "a..b",
                "a b=c",
                "user_id=x",
                "a,b,c,d,e,f,g,h,i"
            })
    void reservedContext(String claims) {
        assertThatThrownBy(() -> TestAuthorizer.with("CONTEXT_CLAIMS", claims))
                .hasMessageContaining("CONTEXT_CLAIMS: ");
    }

    @Test
    @DisplayName("the usage plan's key comes from a claim, or from the plan that a claim names")
    void usageKey() {
        String gold = "goldgoldgoldgoldgold";
        TestAuthorizer byPlan =
                TestAuthorizer.with("USAGE_KEY", "plan: gold=" + gold + ", silver=silversilversilversilver");
        assertThat(byPlan.token(token("plan", "gold")).string("usageIdentifierKey"))
                .contains(gold);
        assertThat(byPlan.token(token("plan", "tin")).members()).doesNotContainKey("usageIdentifierKey");
        assertThat(TestAuthorizer.with("USAGE_KEY", "usage")
                        .token(token("usage", gold))
                        .string("usageIdentifierKey"))
                .contains(gold);
        assertThatThrownBy(() -> TestAuthorizer.with("USAGE_KEY", "plan: gold=short"))
                .hasMessageContaining("USAGE_KEY: needs")
                .hasMessageNotContaining("short");
    }

    @Test
    @DisplayName("a check of the operator's own can deny a good key, and its failure is an error")
    void ownCheck() {
        TestAuthorizer authorizer = TestAuthorizer.with(
                List.of(token -> token.claims().string("plan").isPresent()));
        assertThat(TestAuthorizer.effect(authorizer.token(token("plan", "gold"))))
                .isEqualTo("Allow");
        assertThat(TestAuthorizer.effect(authorizer.token(token("other", "gold"))))
                .isEqualTo("Deny");
        assertThat(authorizer.reason()).isEqualTo("refused_by_check");
        TestAuthorizer failing = TestAuthorizer.with(List.of(token -> {
            throw new IllegalStateException("down");
        }));
        assertThatThrownBy(() -> failing.token(token("plan", "gold"))).hasMessage("down");
        assertThat(failing.logged().string("decision")).contains("error");
    }

    private static String token(String claim, String value) {
        return TestTokens.good("HS256").claim(claim, value).hs256(TestKeys.SECRET);
    }

    private static List<String> resources(JsonObject answer) {
        JsonValue statements = answer.object("policyDocument").get("Statement").orElseThrow();
        JsonObject statement = (JsonObject) ((JsonArray) statements).elements().get(0);
        assertThat(statement.string("Effect")).contains("Allow");
        return ((JsonArray) statement.get("Resource").orElseThrow())
                .elements().stream().map(value -> ((JsonString) value).value()).toList();
    }
}
