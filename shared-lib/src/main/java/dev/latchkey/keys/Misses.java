package dev.latchkey.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides which misses may have fresh keys fetched anew. One that is new may at once, so that a token of a new key does not
 * wait for others' bad ones; one that was seen before waits for the pause since the last fetch, and so do all when {@value
 * #AT_ONCE} new ones came faster than one in a pause. Thread-safe.
 */
final class Misses {

    /** How many new misses in a row fetch without a pause. */
    static final int AT_ONCE = 3;

    private static final int REMEMBERED = 256;
    private static final float LOAD_FACTOR = 0.75f;

    private final Duration pause;
    private Instant restored = Instant.MIN;
    private final Map<Integer, Boolean> seen = new LinkedHashMap<>(16, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Knows of no miss yet.
     *
     * @param pause the least time from a fetch to one that a miss seen before causes
     */
    Misses(Duration pause) {
        this.pause = pause;
    }

    /**
     * Tells whether a miss may fetch keys, and remembers it.
     *
     * @param missed the hash of what was missed
     * @param isPauseOver whether the pause since the last fetch is over
     */
    synchronized boolean mayFetch(int missed, boolean isPauseOver, Instant now) {
        boolean isNew = seen.put(missed, true) == null;
        return isPauseOver || (isNew && spend(now));
    }

    private boolean spend(Instant now) {
        Duration whole = pause.multipliedBy(AT_ONCE);
        if (restored.isBefore(now) || restored.isAfter(now.plus(whole))) {
            restored = now;
        }
        Instant after = restored.plus(pause);
        if (after.isAfter(now.plus(whole))) {
            return false;
        }
        restored = after;
        return true;
    }
}
