package dev.latchkey.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.local.machine.SetupException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Q: Parameters that do not go together")
class RulesTest {

    private static final Path TEMPLATE = Path.of("../template.yaml");
    private static final String JWKS = "https://issuer.example/jwks";
    private static final String SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:mine-AbCdEf";
    private static final String STREAM =
            "arn:aws:firehose:us-east-1:123456789012:deliverystream/amazon-apigateway-moesif";

    @Test
    @DisplayName("Q1: are told before anything is deployed: two sources of keys")
    void twoSources() {
        taken(Map.of("JwksUri", JWKS));
        taken(Map.of("VerifyKey", "{\"kty\":\"RSA\"}"));
        refused(Map.of("JwksUri", JWKS, "VerifyKey", "{\"kty\":\"RSA\"}"), "OneSourceOfKeys");
    }

    @Test
    @DisplayName(
            "Q1: are told before anything is deployed: a provider without an audience, but for those that have one")
    void audience() {
        taken(Map.of("IssuerPreset", "firebase", "IssuerTenant", "my-project"));
        taken(Map.of("IssuerPreset", "okta", "IssuerDomain", "a.okta.com"));
        taken(Map.of("IssuerPreset", "google", "Audience", "a"));
        refused(Map.of("IssuerPreset", "google"), "OneProviderOfKeys");
    }

    @Test
    @DisplayName("Q1: are told before anything is deployed: a policy for one method that API Gateway keeps for all")
    void keptMethod() {
        taken(Map.of("PolicyScope", "method", "AuthorizerTtl", "0"));
        taken(Map.of("PolicyScope", "method", "AuthorizerTtl", "1", "ScopeRoutes", "a = GET /"));
        refused(Map.of("PolicyScope", "method", "AuthorizerTtl", "1"), "PoliciesOfOneMethodAreNotKept");
        refused(Map.of("PolicyScope", "method"), "PoliciesOfOneMethodAreNotKept");
    }

    @Test
    @DisplayName("Q1: are told before anything is deployed: a stream for a log that is not written")
    void streamWithoutLog() {
        taken(Map.of("MoesifFirehoseArn", STREAM, "MoesifAccessLog", "true"));
        refused(Map.of("MoesifFirehoseArn", STREAM), "StreamTakesTheAccessLog");
    }

    @Test
    @DisplayName("Q1: are told before anything is deployed: a rotation of which the authorizer's one key knows nothing")
    void rotationBesideAKey() {
        taken(Map.of("RotateEvery", "90 days"));
        refused(Map.of("RotateEvery", "90 days", "VerifyKey", "{\"kty\":\"RSA\"}"), "RotationReachesTheAuthorizer");
    }

    @Test
    @DisplayName(
            "Q1: are told before anything is deployed: a value of a secret that is not named, or that rotates as a whole")
    void valueOfASecret() {
        Map<String, String> value = Map.of("SecretArn", SECRET, "SecretMember", "JWT_SECRET");

        assertThat(Template.read(TEMPLATE, value).functions())
                .filteredOn(function -> function.environment().containsKey("PLUGIN_JWT_SECRET_ID"))
                .filteredOn(function -> !function.logicalId().equals("RotateKeysFunction"))
                .hasSize(3)
                .allSatisfy(function -> assertThat(function.environment())
                        .containsEntry("PLUGIN_JWT_SECRET_ID", SECRET + ":JWT_SECRET"));
        refused(Map.of("SecretMember", "JWT_SECRET"), "MembersAreOfASecretOfYours");
        refused(
                Map.of("SecretArn", SECRET, "SecretMember", "JWT_SECRET", "RotateEvery", "90 days"),
                "MembersAreOfASecretOfYours");
    }

    private static void taken(Map<String, String> parameters) {
        assertThat(Template.read(TEMPLATE, parameters).functions()).isNotEmpty();
    }

    private static void refused(Map<String, String> parameters, String rule) {
        assertThatThrownBy(() -> Template.read(TEMPLATE, parameters))
                .isInstanceOf(SetupException.class)
                .hasMessageStartingWith("The parameters break the rule " + rule + ": ");
    }
}
