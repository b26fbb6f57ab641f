package dev.latchkey.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.local.machine.Arrivals;
import dev.latchkey.local.machine.JsonTree;
import java.time.Duration;
import java.util.Optional;

/**
 * The decisions that authorizers log: JSON lines with {@code decision}, {@code reason} and {@code awsRequestId}. A line may
 * come after the answer it explains.
 */
final class LoggedDecisions {
    private final Arrivals<JsonNode> records = new Arrivals<>();

    /** Takes a log line; lines that tell no decision are passed over. */
    void line(String line) {
        if (!line.contains("\"decision\"")) {
            return;
        }
        JsonTree.parse(line)
                .filter(record -> record.path("decision").isTextual())
                .ifPresent(record -> records.put(record.path("awsRequestId").asText(""), record));
    }

    /** What was logged about an invocation's answer; empty when nothing comes in that time. */
    Optional<JsonNode> record(String requestId, Duration patience) {
        return records.get(requestId, patience);
    }

    /** The reason in a record, with the key's id where that is known. */
    static String reason(JsonNode record) {
        String reason = record.path("reason").asText("");
        String keyId = record.path("keyId").asText("");
        return keyId.isEmpty() ? reason : reason + " (key " + keyId + ")";
    }
}
