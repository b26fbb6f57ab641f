package dev.latchkey.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are fetched when needed and again when most of their time is over.
 *
 * <p>There are no background threads, because Lambda freezes between calls: the first call that finds four fifths of the
 * keys' time over fetches them, so that under load they are replaced before it is. One call fetches at a time; the others
 * go on with the keys at hand. When a fetch fails the last good keys stay in use for a bounded time, and the next fetch
 * waits 1, 2, 4 and so on up to 30 seconds. Time is wall-clock time, which goes on while Lambda is frozen.
 *
 * @param <K> what is fetched; immutable
 */
public final class RefreshingKeySource<K> implements KeySource<K> {

    private record Held<K>(K keys, Instant fetchedAt) {}

    private record Attempt(long number, Instant endedAt, int failuresInARow) {}

    private final Supplier<K> origin;
    private final RefreshPolicy policy;
    private final Clock clock;
    private final KeyFetchListener listener;
    private final Misses misses;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Held<K> held;
    private volatile @Nullable Attempt lastAttempt;
    private volatile @Nullable RuntimeException lastFailure;

    /**
     * Prepares a source; fetches nothing yet.
     *
     * @param origin fetches keys; throws a {@link RuntimeException} when it cannot, and bounds its own time
     * @param listener is told of every fetch
     */
    public RefreshingKeySource(Supplier<K> origin, RefreshPolicy policy, Clock clock, KeyFetchListener listener) {
        this.origin = origin;
        this.policy = policy;
        this.clock = clock;
        this.listener = listener;
        this.misses = new Misses(policy.pause());
    }

    @Override
    public K current() {
        Attempt last = lastAttempt;
        Held<K> seen = held;
        return seen != null && isFresh(seen) ? seen.keys() : refreshed(seen, last);
    }

    @Override
    public K afterMiss(int missed) {
        Attempt last = lastAttempt;
        Held<K> seen = held;
        if (seen != null && last != null && isFresh(seen)) {
            boolean isPauseOver = isOver(last.endedAt(), policy.pause());
            if (!misses.mayFetch(missed, isPauseOver, clock.instant())) {
                return seen.keys();
            }
        }
        return refreshed(seen, last);
    }

    @Override
    public void forget() {
        held = null;
        lastAttempt = null;
        lastFailure = null;
    }

    /** The keys after a fetch, unless one ended since that attempt was the last. */
    private K refreshed(@Nullable Held<K> seen, @Nullable Attempt last) {
        if (mayFetch(last)) {
            if (usable(seen)) {
                if (fetching.tryLock()) {
                    fetchLocked(last);
                }
            } else {
                fetching.lock();
                fetchLocked(last);
            }
        }
        Held<K> now = held;
        if (now != null && usable(now)) {
            return now.keys();
        }
        throw new KeysUnavailableException("no keys can be had and there are no earlier ones to use", lastFailure);
    }

    /** After a failure all wait for the back-off, and fresh keys that lack one for the pause, too. */
    private boolean mayFetch(@Nullable Attempt last) {
        if (last == null || last.failuresInARow() == 0) {
            return true;
        }
        Held<K> now = held;
        Duration wait = RefreshPolicy.backOff(last.failuresInARow());
        if (now != null && isFresh(now) && policy.pause().compareTo(wait) > 0) {
            wait = policy.pause();
        }
        return isOver(last.endedAt(), wait);
    }

    /** A clock that was set back must not put off the next fetch. */
    private boolean isOver(Instant start, Duration wait) {
        Instant now = clock.instant();
        return now.isBefore(start) || !now.isBefore(start.plus(wait));
    }

    private boolean isFresh(Held<K> keys) {
        Instant now = clock.instant();
        return !now.isBefore(keys.fetchedAt()) && now.isBefore(keys.fetchedAt().plus(policy.refreshAfter()));
    }

    /** Within the bound on either side: a clock that was set back must not make old keys last. */
    private boolean usable(@Nullable Held<K> keys) {
        return keys != null
                && Duration.between(keys.fetchedAt(), clock.instant())
                                .abs()
                                .compareTo(policy.timeToLive().plus(policy.staleFor()))
                        < 0;
    }

    private void fetchLocked(@Nullable Attempt last) {
        try {
            if (Objects.equals(lastAttempt, last)) {
                fetch();
            }
        } finally {
            fetching.unlock();
        }
    }

    private void fetch() {
        Attempt last = lastAttempt;
        int failures = last == null ? 1 : last.failuresInARow() + 1;
        try {
            K keys = origin.get();
            held = new Held<>(keys, clock.instant());
            failures = 0;
            lastFailure = null;
        } catch (RuntimeException e) {
            lastFailure = e;
        } finally {
            lastAttempt = new Attempt(last == null ? 1 : last.number() + 1, clock.instant(), failures);
        }
        listener.ended(age(), lastFailure);
    }

    private Duration age() {
        Held<K> now = held;
        return now == null ? Duration.ZERO : Duration.between(now.fetchedAt(), clock.instant());
    }
}
