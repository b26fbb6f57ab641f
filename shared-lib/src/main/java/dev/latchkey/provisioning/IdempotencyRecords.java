package dev.latchkey.provisioning;

/** Where {@link IdempotencyRecord}s are kept. Thread-safe, and safe against other processes with the same records. */
@FunctionalInterface
public interface IdempotencyRecords {

    /**
     * The first record under an id: the proposed one, which is kept from now on, or the one that was kept before and does
     * not end by the time the proposed key is issued. Of several proposals at once, one becomes the first for all.
     *
     * @param proposed the record of the key that would be issued
     * @throws IdempotencyUnavailableException if it cannot be told whether the proposed record is the first; it may have
     *     been kept all the same
     */
    IdempotencyRecord first(IdempotencyRecord proposed);
}
