package dev.latchkey.config;

import org.jspecify.annotations.Nullable;

/** The places where secrets can be read. */
@FunctionalInterface
public interface SecretSources {

    /**
     * Opens the place; reads nothing yet.
     *
     * @param extension what reads secrets for the function; null where the function reads them itself
     */
    SecretSource open(@Nullable SecretsExtension extension);
}
