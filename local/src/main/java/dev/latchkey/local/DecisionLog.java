package dev.latchkey.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The reasons that authorizers log: JSON lines with {@code decision}, {@code reason} and {@code awsRequestId}. A line may
 * come after the answer it explains.
 */
final class DecisionLog {
    private static final int MAX_KEPT = 1000;

    private final Map<String, CompletableFuture<String>> reasons = new LinkedHashMap<>();

    /** Takes a log line; lines that tell no decision are passed over. */
    void line(String line) {
        if (!line.contains("\"decision\"")) {
            return;
        }
        Optional<JsonNode> parsed = Json.parse(line);
        if (parsed.isEmpty() || !parsed.get().path("decision").isTextual()) {
            return;
        }
        String reason = parsed.get().path("reason").asText("");
        String keyId = parsed.get().path("keyId").asText("");
        future(parsed.get().path("awsRequestId").asText(""))
                .complete(keyId.isEmpty() ? reason : reason + " (key " + keyId + ")");
    }

    /** The reason for an invocation's answer; empty when none comes in that time. */
    Optional<String> reason(String requestId, Duration patience) {
        try {
            return Optional.of(future(requestId).get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException none) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private synchronized CompletableFuture<String> future(String requestId) {
        if (reasons.size() >= MAX_KEPT) {
            reasons.remove(reasons.keySet().iterator().next());
        }
        return reasons.computeIfAbsent(requestId, id -> new CompletableFuture<>());
    }
}
