package dev.latchkey.provisioning;

import dev.latchkey.config.Lifetime;
import dev.latchkey.config.Settings;
import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.jwt.StatusReference;
import dev.latchkey.jwt.TokenSigner;
import dev.latchkey.provisioning.KeyRecord.Succession;
import dev.latchkey.provisioning.KeyTable.Outcome;
import dev.latchkey.provisioning.ProvisioningException.Kind;
import dev.latchkey.status.Status;
import dev.latchkey.status.StatusListBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Issues keys whose records are kept, and carries out what becomes of them. Thread-safe. */
final class KeyLife {

    private static final int TRIES = 8;
    private static final int PAGE = 100;
    private static final Duration READING = Duration.ofSeconds(2);
    private static final int MAX_PAGES = 10;

    /** Longer than clocks differ. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private final TokenSigner signer;
    private final KeyTable table;
    private final StatusListBase base;
    private final KeyLimits limits;
    private final Clock clock;
    private final RandomGenerator random;

    KeyLife(
            TokenSigner signer,
            KeyTable table,
            StatusListBase base,
            KeyLimits limits,
            Clock clock,
            RandomGenerator random) {
        this.signer = signer;
        this.table = table;
        this.base = base;
        this.limits = limits;
        this.clock = clock;
        this.random = random;
    }

    IssuedKey create(NewKey wanted) {
        Request request = proposal -> IdempotencyRecord.of(wanted, proposal);
        return before(wanted, request, null, Duration.ZERO).orElseGet(() -> {
            Duration lifetime = limits.lifetimeOf(wanted);
            checkRoom(wanted.customerId());
            return issue(wanted, lifetime, request, null, Duration.ZERO);
        });
    }

    /** A new key in the place of another, with its settings and its whole lifetime. */
    IssuedKey roll(KeyRoll roll) {
        KeyRecord old = found(roll.customerId(), roll.keyId());
        NewKey wanted = new NewKey(
                roll.customerId(),
                "",
                roll.idempotencyKey(),
                old.details(),
                old.scopes(),
                old.plan(),
                null,
                roll.caller());
        Request request = proposal -> IdempotencyRecord.of(roll, proposal);
        return before(wanted, request, old, roll.grace()).orElseGet(() -> {
            Duration lifetime = limits.lifetimeOfFollower(old);
            if (!roll.grace().isZero()) {
                checkRoom(roll.customerId());
            }
            return issue(wanted, lifetime, request, old, roll.grace());
        });
    }

    /**
     * Refuses one more key of a customer who has as many as one may have. Of a customer with very many records the newest are
     * counted, and of requests at once each counts what was there before.
     */
    private void checkRoom(String customerId) {
        Instant now = now();
        Instant cutOff = table.cutOffOf(customerId).orElse(null);
        long live = 0;
        String after = null;
        for (int page = 0; page < MAX_PAGES; page++) {
            List<KeyRecord> records = table.list(customerId, PAGE, after);
            live += records.stream()
                    .filter(record -> record.expiresAt().isAfter(now))
                    .filter(record -> record.statusAt(now, cutOff) != Status.REVOKED)
                    .count();
            if (live >= limits.keys()) {
                throw new ProvisioningException(
                        Kind.CONFLICT,
                        "this customer has " + limits.keys() + " keys, and no more are allowed (" + Settings.MAX_KEYS
                                + "). Revoke one, or roll one with grace 0");
            }
            if (records.size() < PAGE) {
                return;
            }
            after = records.get(records.size() - 1).keyId();
        }
    }

    /** The earlier answer to the same request, whatever new keys may have by now. */
    private Optional<IssuedKey> before(NewKey wanted, Request request, @Nullable KeyRecord old, Duration grace) {
        Instant now = now();
        IdempotencyRecord asked = request.of(new KeyClaims(wanted.customerId(), "", now, now.plus(limits.lifetime())));
        return asked == null
                ? Optional.empty()
                : table.answered(asked).map(earlier -> again(asked, earlier, wanted, old, grace));
    }

    /** Proposes the record of a request. */
    @FunctionalInterface
    private interface Request {
        @Nullable
        IdempotencyRecord of(KeyClaims claims);
    }

    /** The key is signed before anything is kept: what cannot be handed out leaves no record. */
    private IssuedKey issue(
            NewKey wanted, Duration lifetime, Request request, @Nullable KeyRecord old, Duration grace) {
        int list = table.listForOneMore();
        Instant now = now();
        if (old != null && isCutOff(old)) {
            throw notReplaceable(old);
        }
        String keyId = KeyIds.next(clock.instant(), random);
        KeyRecord replaced =
                old == null ? null : old.with(new Succession(old.succession().from(), keyId, now.plus(grace)));
        for (int attempt = 0; attempt < TRIES; attempt++) {
            KeyRecord record = new KeyRecord(
                    wanted.customerId(),
                    keyId,
                    now,
                    now.plus(lifetime),
                    Status.VALID,
                    null,
                    wanted.details(),
                    wanted.scopes(),
                    wanted.plan(),
                    list,
                    random.nextInt(KeyTable.PLACES),
                    wanted.caller(),
                    null,
                    old == null ? Succession.none() : new Succession(old.keyId(), null, null));
            KeyClaims claims = claims(record);
            TokenSigner.Signed signed = signer.signed(claims);
            KeyRecord kept = record.signedBy(SignedKeys.nameOf(signed.kid()));
            IdempotencyRecord proposed = request.of(claims);
            Outcome outcome = table.keep(kept, proposed, replaced);
            if (outcome instanceof Outcome.Kept) {
                ApiKey key = new ApiKey(signed.text(), claims.keyId(), claims.expiresAt());
                return new IssuedKey(key, kept, old == null ? null : now.plus(grace));
            }
            if (outcome instanceof Outcome.Answered answered && proposed != null) {
                return again(proposed, answered.before(), wanted, old, grace);
            }
            refuse(outcome, old);
        }
        throw new KeyTableUnavailableException(
                "no free place was found in status list " + list + " in " + TRIES + " tries");
    }

    private void refuse(Outcome outcome, @Nullable KeyRecord old) {
        if (outcome instanceof Outcome.CutOff) {
            throw new ProvisioningException(
                    Kind.CONFLICT, "all keys of this customer were revoked this very second. Try again");
        }
        if (outcome instanceof Outcome.NotReplaceable && old != null) {
            throw notReplaceable(found(old.customerId(), old.keyId()));
        }
    }

    private ProvisioningException notReplaceable(KeyRecord now) {
        String into = now.succession().into();
        return new ProvisioningException(
                Kind.CONFLICT,
                into == null
                        ? "the key is " + word(statusOf(now)) + ", so that no other can take its place"
                        : "the key was rolled already, into " + into);
    }

    /** The key of before, with its record as it is now. */
    private IssuedKey again(
            IdempotencyRecord proposed,
            IdempotencyRecord before,
            NewKey wanted,
            @Nullable KeyRecord old,
            Duration grace) {
        before.checkSameRequest(proposed);
        Instant end = old == null ? null : old.succession().endsAt();
        Instant previousEnd =
                old != null && end == null ? before.claims().issuedAt().plus(grace) : end;
        KeyRecord record =
                table.find(wanted.customerId(), before.claims().keyId()).orElse(null);
        return record == null
                ? new IssuedKey(signed(withoutRecord(before.claims(), wanted)), null, previousEnd)
                : new IssuedKey(signed(claims(record)), record.asOf(now(), cutOffOf(record)), previousEnd);
    }

    /** A key that was issued before keys had records: the same request asks for the same scopes and plan. */
    private static KeyClaims withoutRecord(KeyClaims before, NewKey wanted) {
        return new KeyClaims(
                before.customerId(),
                before.keyId(),
                before.issuedAt(),
                before.expiresAt(),
                wanted.scopes(),
                wanted.plan(),
                null);
    }

    private KeyClaims claims(KeyRecord record) {
        return new KeyClaims(
                record.customerId(),
                record.keyId(),
                record.createdAt(),
                record.expiresAt(),
                record.scopes(),
                record.plan(),
                new StatusReference(record.index(), base.uri(record.list())));
    }

    private ApiKey signed(KeyClaims claims) {
        return new ApiKey(signer.sign(claims), claims.keyId(), claims.expiresAt());
    }

    KeyPage list(String customerId, int limit, @Nullable String cursor) {
        List<KeyRecord> found = table.list(customerId, limit + 1, Cursor.keyId(customerId, cursor));
        List<KeyRecord> page = found.subList(0, Math.min(limit, found.size()));
        Instant cutOff = table.cutOffOf(customerId).orElse(null);
        Instant now = now();
        String next = found.size() > limit
                ? Cursor.behind(customerId, page.get(page.size() - 1).keyId())
                : null;
        return new KeyPage(page.stream().map(record -> record.asOf(now, cutOff)).toList(), next);
    }

    KeyRecord get(String customerId, String keyId) {
        KeyRecord record = found(customerId, keyId);
        return record.asOf(now(), cutOffOf(record));
    }

    KeyRecord describe(KeyDescription description) {
        KeyRecord record = table.describe(description).orElseThrow(KeyLife::unknown);
        return record.asOf(now(), cutOffOf(record));
    }

    KeyRecord revoke(String customerId, String keyId) {
        return set(found(customerId, keyId), Status.REVOKED);
    }

    KeyRecord suspend(String customerId, String keyId) {
        return changed(customerId, keyId, Status.SUSPENDED);
    }

    KeyRecord resume(String customerId, String keyId) {
        return changed(customerId, keyId, Status.VALID);
    }

    private KeyRecord changed(String customerId, String keyId, Status wanted) {
        KeyRecord record = found(customerId, keyId);
        String into = record.succession().into();
        if (into != null) {
            throw new ProvisioningException(
                    Kind.CONFLICT, "the key was rolled into " + into + " and ends by itself. Revoke it to end it now");
        }
        if (statusOf(record) != Status.REVOKED) {
            KeyRecord changed = set(record, wanted);
            if (changed.status() == wanted) {
                return changed;
            }
        }
        throw new ProvisioningException(Kind.CONFLICT, "the key is revoked, which is for good. Create another");
    }

    /** The record as it then is, which for a revoked key is revoked. What is so already is not written again. */
    private KeyRecord set(KeyRecord record, Status wanted) {
        if (record.status() == wanted) {
            return record.status() == Status.VALID ? record.changedAt(record.statusSince()) : record;
        }
        Instant now = now();
        KeyRecord changed = (wanted == Status.REVOKED ? record.endedAt(now) : record.with(wanted)).changedAt(now);
        return table.setStatus(changed) ? changed : found(record.customerId(), record.keyId());
    }

    /** Reads on in the whole table, a page at a time. */
    SignedKeys countSigned(String signingKey, @Nullable String cursor) {
        return table.countSigned(signingKey, now(), cursor);
    }

    Instant revokeCustomer(String customerId) {
        Instant now = now();
        if (!table.cutOff(customerId, now, lastExpiry(customerId, now))) {
            throw new ProvisioningException(
                    Kind.CONFLICT,
                    "as many customers are cut off as status lists can tell. Revoke this customer's keys one by one");
        }
        return now;
    }

    /**
     * When the last key of a customer has expired that was issued until now, and a day: by its records, and for keys without
     * one by the longest lifetime that they can have. Where there are more records than are looked at, or they cannot be had
     * within 2 seconds, by the longest of all: what ends keys waits for nothing.
     */
    private Instant lastExpiry(String customerId, Instant now) {
        Instant patience = clock.instant().plus(READING);
        Instant last = now.plus(limits.longestOfAll());
        String after = null;
        try {
            for (int page = 0; page < MAX_PAGES && clock.instant().isBefore(patience); page++) {
                List<KeyRecord> records = table.list(customerId, PAGE, after);
                for (KeyRecord record : records) {
                    last = record.expiresAt().isAfter(last) ? record.expiresAt() : last;
                    after = record.keyId();
                }
                if (records.size() < PAGE) {
                    return last.plus(MARGIN);
                }
            }
        } catch (KeyTableUnavailableException unread) {
            // The table may take the cut-off all the same, or says that it cannot.
        }
        return now.plus(Lifetime.MAX).plus(MARGIN);
    }

    private boolean isCutOff(KeyRecord record) {
        Optional<Instant> cutOff = table.cutOffOf(record.customerId());
        return cutOff.isPresent() && !record.createdAt().isAfter(cutOff.get());
    }

    private Status statusOf(KeyRecord record) {
        return record.statusAt(now(), cutOffOf(record));
    }

    private @Nullable Instant cutOffOf(KeyRecord record) {
        return table.cutOffOf(record.customerId()).orElse(null);
    }

    private KeyRecord found(String customerId, String keyId) {
        Optional<KeyRecord> record = table.find(customerId, keyId);
        return record.orElseThrow(KeyLife::unknown);
    }

    private static ProvisioningException unknown() {
        return new ProvisioningException(Kind.NOT_FOUND, "this customer has no key of that keyId");
    }

    private static String word(Status status) {
        return status == Status.SUSPENDED ? "suspended" : "revoked";
    }

    private Instant now() {
        return Instant.ofEpochSecond(clock.instant().getEpochSecond());
    }
}
