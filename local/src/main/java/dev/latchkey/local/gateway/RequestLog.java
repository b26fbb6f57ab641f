package dev.latchkey.local.gateway;

import dev.latchkey.local.gateway.RequestRecord.Access;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.Payload;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Passes on the records of served requests in their order, each with the reason its authorizer logged. No answer waits
 * for that: the reason may come a moment after it.
 */
public final class RequestLog implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final LoggedDecisions decisions = new LoggedDecisions();
    private final Consumer<RequestRecord> listener;
    private final ExecutorService thread;

    /** Tells the listener of the records, one at a time. */
    public RequestLog(Consumer<RequestRecord> listener) {
        this.listener = listener;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread created = new Thread(task, "request-log");
            created.setDaemon(true);
            return created;
        });
    }

    /** Takes a line that a function logged, without its line end; it may tell the reason of a refusal. */
    public void line(String line) {
        decisions.line(line);
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
                .map(log -> record.because(LoggedDecisions.reason(log), new Payload(JsonTree.bytes(log))))
                .orElse(record);
    }

    /** Takes no more records; those that it has are told. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
