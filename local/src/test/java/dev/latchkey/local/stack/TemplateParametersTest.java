package dev.latchkey.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.template.Template;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The template's parameters for the authorizer, as the built function understands them. */
class TemplateParametersTest {

    private static final Path TEMPLATE = Path.of("../template.yaml");
    private static final Map<String, String> RULES = Map.of(
            "ScopeRoutes", "orders:read = GET /orders; orders:write = POST /orders",
            "RequiredScopes", "orders:read, orders:write",
            "RequiredScopesMatch", "any",
            "RequiredClaims", "tenant=acme",
            "MaxLifetime", "1d",
            "TokenType", "JWT",
            "ContextClaims", "plan",
            "UsageKey", "plan: gold=abcdefghijklmnopqrstuvwxyz",
            "Refusal", "deny",
            "Metrics", "off");

    @Test
    void scopesOpenTheirRoutesOfBothApisAndARefusalIsADeny() throws Exception {
        Map<String, String> key = Map.of("JWT_VERIFY_KEY", TestKeys.SECRET, "PLUGIN_JWT_SECRET_ID", "");
        StackOptions options = StackOptions.defaults().withEnvironment(Map.of("AuthorizerFunction", key));
        try (LocalStack stack = LocalStack.start(Template.read(TEMPLATE, RULES), options, StackListener.none())) {
            for (String api : new String[] {
                stack.apiUrl().toString(), stack.httpApiUrl().orElseThrow().toString()
            }) {
                assertThat(status(api, claims().claim("scope", "orders:read"))).isEqualTo(200);
                assertThat(status(api, claims().claim("scope", "orders:write"))).isEqualTo(403);
                assertThat(status(api, claims().claim("scope", "other"))).isEqualTo(403);
                assertThat(status(api, claims().claim("scope", "orders:read").claim("tenant", "other")))
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void anotherIssuersKeysTakeThePlaceOfTheSecret() {
        Map<String, String> remote = new HashMap<>(RULES);
        remote.put("JwksUri", "https://issuer.example/jwks");
        remote.put("Issuers", "[{\"issuer\":\"https://b.example\",\"audience\":\"*\"}]");
        assertThat(authorizer(remote))
                .containsEntry("JWKS_URI", "https://issuer.example/jwks")
                .containsEntry("PLUGIN_JWT_SECRET_ID", "")
                .doesNotContainKey("JWT_ALGORITHMS");
        StackOptions options = StackOptions.defaults();
        try (LocalStack stack = LocalStack.start(Template.read(TEMPLATE, remote), options, StackListener.none())) {
            assertThat(stack.function("AuthorizerFunction").orElseThrow().invoke("1", new byte[] {'{', '}'}))
                    .isInstanceOfSatisfying(
                            InvocationResult.FunctionError.class,
                            error -> assertThat(error.errorMessage()).contains("the event is not an authorizer's"));
        }
    }

    @Test
    void theSecretsExtensionIsThereForASecretAlone() {
        String layer = "arn:aws:lambda:us-east-1:123456789012:layer:Extension:1";
        assertThatThrownBy(() -> authorizer(Map.of("SecretsExtensionLayerArn", layer)))
                .hasMessageContaining("AuthorizerFunction.Properties.Layers");
        assertThat(authorizer(Map.of("SecretsExtensionLayerArn", layer, "JwksUri", "https://issuer.example/jwks")))
                .doesNotContainKey("PARAMETERS_SECRETS_EXTENSION_HTTP_PORT");
    }

    private static Map<String, String> authorizer(Map<String, String> parameters) {
        return Template.read(TEMPLATE, parameters).functions().stream()
                .filter(function -> function.logicalId().equals("AuthorizerFunction"))
                .findFirst()
                .orElseThrow()
                .environment();
    }

    private static TestTokens claims() {
        long now = Instant.now().getEpochSecond();
        return TestTokens.good("HS256")
                .claim("iat", now)
                .claim("exp", now + 3600)
                .claim("tenant", "acme")
                .claim("plan", "gold");
    }

    private static int status(String api, TestTokens token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api + "/orders"))
                .header("Authorization", "Bearer " + token.hs256(TestKeys.SECRET))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    }
}
