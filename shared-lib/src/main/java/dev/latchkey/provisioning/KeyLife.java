package dev.latchkey.provisioning;

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
        Duration lifetime = limits.lifetimeOf(wanted);
        return issue(wanted, lifetime, proposal -> IdempotencyRecord.of(wanted, proposal), null, Duration.ZERO);
    }

    /** A new key in the place of another, with its settings and its whole lifetime. */
    IssuedKey roll(KeyRoll roll) {
        KeyRecord old = found(roll.customerId(), roll.keyId());
        Duration lifetime = limits.lifetimeOfFollower(old);
        NewKey wanted = new NewKey(
                roll.customerId(),
                "",
                roll.idempotencyKey(),
                old.details(),
                old.scopes(),
                old.plan(),
                lifetime,
                roll.caller());
        return issue(wanted, lifetime, proposal -> IdempotencyRecord.of(roll, proposal), old, roll.grace());
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
                    wanted.details(),
                    wanted.scopes(),
                    wanted.plan(),
                    list,
                    random.nextInt(KeyTable.PLACES),
                    wanted.caller(),
                    old == null ? Succession.none() : new Succession(old.keyId(), null, null));
            KeyClaims claims = claims(record);
            ApiKey key = signed(claims);
            IdempotencyRecord proposed = request.of(claims);
            Outcome outcome = table.keep(record, proposed, replaced);
            if (outcome instanceof Outcome.Kept) {
                return new IssuedKey(key, record);
            }
            if (outcome instanceof Outcome.Answered answered && proposed != null) {
                return again(proposed, answered.before(), wanted);
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

    private IssuedKey again(IdempotencyRecord proposed, IdempotencyRecord before, NewKey wanted) {
        before.checkSameRequest(proposed);
        KeyRecord record =
                table.find(wanted.customerId(), before.claims().keyId()).orElse(null);
        return record == null
                ? new IssuedKey(signed(withoutRecord(before.claims(), wanted)), null)
                : new IssuedKey(signed(claims(record)), record);
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

    KeyRecord describe(String customerId, String keyId, KeyRecord.Details details) {
        KeyRecord record = get(customerId, keyId).with(details);
        if (!table.describe(record)) {
            throw unknown();
        }
        return record;
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
        if (statusOf(record) == Status.REVOKED || set(record, wanted).status() != wanted) {
            throw new ProvisioningException(Kind.CONFLICT, "the key is revoked, which is for good. Create another");
        }
        return record.with(wanted);
    }

    /** The record as it then is, which for a revoked key is revoked. */
    private KeyRecord set(KeyRecord record, Status wanted) {
        KeyRecord changed = wanted == Status.REVOKED ? record.endedAt(now()) : record.with(wanted);
        if (record.status() == wanted && wanted == Status.VALID) {
            return changed;
        }
        return table.setStatus(changed, now()) ? changed : found(record.customerId(), record.keyId());
    }

    Instant revokeCustomer(String customerId) {
        Instant now = now();
        if (!table.cutOff(customerId, now)) {
            throw new ProvisioningException(
                    Kind.CONFLICT,
                    "as many customers are cut off as status lists can tell. Revoke this customer's keys one by one");
        }
        return now;
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
