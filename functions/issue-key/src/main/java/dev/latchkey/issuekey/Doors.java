package dev.latchkey.issuekey;

import dev.latchkey.provisioning.CacheFlushes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * When the doors know of a change: once no copy of a list is older than it, and what API Gateway kept of earlier answers is
 * forgotten.
 *
 * @param flushes what makes API Gateway forget; null where nothing does
 * @param keptFor for how long API Gateway keeps answers
 * @param failed is told where the flush could not be asked for, which fails no change
 */
record Doors(@Nullable CacheFlushes flushes, Duration keptFor, Clock clock, Consumer<RuntimeException> failed) {

    /** A second at the publisher, one in caches on the way, four in the copy of a door. */
    private static final Duration LISTS = Duration.ofSeconds(6);

    /** A moment after the lists, or the next call would be answered by an old list and kept anew. */
    static final Duration FLUSH_AFTER = LISTS.plusSeconds(1);

    private static final Duration FLUSHED = Duration.ofSeconds(10);

    /**
     * Tells them of a change, and gives the time from which on every door knows it. A request that repeats a change makes API
     * Gateway forget again, since the first may have been lost on the way, as long as it can have kept anything of before.
     *
     * @param changed when it was made; null for just now
     */
    Instant tell(@Nullable Instant changed) {
        Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        Instant forgotten = (changed == null ? now : changed).plus(LISTS).plus(keptFor);
        if (forgotten.isBefore(now)) {
            return forgotten;
        }
        if (flushes != null) {
            try {
                flushes.ask(clock.instant().plus(FLUSH_AFTER));
                return now.plus(FLUSHED);
            } catch (RuntimeException e) {
                failed.accept(e);
            }
        }
        return forgotten;
    }
}
