package dev.latchkey.provisioning;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where key records are kept, with the places in status lists that they hold. Each method is one atomic step. Thread-safe,
 * and safe against other processes with the same table.
 *
 * <p>Every method throws {@link KeyTableUnavailableException} if the table cannot be reached; what was to be written may then
 * have been written all the same.
 */
public interface KeyTable {

    /** How many places of a list are used before the next list begins: half of them, so that a free one is found soon. */
    int FULL = 1 << 16;

    /** How many places a list has. */
    int PLACES = 1 << 17;

    /**
     * How a request was answered before; empty where it was not, or so long ago that it counts as a new one.
     *
     * @param request the request as it would be kept now
     */
    Optional<IdempotencyRecord> answered(IdempotencyRecord request);

    /** Counts one more key, and gives the number of the list that has a place for it, from 1 on. */
    int listForOneMore();

    /**
     * Keeps a new key: its record, its place in its list, and the request that it answers.
     *
     * @param request the request with an idempotency key; null for one without
     * @param replaced the key that it takes the place of, as it is to be from now on; null for none
     */
    Outcome keep(KeyRecord key, @Nullable IdempotencyRecord request, @Nullable KeyRecord replaced);

    /** What became of a new key. */
    sealed interface Outcome {

        /** It is kept. */
        record Kept() implements Outcome {}

        /** Nothing was kept: another key holds its place. */
        record PlaceTaken() implements Outcome {}

        /** Nothing was kept: the request was answered before. */
        record Answered(IdempotencyRecord before) implements Outcome {}

        /** Nothing was kept: the customer's keys were ended up to the second in which it was issued. */
        record CutOff() implements Outcome {}

        /** Nothing was kept: the key that was to be replaced is not valid, or was replaced already. */
        record NotReplaceable() implements Outcome {}
    }

    /** The record of a customer's key; empty where the customer has no such key. */
    Optional<KeyRecord> find(String customerId, String keyId);

    /**
     * A customer's records, newest first.
     *
     * @param most how many at the most
     * @param after the key id after which they begin; null for the first ones
     */
    List<KeyRecord> list(String customerId, int most, @Nullable String after);

    /** Sets the name, the metadata or both of a key, and gives its record as it then is; empty where it is not there. */
    Optional<KeyRecord> describe(KeyDescription description);

    /**
     * Sets the status of a key in its record and, from now on, in its list.
     *
     * @param key the record with the status to be and when it was set, and of a revoked one with its end
     * @return false where the key is revoked, which nothing changes, or not there
     */
    boolean setStatus(KeyRecord key);

    /**
     * Ends all keys of a customer that were issued up to a time.
     *
     * @param until when the last of them has expired, up to which that is kept, or longer where it was to be
     * @return false where more customers are cut off than a list can tell
     */
    boolean cutOff(String customerId, Instant at, Instant until);

    /**
     * Counts, in a page of all records, the keys that a signing key signed and that are neither expired nor ended by themselves.
     * What was written in the last second may be missed.
     *
     * @param signingKey its name, as {@link SignedKeys#nameOf} makes it
     * @param cursor where the page begins; null for the first one
     * @throws ProvisioningException if the cursor is none of {@link SignedKeys#cursor}
     */
    SignedKeys countSigned(String signingKey, Instant now, @Nullable String cursor);

    /** The time up to which a customer's keys are ended; empty where they are not. */
    Optional<Instant> cutOffOf(String customerId);
}
