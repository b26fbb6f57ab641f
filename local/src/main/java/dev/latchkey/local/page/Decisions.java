package dev.latchkey.local.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.local.gateway.Evidence;
import dev.latchkey.local.gateway.RequestRecord;
import dev.latchkey.local.machine.Arrivals;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.stack.StackListener;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The decisions about the last requests to the APIs, as the playground shows them. */
public final class Decisions implements StackListener {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final String USAGE_KEY = "usageIdentifierKey";

    private final Arrivals<RequestRecord> records = new Arrivals<>();

    @Override
    public void request(RequestRecord record) {
        records.put(record.id(), record);
    }

    @Override
    public void line(String function, Stream stream, String line) {}

    /**
     * What was decided about the request of that id, which API Gateway's answer tells in a header: who was asked, what
     * they answered and, on refusal, what they logged. Empty when there is no such request.
     */
    Optional<ObjectNode> of(String requestId) {
        return records.get(requestId, PATIENCE).map(Decisions::json);
    }

    private static ObjectNode json(RequestRecord record) {
        Evidence evidence = record.evidence();
        ObjectNode json = JsonTree.object()
                .put("requestId", record.id())
                .put("method", record.method())
                .put("path", record.path())
                .put("status", record.status())
                .put("access", record.access().name().toLowerCase(Locale.ROOT))
                .put("cached", record.cached())
                .put("asked", !record.cached() && !evidence.invocation().isEmpty())
                .put("detail", record.detail())
                .put("tookMs", record.took().toMillis());
        JsonTree.parse(evidence.answer().bytes()).ifPresent(answer -> json.set("answer", withoutSecret(answer)));
        JsonTree.parse(evidence.log().bytes()).ifPresent(log -> json.set("log", log));
        return json;
    }

    /** The answer without the usage plan's API key that it may name. */
    private static JsonNode withoutSecret(JsonNode answer) {
        return answer instanceof ObjectNode object && object.has(USAGE_KEY)
                ? object.put(USAGE_KEY, "[redacted]")
                : answer;
    }
}
