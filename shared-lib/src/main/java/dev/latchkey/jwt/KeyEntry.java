package dev.latchkey.jwt;

import java.security.Key;
import java.security.PrivateKey;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A key as it stands in a text, not yet tied to an algorithm.
 *
 * @param kid the key id; null where the text gives none
 * @param declared the algorithm that the text ties the key to; null where it says nothing
 * @param status the place in a key ring; null where the text says nothing
 * @param verifying the public key or secret; null where only a private key is known
 * @param signing the private key or secret; null for a public key
 */
record KeyEntry(
        @Nullable String kid,
        @Nullable Algorithm declared,
        @Nullable KeyStatus status,
        @Nullable Key verifying,
        @Nullable Key signing) {

    static KeyEntry ofSecret(SecretKey secret) {
        return new KeyEntry(null, null, null, secret, secret);
    }

    boolean isPrivate() {
        return signing instanceof PrivateKey;
    }

    /** Names the entry without showing anything of the key. */
    @Override
    public String toString() {
        return kid == null ? "key without kid" : "key " + kid;
    }
}
