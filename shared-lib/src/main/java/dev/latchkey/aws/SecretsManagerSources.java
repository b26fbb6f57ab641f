package dev.latchkey.aws;

import dev.latchkey.config.SecretSource;
import dev.latchkey.config.SecretSources;
import dev.latchkey.config.SecretsExtension;
import org.jspecify.annotations.Nullable;

/** AWS Secrets Manager, by its extension or by the AWS SDK, of which no class is loaded before it is opened. */
public final class SecretsManagerSources implements SecretSources {

    @Override
    public SecretSource open(@Nullable SecretsExtension extension) {
        return extension == null ? new SecretsManagerSource() : new SecretsExtensionSource(extension);
    }
}
