package dev.latchkey.local;

import dev.latchkey.local.RequestRecord.Access;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Passes on the records of served requests in their order, each with the reason its authorizer logged. No answer waits
 * for that: the reason may come a moment after it.
 */
final class RequestLog implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final DecisionLog decisions;
    private final Consumer<RequestRecord> listener;
    private final ExecutorService thread;

    RequestLog(DecisionLog decisions, Consumer<RequestRecord> listener) {
        this.decisions = decisions;
        this.listener = listener;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread created = new Thread(task, "request-log");
            created.setDaemon(true);
            return created;
        });
    }

    /** Takes a record; when it is a refusal by an authorizer, looks for the reason. */
    void request(RequestRecord record) {
        thread.execute(() -> listener.accept(explained(record)));
    }

    private RequestRecord explained(RequestRecord record) {
        String invocation = record.evidence().invocation();
        boolean isRefusal = record.access() == Access.DENY || record.access() == Access.UNAUTHENTICATED;
        if (invocation.isEmpty() || !isRefusal) {
            return record;
        }
        return decisions
                .record(invocation, PATIENCE)
                .filter(log -> !log.path("reason").asText("").isEmpty())
                .map(log -> record.because(DecisionLog.reason(log), new Payload(Json.bytes(log))))
                .orElse(record);
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
