package dev.latchkey.aws;

import dev.latchkey.config.SecretSource;
import java.util.function.Supplier;

/** Opens AWS Secrets Manager when it is asked to: until then no class of the AWS SDK is loaded. */
public final class SecretsManagerSources implements Supplier<SecretSource> {

    @Override
    public SecretSource get() {
        return new SecretsManagerSource();
    }
}
