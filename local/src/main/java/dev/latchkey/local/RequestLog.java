package dev.latchkey.local;

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

    /** Takes a record; {@code invocation} is that of the authorizer whose reason to look for, or empty. */
    void request(RequestRecord record, String invocation) {
        thread.execute(() -> listener.accept(
                invocation.isEmpty()
                        ? record
                        : decisions
                                .reason(invocation, PATIENCE)
                                .map(record::because)
                                .orElse(record)));
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
