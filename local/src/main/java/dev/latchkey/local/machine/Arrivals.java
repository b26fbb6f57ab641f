package dev.latchkey.local.machine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The last thousand values by id. A value may be asked for a moment before it comes. Safe for use by several threads. */
public final class Arrivals<T> {
    private static final int MAX_KEPT = 1000;

    private final Map<String, CompletableFuture<T>> values = new LinkedHashMap<>();

    /** Takes the value of an id; the first one counts. */
    public void put(String id, T value) {
        future(id).complete(value);
    }

    /** The value of an id; empty when none comes in that time. */
    public Optional<T> get(String id, Duration patience) {
        try {
            return Optional.of(future(id).get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException none) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private synchronized CompletableFuture<T> future(String id) {
        if (values.size() >= MAX_KEPT && !values.containsKey(id)) {
            values.remove(values.keySet().iterator().next());
        }
        return values.computeIfAbsent(id, unknown -> new CompletableFuture<>());
    }
}
