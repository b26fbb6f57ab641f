package dev.latchkey.local;

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

    private record Entry(AuthorizerOutput output, Instant expiry) {}

    Optional<AuthorizerOutput> get(List<String> identity) {
        Entry entry = entries.get(identity);
        return entry != null && clock.instant().isBefore(entry.expiry())
                ? Optional.of(entry.output())
                : Optional.empty();
    }

    void put(List<String> identity, AuthorizerOutput output) {
        if (ttl.isZero()) {
            return;
        }
        Instant now = clock.instant();
        if (entries.size() >= MAX_ENTRIES) {
            entries.clear();
        }
        entries.put(List.copyOf(identity), new Entry(output, now.plus(ttl)));
    }
}
