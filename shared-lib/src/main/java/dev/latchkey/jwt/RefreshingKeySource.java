package dev.latchkey.jwt;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are fetched when needed and again when their time is over.
 *
 * <p>There are no background threads, because Lambda freezes between calls: a call that finds the keys too old fetches
 * them. One call fetches at a time; the others go on with the keys at hand. When a fetch fails the last good keys stay
 * in use for a bounded time. Time is wall-clock time, which goes on while Lambda is frozen.
 *
 * @param <K> what is fetched; immutable
 */
public final class RefreshingKeySource<K> implements KeySource<K> {

    private record Held<K>(K keys, Instant fetchedAt) {}

    private final Supplier<K> origin;
    private final RefreshPolicy policy;
    private final Clock clock;
    private final Consumer<RuntimeException> onFailure;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Held<K> held;
    private volatile Instant lastAttempt = Instant.MIN;
    private volatile @Nullable RuntimeException lastFailure;

    /**
     * Prepares a source; fetches nothing yet.
     *
     * @param origin fetches keys; throws a {@link RuntimeException} when it cannot, and bounds its own time
     * @param onFailure is told of every failed fetch, to log it
     */
    public RefreshingKeySource(
            Supplier<K> origin, RefreshPolicy policy, Clock clock, Consumer<RuntimeException> onFailure) {
        this.origin = origin;
        this.policy = policy;
        this.clock = clock;
        this.onFailure = onFailure;
    }

    @Override
    public K current() {
        Held<K> seen = held;
        Instant now = clock.instant();
        if (seen != null
                && !now.isBefore(seen.fetchedAt())
                && now.isBefore(seen.fetchedAt().plus(policy.timeToLive()))) {
            return seen.keys();
        }
        return refreshed(seen);
    }

    @Override
    public K afterMiss() {
        return refreshed(held);
    }

    private K refreshed(@Nullable Held<K> seen) {
        if (mayFetch()) {
            if (usable(seen)) {
                if (fetching.tryLock()) {
                    fetchLocked();
                }
            } else {
                fetching.lock();
                fetchLocked();
            }
        }
        Held<K> now = held;
        if (now != null && usable(now)) {
            return now.keys();
        }
        throw new KeysUnavailableException("no keys can be had and there are no earlier ones to use", lastFailure);
    }

    /** A clock that was set back must not put off the next fetch. */
    private boolean mayFetch() {
        Instant now = clock.instant();
        Instant last = lastAttempt;
        return last.equals(Instant.MIN) || now.isBefore(last) || !now.isBefore(last.plus(policy.pause()));
    }

    private boolean usable(@Nullable Held<K> keys) {
        return keys != null
                && clock.instant()
                        .isBefore(keys.fetchedAt().plus(policy.timeToLive()).plus(policy.staleFor()));
    }

    private void fetchLocked() {
        try {
            if (mayFetch()) {
                fetch();
            }
        } finally {
            fetching.unlock();
        }
    }

    private void fetch() {
        try {
            K keys = origin.get();
            held = new Held<>(keys, clock.instant());
            lastFailure = null;
        } catch (RuntimeException e) {
            lastFailure = e;
            onFailure.accept(e);
        } finally {
            lastAttempt = clock.instant();
        }
    }
}
