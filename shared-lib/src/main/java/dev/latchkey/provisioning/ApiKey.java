package dev.latchkey.provisioning;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An API key, fresh from the plugin. {@code toString()} does not show its value.
 *
 * @param value the key itself, for the customer alone
 * @param keyId what the key is called in logs and lists; never the key itself
 * @param expires when it expires; null for a key that does not
 */
public record ApiKey(String value, String keyId, @Nullable Instant expires) {

    /** When it expires; empty for a key that does not. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expires);
    }

    @Override
    public String toString() {
        return "API key " + keyId;
    }
}
