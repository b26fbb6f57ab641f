package dev.latchkey.publish;

import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.SigningKey;
import dev.latchkey.provisioning.KeyTable;
import dev.latchkey.provisioning.PublishedStatuses;
import dev.latchkey.status.Cutoffs;
import dev.latchkey.status.Status;
import dev.latchkey.status.StatusBits;
import dev.latchkey.status.StatusListBase;
import dev.latchkey.status.StatusListToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Signed status lists, each held for a second, so that many who ask at once cost one reading. Thread-safe. */
final class PublishedLists {

    private static final Duration HELD = Duration.ofSeconds(1);
    private static final int BITS = 2;
    private static final int MAX_HELD = 64;
    private static final float LOAD_FACTOR = 0.75f;

    private final PublishedStatuses statuses;
    private final KeySource<SigningKey> keys;
    private final Clock clock;
    private final IntConsumer leftOut;
    private final Map<String, Held> held = new LinkedHashMap<>(16, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Held> eldest) {
            return size() > MAX_HELD;
        }
    };

    /**
     * Reads and signs lists.
     *
     * @param leftOut is told how many cut-offs a list has no room for
     */
    PublishedLists(PublishedStatuses statuses, KeySource<SigningKey> keys, Clock clock, IntConsumer leftOut) {
        this.statuses = statuses;
        this.keys = keys;
        this.clock = clock;
        this.leftOut = leftOut;
    }

    /**
     * A signed list.
     *
     * @param content what it tells, without the time for which it tells it: the same content is equal
     */
    record Listed(String token, String content) {}

    private record Held(Listed list, Instant readAt) {}

    /**
     * The list of that number; null where there is none. The first one is there before the first key.
     *
     * @throws dev.latchkey.provisioning.KeyTableUnavailableException if the table cannot be read
     * @throws dev.latchkey.keys.KeysUnavailableException if there is no key to sign with
     */
    synchronized @Nullable Listed list(StatusListBase base, int number) {
        String uri = base.uri(number);
        Instant now = clock.instant();
        Held known = held.get(uri);
        if (known != null
                && !now.isBefore(known.readAt())
                && now.isBefore(known.readAt().plus(HELD))) {
            return known.list();
        }
        if (number > Math.max(1, statuses.lists())) {
            return null;
        }
        Listed list = signed(base, number, now);
        held.put(uri, new Held(list, now));
        return list;
    }

    private Listed signed(StatusListBase base, int number, Instant now) {
        Map<Integer, Status> notValid = statuses.notValid(number, now);
        Map<String, Instant> cutOffs = newest(statuses.cutOffs());
        StatusBits.Builder bits = new StatusBits.Builder(BITS, KeyTable.PLACES);
        notValid.forEach((place, status) -> bits.put(place, status.value()));
        String token = StatusListToken.sign(keys.current(), base, number, bits, Cutoffs.of(base, cutOffs), now);
        return new Listed(token, EntityTag.name(new TreeMap<>(notValid) + " " + new TreeMap<>(cutOffs)));
    }

    /** Those that a list has room for, the latest ones: a list without the others is better than none for anybody. */
    private Map<String, Instant> newest(Map<String, Instant> cutOffs) {
        int tooMany = cutOffs.size() - Cutoffs.MAX_CUSTOMERS;
        if (tooMany <= 0) {
            return cutOffs;
        }
        leftOut.accept(tooMany);
        return cutOffs.entrySet().stream()
                .sorted(Map.Entry.<String, Instant>comparingByValue().reversed())
                .limit(Cutoffs.MAX_CUSTOMERS)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** How many lists there are, at least one. */
    int count() {
        return Math.max(1, statuses.lists());
    }
}
