package dev.latchkey.provisioning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is handed out, and its record.
 *
 * @param key the key, for the customer alone
 * @param record what is kept of it; null where nothing is
 * @param previousEndsAt when the key ends or ended whose place it takes; null where it takes none's
 */
public record IssuedKey(
        ApiKey key, @Nullable KeyRecord record, @Nullable Instant previousEndsAt) {

    /** A key that takes no other's place. */
    public IssuedKey(ApiKey key, @Nullable KeyRecord record) {
        this(key, record, null);
    }
}
