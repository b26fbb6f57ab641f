package dev.latchkey.provisioning;

import dev.latchkey.jwt.KeyClaims;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Remembers requests with an idempotency key for 24 hours, for a plugin whose keys another system makes: of the same request
 * sent twice, also at once, exactly one is told that it is the first. Thread-safe, and safe against other processes.
 */
public final class RequestMemory {

    private static final Duration KEPT = Duration.ofHours(24);

    private final IdempotencyRecords records;
    private final Clock clock;
    private final RandomGenerator random = new SecureRandom();

    /**
     * What is known of a request.
     *
     * @param id a name of its own for what is made on its account, the same at each repetition: 36 characters of a UUID, of
     *     which 74 bits are random
     * @param isFirst whether it was not there before
     */
    public record Remembered(String id, boolean isFirst) {}

    /** Remembers in a table. */
    public RequestMemory(IdempotencyRecords records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    /**
     * Remembers a request; null for one without an idempotency key.
     *
     * @throws ProvisioningException of the kind {@code CONFLICT} if its idempotency key came with another request before
     * @throws IdempotencyUnavailableException if it cannot be told whether it was there before
     */
    public @Nullable Remembered remember(NewKey wanted) {
        Instant now = clock.instant();
        Instant issued = Instant.ofEpochSecond(now.getEpochSecond());
        KeyClaims claims = new KeyClaims(
                wanted.customerId(),
                KeyIds.next(now, random),
                issued,
                issued.plus(KEPT),
                wanted.scopes(),
                wanted.plan(),
                null);
        IdempotencyRecord proposed = IdempotencyRecord.of(wanted, claims);
        if (proposed == null) {
            return null;
        }
        IdempotencyRecord first = records.first(proposed);
        first.checkSameRequest(proposed);
        String id = first.claims().keyId();
        return new Remembered(id, id.equals(claims.keyId()));
    }
}
