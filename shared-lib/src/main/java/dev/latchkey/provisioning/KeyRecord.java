package dev.latchkey.provisioning;

import dev.latchkey.status.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an API key that was issued: never the key, nor anything from which it follows. Times are whole seconds.
 *
 * @param customerId whose it is
 * @param keyId what it is called, its {@code jti}
 * @param createdAt when it was issued
 * @param expiresAt when it expires; {@link #NEVER} for a key that does not
 * @param status whether it is valid, suspended or revoked, as it was last set
 * @param changedAt when that was set; null where it never was, or where that is not known
 * @param details what its owner says of it
 * @param scopes what it may do; none for what every key may
 * @param plan the customer's plan; null where it names none
 * @param list the number of the status list that it names; 0 for a key that names none
 * @param index its place there
 * @param createdBy who asked for it: an IAM principal, or {@code invoke} for a direct invocation
 * @param signedBy the signing key, as {@link SignedKeys#nameOf} names it; null where that was not kept
 * @param succession the keys before and after it
 */
public record KeyRecord(
        String customerId,
        String keyId,
        Instant createdAt,
        Instant expiresAt,
        Status status,
        @Nullable Instant changedAt,
        Details details,
        List<String> scopes,
        @Nullable String plan,
        int list,
        int index,
        String createdBy,
        @Nullable String signedBy,
        Succession succession) {

    /** When a key expires that does not. */
    public static final Instant NEVER = Instant.MAX;

    /** Copies the scopes. */
    public KeyRecord {
        scopes = List.copyOf(scopes);
    }

    /**
     * What may be changed at any time, as no key says it.
     *
     * @param name what its owner calls it; null where it has no name
     * @param metadata further texts by name
     */
    public record Details(@Nullable String name, Map<String, String> metadata) {

        /** Copies the metadata. */
        public Details {
            metadata = Map.copyOf(metadata);
        }

        /** No name, no metadata. */
        public static Details none() {
            return new Details(null, Map.of());
        }
    }

    /**
     * How a key came from another and went into another.
     *
     * @param from the key that it took the place of; null for none
     * @param into the key that took its place; null for none
     * @param endsAt when it ends or ended, since another takes its place or it was revoked; null where it goes on until it
     *     expires, or was revoked before that was kept
     */
    public record Succession(
            @Nullable String from,
            @Nullable String into,
            @Nullable Instant endsAt) {

        /** A key of its own. */
        public static Succession none() {
            return new Succession(null, null, null);
        }
    }

    /** What it is at a time: a key whose successor's grace is over, or that was cut off, is revoked. */
    public Status statusAt(Instant now, @Nullable Instant cutOff) {
        Instant end = succession.endsAt();
        boolean isOver = end != null && !now.isBefore(end);
        boolean isCutOff = cutOff != null && !createdAt.isAfter(cutOff);
        return isOver || isCutOff ? Status.REVOKED : status;
    }

    /** What it is at a time, with its end where a cut-off has ended it. */
    KeyRecord asOf(Instant now, @Nullable Instant cutOff) {
        return cutOff != null && !createdAt.isAfter(cutOff) && status != Status.REVOKED
                ? endedAt(cutOff)
                : with(statusAt(now, cutOff));
    }

    /** The same, revoked at a time, or earlier where it had ended before. */
    KeyRecord endedAt(Instant time) {
        Instant before = succession.endsAt();
        Instant end = before != null && before.isBefore(time) ? before : time;
        return with(Status.REVOKED).with(new Succession(succession.from(), succession.into(), end));
    }

    /** From when it has the status that was last set. */
    public Instant statusSince() {
        return changedAt == null ? createdAt : changedAt;
    }

    /** The same, whose status was set at a time. */
    public KeyRecord changedAt(Instant time) {
        return with(status, time, details, signedBy, succession);
    }

    /** The same with another status. */
    public KeyRecord with(Status other) {
        return with(other, changedAt, details, signedBy, succession);
    }

    /** The same with other details. */
    public KeyRecord with(Details other) {
        return with(status, changedAt, other, signedBy, succession);
    }

    /** The same with another succession. */
    public KeyRecord with(Succession other) {
        return with(status, changedAt, details, signedBy, other);
    }

    /** The same with the name of the signing key. */
    KeyRecord signedBy(String name) {
        return with(status, changedAt, details, name, succession);
    }

    /** What can change of a record, beside what cannot. */
    private KeyRecord with(
            Status now, @Nullable Instant since, Details described, @Nullable String signer, Succession followed) {
        return new KeyRecord(
                customerId,
                keyId,
                createdAt,
                expiresAt,
                now,
                since,
                described,
                scopes,
                plan,
                list,
                index,
                createdBy,
                signer,
                followed);
    }

    @Override
    public String toString() {
        return "record of key " + keyId;
    }
}
