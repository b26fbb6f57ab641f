package dev.latchkey.aws;

import dev.latchkey.config.SecretSource;
import dev.latchkey.keys.KeysUnavailableException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * Secrets in AWS Secrets Manager, of which only the current version is read (AWS API reference, GetSecretValue).
 *
 * <p>The client is made at the first reading. One reading ends within 3 seconds, with at most two retries in that
 * time; the first one also makes the client. Region, credentials and endpoint come from the usual AWS variables.
 */
public final class SecretsManagerSource implements SecretSource {

    private @Nullable SecretsManagerClient client;

    @Override
    public String read(String secretId) {
        GetSecretValueResponse secret;
        try {
            secret = client().getSecretValue(get -> get.secretId(secretId).versionStage("AWSCURRENT"));
        } catch (SdkException e) {
            throw new KeysUnavailableException(
                    "the secret " + secretId + " cannot be read from Secrets Manager, got " + Bounds.reason(e), null);
        }
        if (secret.secretString() == null) {
            throw new KeysUnavailableException("the secret " + secretId + " is binary; it must be text", null);
        }
        return secret.secretString();
    }

    private synchronized SecretsManagerClient client() {
        SecretsManagerClient ready = client;
        if (ready == null) {
            ready = SecretsManagerClient.builder()
                    .httpClientBuilder(Bounds.httpClient())
                    .overrideConfiguration(Bounds::limit)
                    .build();
            client = ready;
        }
        return ready;
    }
}
