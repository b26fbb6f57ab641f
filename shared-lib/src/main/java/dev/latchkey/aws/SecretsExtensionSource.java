package dev.latchkey.aws;

import dev.latchkey.config.SecretSource;
import dev.latchkey.config.SecretsExtension;
import dev.latchkey.http.BoundedGet;
import dev.latchkey.http.RemoteUri;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.keys.KeysUnavailableException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * Secrets in AWS Secrets Manager, of which only the current version is read, by the AWS Parameters and Secrets Lambda
 * Extension, without the AWS SDK.
 *
 * <p>One reading ends within 3 seconds; retries are the extension's own.
 */
final class SecretsExtensionSource implements SecretSource {

    private static final Duration IN_ALL = Duration.ofSeconds(3);
    /** A secret has at most 64 KiB (Secrets Manager quotas), of which JSON may write each byte in six. */
    private static final int MAX_BYTES = 400 * 1024;

    private static final JsonLimits LIMITS = new JsonLimits(MAX_BYTES, 16);

    private final String address;
    private final Map<String, String> headers;

    SecretsExtensionSource(SecretsExtension extension) {
        this.address = "http://localhost:" + extension.port() + "/secretsmanager/get?versionStage=AWSCURRENT&secretId=";
        this.headers = Map.of("X-Aws-Parameters-Secrets-Token", extension.token());
    }

    @Override
    public String read(String secretId) {
        RemoteUri uri = RemoteUri.readAbsolute(address + URLEncoder.encode(secretId, StandardCharsets.UTF_8));
        byte[] body;
        try {
            body = BoundedGet.body(uri, headers, IN_ALL, MAX_BYTES);
        } catch (IOException e) {
            throw unreadable(secretId, String.valueOf(e.getMessage()));
        }
        JsonObject answer;
        try {
            answer = JsonReader.readObject(body, LIMITS);
        } catch (JsonSyntaxException e) {
            throw unreadable(secretId, "the extension's answer " + e.getMessage());
        }
        return answer.string("SecretString")
                .orElseThrow(() -> unreadable(secretId, "its answer has no SecretString; the secret must be text"));
    }

    private static KeysUnavailableException unreadable(String secretId, String why) {
        return new KeysUnavailableException(
                "the secret " + secretId + " cannot be read by the Secrets extension: " + why, null);
    }
}
