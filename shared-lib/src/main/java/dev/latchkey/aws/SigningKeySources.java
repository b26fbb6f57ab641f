package dev.latchkey.aws;

import dev.latchkey.config.SecretSource;
import dev.latchkey.config.SecretSources;
import dev.latchkey.config.SecretsExtension;
import dev.latchkey.keys.ManagedKey;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * AWS Secrets Manager and AWS KMS, for functions that sign. The client of KMS is made with the first key, and its calls
 * end within 3 seconds.
 */
public final class SigningKeySources implements SecretSources {

    private final SecretSources secrets = new SecretsManagerSources();
    private @Nullable KmsClient client;

    @Override
    public SecretSource open(@Nullable SecretsExtension extension) {
        return secrets.open(extension);
    }

    @Override
    public ManagedKey managedKey(String id) {
        return KmsKey.open(client(), id);
    }

    private synchronized KmsClient client() {
        KmsClient ready = client;
        if (ready == null) {
            ready = KmsClient.builder()
                    .httpClientBuilder(Bounds.httpClient())
                    .overrideConfiguration(Bounds::limit)
                    .build();
            client = ready;
        }
        return ready;
    }
}
