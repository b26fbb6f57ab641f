package dev.latchkey.config;

import dev.latchkey.keys.KeysUnavailableException;

/** Where secrets are kept. */
@FunctionalInterface
public interface SecretSource {

    /**
     * Reads the current value of a secret, within a few seconds.
     *
     * @param secretId its name or ARN
     * @throws KeysUnavailableException if it cannot be read
     */
    String read(String secretId);
}
