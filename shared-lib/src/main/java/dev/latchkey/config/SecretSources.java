package dev.latchkey.config;

import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.keys.ManagedKey;
import org.jspecify.annotations.Nullable;

/** The places where secrets can be read, and keys used that cannot. */
@FunctionalInterface
public interface SecretSources {

    /**
     * Opens the place; reads nothing yet.
     *
     * @param extension what reads secrets for the function; null where the function reads them itself
     */
    SecretSource open(@Nullable SecretsExtension extension);

    /**
     * Asks for the public half of a key pair that is kept where its private half cannot be read.
     *
     * @param id what the service calls the key
     * @throws dev.latchkey.keys.KeyDeniedException if this function may not use it
     * @throws InvalidKeyMaterialException if there is no such key that signs; the message tells the remedy
     * @throws KeysUnavailableException if it is not told at the moment
     */
    default ManagedKey managedKey(String id) {
        throw new UnsupportedOperationException("this function signs nothing, and so knows of no managed key");
    }
}
