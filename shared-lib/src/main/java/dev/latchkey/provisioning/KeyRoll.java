package dev.latchkey.provisioning;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request for a new key in the place of another, with the same settings.
 *
 * @param customerId whose key it is
 * @param keyId the key that is to be replaced
 * @param grace how long the old key stays valid, 0 to 30 days
 * @param idempotencyKey the caller's name for the request; null where it has none
 * @param caller who asks
 */
public record KeyRoll(
        String customerId,
        String keyId,
        Duration grace,
        @Nullable String idempotencyKey,
        String caller) {

    /** The longest grace. */
    public static final Duration MAX_GRACE = Duration.ofDays(30);
}
