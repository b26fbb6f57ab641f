package dev.latchkey.testing;

import dev.latchkey.provisioning.IdempotencyRecord;
import dev.latchkey.provisioning.KeyDescription;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.KeyRecord.Succession;
import dev.latchkey.provisioning.KeyTable;
import dev.latchkey.provisioning.KeyTableUnavailableException;
import dev.latchkey.provisioning.SignedKeys;
import dev.latchkey.status.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A table of keys in memory, each method one step. */
public final class MemoryKeyTable implements KeyTable {

    private final NavigableMap<String, KeyRecord> records = new TreeMap<>();
    private final Set<String> places = new HashSet<>();
    private final Map<String, IdempotencyRecord> requests = new HashMap<>();
    private final Map<String, Instant> cutOffs = new HashMap<>();
    private int issued;

    /** Whether records can be found one by one alone. */
    public volatile boolean isListDown;

    /** How often a record was read. */
    public final AtomicInteger readings = new AtomicInteger();

    private static String id(String customerId, String keyId) {
        return customerId + "\n" + keyId;
    }

    @Override
    public synchronized Optional<IdempotencyRecord> answered(IdempotencyRecord request) {
        return Optional.ofNullable(requests.get(request.id()))
                .filter(before -> before.until().isAfter(request.claims().issuedAt()));
    }

    @Override
    public synchronized int listForOneMore() {
        return 1 + issued++ / FULL;
    }

    @Override
    public synchronized Outcome keep(KeyRecord key, @Nullable IdempotencyRecord request, @Nullable KeyRecord replaced) {
        IdempotencyRecord before = request == null ? null : requests.get(request.id());
        if (before != null && before.until().isAfter(key.createdAt())) {
            return new Outcome.Answered(before);
        }
        Instant cutOff = cutOffs.get(key.customerId());
        if (cutOff != null && !cutOff.isBefore(key.createdAt())) {
            return new Outcome.CutOff();
        }
        if (replaced != null) {
            KeyRecord old = records.get(id(replaced.customerId(), replaced.keyId()));
            if (old == null
                    || old.status() != Status.VALID
                    || old.succession().into() != null
                    || !old.expiresAt().isAfter(key.createdAt())) {
                return new Outcome.NotReplaceable();
            }
        }
        if (!places.add(key.list() + "/" + key.index())) {
            return new Outcome.PlaceTaken();
        }
        records.put(id(key.customerId(), key.keyId()), key);
        if (request != null) {
            requests.put(request.id(), request);
        }
        if (replaced != null) {
            records.put(id(replaced.customerId(), replaced.keyId()), replaced);
        }
        return new Outcome.Kept();
    }

    @Override
    public synchronized Optional<KeyRecord> find(String customerId, String keyId) {
        readings.incrementAndGet();
        return Optional.ofNullable(records.get(id(customerId, keyId)));
    }

    @Override
    public synchronized List<KeyRecord> list(String customerId, int most, @Nullable String after) {
        if (isListDown) {
            throw new KeyTableUnavailableException("lists are down");
        }
        List<KeyRecord> found = new ArrayList<>(records.values());
        found.removeIf(record -> !record.customerId().equals(customerId)
                || (after != null && record.keyId().compareTo(after) >= 0));
        Collections.reverse(found);
        return found.subList(0, Math.min(most, found.size()));
    }

    @Override
    public synchronized Optional<KeyRecord> describe(KeyDescription description) {
        return Optional.ofNullable(records.computeIfPresent(
                id(description.customerId(), description.keyId()), (id, record) -> described(record, description)));
    }

    private static KeyRecord described(KeyRecord record, KeyDescription description) {
        String name = description.name();
        Map<String, String> metadata = description.metadata();
        return record.with(new KeyRecord.Details(
                name == null ? record.details().name() : name.isEmpty() ? null : name,
                metadata == null ? record.details().metadata() : metadata));
    }

    @Override
    public synchronized boolean setStatus(KeyRecord key) {
        KeyRecord record = records.get(id(key.customerId(), key.keyId()));
        if (record == null
                || record.status() == Status.REVOKED
                || (key.status() != Status.REVOKED
                        && !record.succession()
                                .equals(new Succession(record.succession().from(), null, null)))) {
            return false;
        }
        records.put(
                id(key.customerId(), key.keyId()),
                record.with(key.status()).with(key.succession()).changedAt(key.statusSince()));
        return true;
    }

    @Override
    public synchronized boolean cutOff(String customerId, Instant at, Instant until) {
        cutOffs.merge(customerId, at, (old, next) -> next.isAfter(old) ? next : old);
        return true;
    }

    @Override
    public synchronized SignedKeys countSigned(String signingKey, Instant now, @Nullable String cursor) {
        List<KeyRecord> live = records.values().stream()
                .filter(key -> key.expiresAt().isAfter(now) && key.statusAt(now, null) != Status.REVOKED)
                .toList();
        return new SignedKeys(
                live.stream().filter(key -> signingKey.equals(key.signedBy())).count(),
                live.stream().filter(key -> key.signedBy() == null).count(),
                records.size(),
                null);
    }

    @Override
    public synchronized Optional<Instant> cutOffOf(String customerId) {
        return Optional.ofNullable(cutOffs.get(customerId));
    }
}
