package dev.latchkey.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.jwt.ClaimNames;
import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.jwt.TokenSigner;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.NewKeyRing;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.services.Services;
import dev.latchkey.local.template.Template;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The built packages with a signing key in AWS KMS, over an emulator,")
class KmsPackagesTest {

    private static final Path MOTO = Path.of("../.venv/bin/moto_server");
    private static final String SECRET = "latchkey/before";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    @DisplayName(
            "open the doors to what KMS signed and to what the secret signed before, and revoke by a list that KMS signed")
    void keysOfBothKinds() throws Exception {
        try (Services services = Services.start(MOTO).orElseThrow()) {
            String before = NewKeyRing.of(Algorithm.RS256).secretText();
            services.createSecret(SECRET, before);
            String arn = createKey(services, "ECC_NIST_P256");
            try (LocalStack stack = start(services, services, arn, Map.of())) {
                JsonNode issued = StackCalls.issueKey(
                        stack, "createApiKey", Map.of("customerId", "cus_kms", "email", "kms@example.com"));
                String key = issued.path("apikey").asText();

                assertThat(header(key).path("alg").asText()).isEqualTo("ES256");
                assertThat(published(stack))
                        .contains(header(key).path("kid").asText())
                        .hasSize(2);
                assertThat(statuses(stack, key)).containsExactly(200, 200);
                assertThat(statuses(stack, keyOfBefore(before))).containsExactly(200, 200);

                StackCalls.issueKey(
                        stack,
                        "revokeApiKey",
                        Map.of(
                                "customerId",
                                "cus_kms",
                                "keyId",
                                issued.path("keyId").asText()));
                Instant end = Instant.now().plusSeconds(15);
                while (!statuses(stack, key).equals(List.of(403, 403))
                        && Instant.now().isBefore(end)) {
                    Thread.sleep(500);
                }
                assertThat(statuses(stack, key)).containsExactly(403, 403);
            }
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"ECC_NIST_P256,'',ES256", "RSA_2048,RS512,RS512"})
    @DisplayName(
            "publish the key in KMS while the secret still signs, so that whoever keeps the set has it before, and both open")
    void publishedBeforeItSigns(String spec, String parameter, String algorithm) throws Exception {
        try (Services services = Services.start(MOTO).orElseThrow()) {
            String secret = NewKeyRing.of(Algorithm.RS256).secretText();
            services.createSecret(SECRET, secret);
            String arn = createKey(services, spec);
            Map<String, String> parameters = Map.of("Algorithm", "RS256", "SigningKmsAlgorithm", parameter);
            Map<String, String> secretSigns = new LinkedHashMap<>(parameters);
            secretSigns.put("ActiveKey", "secret");
            List<String> before;
            String byKms;
            try (LocalStack stack = start(services, services, arn, secretSigns)) {
                String bySecret = issued(stack);
                before = published(stack);
                assertThat(header(bySecret).path("alg").asText()).isEqualTo("RS256");
                assertThat(statuses(stack, bySecret)).containsExactly(200, 200);
            }
            try (LocalStack stack = start(services, null, arn, parameters)) {
                byKms = issued(stack);
                assertThat(header(byKms).path("alg").asText()).isEqualTo(algorithm);
                assertThat(before).contains(header(byKms).path("kid").asText());
                assertThat(statuses(stack, byKms)).containsExactly(200, 200);
                assertThat(statuses(stack, keyOfBefore(secret))).containsExactly(200, 200);
            }
            try (LocalStack stack = start(services, null, arn, secretSigns)) {
                assertThat(header(issued(stack)).path("alg").asText()).isEqualTo("RS256");
                assertThat(statuses(stack, byKms)).containsExactly(200, 200);
            }
        }
    }

    private static String issued(LocalStack stack) {
        return StackCalls.issueKey(stack, "createApiKey", Map.of("customerId", "cus_kms", "email", "kms@example.com"))
                .path("apikey")
                .asText();
    }

    private List<String> published(LocalStack stack) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.openApiUrl() + "/.well-known/jwks.json"))
                .build();
        JsonNode set = JsonTree.parse(
                        http.send(request, BodyHandlers.ofString()).body())
                .orElseThrow();
        assertThat(set.path("keys").findValues("d")).isEmpty();
        return set.path("keys").findValuesAsText("kid");
    }

    /** A stack whose table is made where it is not there from the stack before. */
    private static LocalStack start(
            Services services, @Nullable Services tables, String arn, Map<String, String> parameters) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.put("SigningKmsKeys", arn);
        all.put("LogLevel", "DEBUG");
        Template template = Template.read(Path.of("../template.yaml"), all);
        String endpoint = services.endpoint().toString();
        Map<String, String> signing = Map.of("AWS_ENDPOINT_URL", endpoint, "PLUGIN_JWT_SECRET_ID", SECRET);
        StackOptions options = StackOptions.defaults()
                .withEnvironment(Map.of("IssueKeyFunction", signing, "PublishFunction", signing));
        return LocalStack.start(template, options, tables, StackListener.none());
    }

    /** A key that the secret's ring signed, and no record is kept of. */
    private static String keyOfBefore(String ring) {
        Instant now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
        TokenSigner signer = new TokenSigner(
                KeySource.fixed(KeyRing.read(ring).signingKey(null, null)),
                new ClaimNames("sub", "org_id"),
                null,
                List.of());
        return signer.sign(new KeyClaims(
                "cus_before",
                "11111111-2222-4333-8444-555555555555",
                now,
                now.plusSeconds(3600),
                List.of(),
                null,
                null));
    }

    private static List<Integer> statuses(LocalStack stack, String key) throws IOException, InterruptedException {
        List<URI> doors = StackCalls.doors(stack);
        return List.of(StackCalls.status(doors.get(0), key), StackCalls.status(doors.get(1), key));
    }

    private static JsonNode header(String key) {
        byte[] header = Base64.getUrlDecoder().decode(key.substring(0, key.indexOf('.')));
        return JsonTree.parse(new String(header, StandardCharsets.UTF_8)).orElseThrow();
    }

    private String createKey(Services services, String spec) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(services.endpoint())
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "TrentService.CreateKey")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=0")
                .POST(BodyPublishers.ofString("{\"KeySpec\":\"" + spec + "\",\"KeyUsage\":\"SIGN_VERIFY\"}"))
                .build();
        String answer = http.send(request, BodyHandlers.ofString()).body();
        return JsonTree.parse(answer)
                .orElseThrow()
                .path("KeyMetadata")
                .path("Arn")
                .asText();
    }
}
