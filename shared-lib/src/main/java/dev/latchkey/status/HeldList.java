package dev.latchkey.status;

import dev.latchkey.keys.KeyFetchListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One status list, fetched by the calls that need it, one at a time. From the start of a fetch on it is fresh for its time to
 * live, 2 seconds to 5 minutes; over four fifths of that one call fetches the next while others go on with this one, and over
 * all of it every call waits for the next: long enough for a server that starts, and for a short time where the list at hand is
 * of seconds ago or the fetch before failed. When a fetch fails the list at hand is believed until its age is over its bound,
 * one of more than 10 seconds only after a second try, and the next fetch waits 1, 2 and then 4 seconds, for which a list of
 * ours is used: an outage or a flood makes nobody ask more often than usual.
 */
final class HeldList {

    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(60);
    private static final Duration REORDERING = Duration.ofSeconds(10);

    /** Twice the usual time to live, and a margin. */
    private static final Duration RECENT = Duration.ofSeconds(10);

    private static final Duration SHORT = Duration.ofMillis(1500);
    private static final Duration FOR_A_START = Duration.ofSeconds(5);
    private static final int LONGEST_BACK_OFF = 4;

    /** A list and its times, reckoned once, for every call asks for them. */
    private static final class Copy {

        private final StatusListToken list;
        private final Instant fetchedAt;
        private final Instant nextAt;
        private final Instant freshUntil;
        private final Instant believedFrom;
        private final Instant believedUntil;

        Copy(StatusListToken list, Instant fetchedAt, Duration maxAge) {
            Duration fresh = list.timeToLive();
            fresh = fresh.compareTo(SHORTEST) < 0 ? SHORTEST : fresh;
            fresh = fresh.compareTo(LONGEST) > 0 ? LONGEST : fresh;
            Instant oldAt = list.issuedAt().plus(maxAge);
            this.list = list;
            this.fetchedAt = fetchedAt;
            this.nextAt = fetchedAt.plus(fresh.multipliedBy(4).dividedBy(5));
            this.freshUntil = fetchedAt.plus(fresh);
            this.believedFrom = list.issuedAt().minus(CLOCK_DIFFERENCE);
            this.believedUntil = oldAt.isBefore(list.expiresAt()) ? oldAt : list.expiresAt();
        }

        boolean isFresh(Instant now) {
            return !now.isBefore(fetchedAt) && now.isBefore(freshUntil);
        }

        boolean isNextDue(Instant now) {
            return now.isBefore(fetchedAt) || !now.isBefore(nextAt);
        }

        boolean isBelievable(Instant now) {
            return !now.isBefore(believedFrom) && now.isBefore(believedUntil);
        }
    }

    private record Failure(RuntimeException cause, Instant at, int inARow) {}

    private final String uri;
    private final Function<Duration, StatusListToken> origin;
    private final Duration maxAge;
    private final Clock clock;
    private final KeyFetchListener listener;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Copy held;
    private volatile @Nullable Failure failure;

    /**
     * Holds nothing yet.
     *
     * @param origin fetches the list within a time
     */
    HeldList(
            String uri,
            Function<Duration, StatusListToken> origin,
            Duration maxAge,
            Clock clock,
            KeyFetchListener listener) {
        this.uri = uri;
        this.origin = origin;
        this.maxAge = maxAge;
        this.clock = clock;
        this.listener = listener;
    }

    StatusListToken current() {
        Copy copy = held;
        Instant now = clock.instant();
        if (copy == null || !copy.isFresh(now)) {
            fetching.lock();
        } else if (!copy.isNextDue(now) || !fetching.tryLock()) {
            return copy.isBelievable(now) ? copy.list : believed();
        }
        try {
            fetchWhereDue(copy == null || !copy.isFresh(now));
        } finally {
            fetching.unlock();
        }
        return believed();
    }

    private StatusListToken believed() {
        Copy copy = held;
        if (copy != null && copy.isBelievable(clock.instant())) {
            return copy.list;
        }
        Failure last = failure;
        throw new StatusUnavailableException(
                "the status list " + uri + " cannot be had, and there is none at hand that is young enough",
                last == null ? new UnusableListException("was not fetched") : last.cause());
    }

    /** Whoever waited is content with a list that is fresh, which another call may have fetched meanwhile. */
    private void fetchWhereDue(boolean hasWaited) {
        Copy copy = held;
        Instant now = clock.instant();
        boolean isDue = copy == null || (hasWaited ? !copy.isFresh(now) : copy.isNextDue(now));
        if (!isDue || !isBackOffOver()) {
            return;
        }
        boolean isTriedTwice = isBelievedAndOld(copy);
        fetch(copy, isTriedTwice || copy == null || !copy.isBelievable(now) ? FOR_A_START : SHORT);
        if (isTriedTwice && failure != null) {
            fetch(copy, SHORT);
        }
    }

    private void fetch(@Nullable Copy copy, Duration time) {
        Instant start = clock.instant();
        Failure before = failure;
        try {
            held = new Copy(newer(origin.apply(time), copy), start, maxAge);
            failure = null;
        } catch (RuntimeException e) {
            failure = new Failure(e, clock.instant(), before == null ? 1 : before.inARow() + 1);
        }
        Failure now = failure;
        listener.ended(age(), now == null ? null : now.cause());
    }

    /**
     * A list of some time ago may hold a key that was revoked since: its place is not given up for a server that starts, nor
     * for a single failure, unless it is known already that lists cannot be had.
     */
    private boolean isBelievedAndOld(@Nullable Copy copy) {
        Instant now = clock.instant();
        if (copy == null || !copy.isBelievable(now)) {
            return false;
        }
        Failure last = failure;
        boolean isKnownToFail = last != null
                && !now.isBefore(last.at())
                && now.isBefore(last.at().plus(RECENT));
        return !isKnownToFail && !now.isBefore(copy.list.issuedAt().plus(RECENT));
    }

    /** Several servers may hold lists of slightly different times; what is older than that is not taken. */
    private static StatusListToken newer(StatusListToken list, @Nullable Copy copy) {
        if (copy == null || !list.issuedAt().isBefore(copy.list.issuedAt())) {
            return list;
        }
        if (list.issuedAt().plus(REORDERING).isBefore(copy.list.issuedAt())) {
            throw new UnusableListException("is older than the one at hand");
        }
        return copy.list;
    }

    private boolean isBackOffOver() {
        Failure last = failure;
        if (last == null) {
            return true;
        }
        long seconds = last.inARow() > 2 ? LONGEST_BACK_OFF : last.inARow();
        Instant now = clock.instant();
        return now.isBefore(last.at()) || !now.isBefore(last.at().plusSeconds(seconds));
    }

    private Duration age() {
        Copy copy = held;
        return copy == null ? Duration.ZERO : Duration.between(copy.list.issuedAt(), clock.instant());
    }
}
