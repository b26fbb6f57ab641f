package dev.latchkey.authorizer;

import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.KeysUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the first call would have to wait for, done before it: keys fetched, classes loaded. Keys that cannot be had fail no
 * start.
 */
final class WarmUp {

    private static final Duration IN_ALL = Duration.ofSeconds(3);

    private final List<KeySource<KeySet>> sources;
    private final Clock clock;
    private final DecisionLog log;

    /** A warm-up with these keys. */
    WarmUp(List<KeySource<KeySet>> sources, Clock clock, DecisionLog log) {
        this.sources = List.copyOf(sources);
        this.clock = clock;
        this.log = log;
    }

    /**
     * Fetches keys, as far as 3 seconds go, since a start has 10 (Lambda quotas) and one fetch may take 3. Where keys
     * cannot be had the call that needs them asks again, as if nobody had before.
     */
    void fetch() {
        Instant latest = clock.instant().plus(IN_ALL);
        for (KeySource<KeySet> source : sources) {
            if (clock.instant().isBefore(latest)) {
                fetch(source);
            }
        }
    }

    /** Answers sample requests and fetches the keys: for starts that no caller waits for. */
    void run() {
        try {
            SampleRequests.answer();
        } catch (RuntimeException e) {
            log.notWarmedUp(e);
        }
        fetch();
    }

    /** Drops the keys that were fetched. */
    void forget() {
        sources.forEach(KeySource::forget);
    }

    private static void fetch(KeySource<KeySet> source) {
        try {
            source.current();
        } catch (KeysUnavailableException loggedByItsListener) {
            source.forget();
        }
    }
}
