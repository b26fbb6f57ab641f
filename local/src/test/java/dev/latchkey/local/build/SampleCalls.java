package dev.latchkey.local.build;

import dev.latchkey.aws.Emulator;
import dev.latchkey.local.machine.JsonTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What the packages that are built apart are called with: the sample events, and the secret of their keys. */
final class SampleCalls {

    static final Path EVENTS = Path.of("../events");

    private SampleCalls() {}

    /** What the sample keys are signed with. */
    static String secret() throws IOException {
        return JsonTree.parse(Files.readAllBytes(EVENTS.resolve("env.json")))
                .orElseThrow()
                .path("AuthorizerFunction")
                .path("JWT_VERIFY_KEY")
                .asText();
    }

    /** Keeps it in the emulator of Secrets Manager. */
    static void keepSecret(String name) throws IOException {
        try (SecretsManagerClient aws = SecretsManagerClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(URI.create(Emulator.endpoint()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            String secret = secret();
            aws.createSecret(create -> create.name(name).secretString(secret));
        }
    }

    /** An event with a good key. */
    static byte[] good() throws IOException {
        return Files.readAllBytes(EVENTS.resolve("authorizer-token.json"));
    }

    static byte[] event(String token) {
        return JsonTree.bytes(JsonTree.object()
                .put("type", "TOKEN")
                .put("methodArn", "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/GET/orders")
                .put("authorizationToken", "Bearer " + token));
    }
}
