package dev.latchkey.local.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An authorizer's answers by identity, each for the authorizer's time to live; zero keeps none (API Gateway, Configure
 * a Lambda authorizer). It holds the answer, not the verdict: every request is weighed against the policy anew.
 */
final class AuthorizerCache {
    private static final int MAX_ENTRIES = 10_000;

    private final Duration ttl;
    private final Clock clock;
    private final Map<List<String>, Entry> entries = new ConcurrentHashMap<>();

    AuthorizerCache(Duration ttl, Clock clock) {
        this.ttl = ttl;
        this.clock = clock;
    }

    /** An answer, and the request id of the invocation that gave it. */
    record Answered(String invocation, AuthorizerOutput output) {}

    private record Entry(Answered answered, Instant expiry) {}

    void clear() {
        entries.clear();
    }

    Optional<Answered> get(List<String> identity) {
        Entry entry = entries.get(identity);
        return entry != null && clock.instant().isBefore(entry.expiry())
                ? Optional.of(entry.answered())
                : Optional.empty();
    }

    void put(List<String> identity, Answered answered) {
        if (ttl.isZero()) {
            return;
        }
        Instant now = clock.instant();
        if (entries.size() >= MAX_ENTRIES) {
            entries.clear();
        }
        entries.put(List.copyOf(identity), new Entry(answered, now.plus(ttl)));
    }
}
