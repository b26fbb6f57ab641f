package dev.latchkey.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LocalAccount;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.Payload;
import dev.latchkey.local.template.FunctionDefinition;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda Runtime API for one function process (Lambda, Using the Lambda runtime API): hands out one invocation at a
 * time and takes the answer. Events and answers pass as the exact bytes.
 */
final class RuntimeApi {
    /** How long a process may take from its start to its first request for an event (Lambda quotas). */
    static final Duration INIT_LIMIT = Duration.ofSeconds(10);

    private static final String BASE = "/2018-06-01/runtime/";
    private static final int MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;

    private final String functionArn;
    private final Duration timeout;
    private final Clock clock;
    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();

    private @Nullable Pending pending;
    private InvocationResult.@Nullable Crash end;
    private boolean initialized;
    private long restoredAt;

    RuntimeApi(FunctionDefinition function, Clock clock) {
        this.functionArn = LocalAccount.functionArn(function.logicalId());
        this.timeout = function.timeout();
        this.clock = clock;
    }

    private record Pending(
            String requestId,
            Payload event,
            CompletableFuture<Boolean> delivered,
            CompletableFuture<InvocationResult> result) {
        Pending(String requestId, byte[] event) {
            this(requestId, new Payload(event), new CompletableFuture<>(), new CompletableFuture<>());
        }
    }

    /**
     * Hands an event to the process and waits for the end; one caller at a time. Empty when the process, which had been
     * idle before, ended without having taken the event: it is then safe to hand it to another process.
     */
    Optional<InvocationResult> invoke(String requestId, byte[] event) {
        Pending invocation = new Pending(requestId, event);
        synchronized (this) {
            if (end != null) {
                return initialized ? Optional.empty() : Optional.of(end);
            }
            pending = invocation;
        }
        queue.add(invocation);
        try {
            Duration start = INIT_LIMIT.plus(timeout);
            if (!invocation.delivered().get(start.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            return Optional.of(invocation.result().get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            return Optional.of(new InvocationResult.Timeout(requestId, timeout));
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of(new InvocationResult.Crash("Sandbox.Interrupted", "The caller was interrupted"));
        }
    }

    /** Tells that the process has ended, or is about to; the first reason counts. */
    void end(InvocationResult.Crash reason) {
        Pending waiting;
        InvocationResult.Crash first;
        boolean idleBefore;
        synchronized (this) {
            first = end == null ? reason : end;
            end = first;
            waiting = pending;
            idleBefore = initialized;
        }
        if (waiting != null) {
            waiting.result().complete(first);
            waiting.delivered().complete(!idleBefore);
        }
    }

    /** Answers one request of the process. */
    LoopbackServer.Response handle(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (method.equals("GET") && path.equals(BASE + "invocation/next")) {
            return next();
        }
        if (method.equals("GET") && path.equals(BASE + "restore/next")) {
            return restored();
        }
        Optional<byte[]> body = LoopbackServer.body(exchange, MAX_PAYLOAD_BYTES);
        if (method.equals("POST") && path.equals(BASE + "init/error")) {
            JsonNode error = body.flatMap(JsonTree::parse).orElseGet(JsonTree::object);
            end(new InvocationResult.Crash(
                    error.path("errorType").asText("Runtime.InitError"),
                    error.path("errorMessage").asText("")));
            return accepted();
        }
        Pending invocation;
        synchronized (this) {
            invocation = pending;
        }
        String prefix = invocation == null ? "" : BASE + "invocation/" + invocation.requestId();
        if (invocation != null && method.equals("POST") && path.equals(prefix + "/response")) {
            if (body.isEmpty()) {
                invocation
                        .result()
                        .complete(
                                InvocationResult.functionError(
                                        JsonTree.bytes(
                                                JsonTree.object()
                                                        .put("errorType", "Function.ResponseSizeTooLarge")
                                                        .put(
                                                                "errorMessage",
                                                                "Response payload size exceeded maximum allowed payload size (6291556 bytes)."))));
                return refused(413, "RequestEntityTooLarge");
            }
            invocation.result().complete(new InvocationResult.Success(new Payload(body.get())));
            return accepted();
        }
        if (invocation != null && method.equals("POST") && path.equals(prefix + "/error")) {
            invocation.result().complete(InvocationResult.functionError(body.orElse(new byte[0])));
            return accepted();
        }
        return path.startsWith(BASE + "invocation/") ? refused(400, "InvalidRequestID") : refused(404, "NotFound");
    }

    /** There are no snapshots here: a process that is ready for one goes on as if it had been restored at once. */
    private synchronized LoopbackServer.Response restored() {
        restoredAt = System.nanoTime();
        return LoopbackServer.Response.json(200, new byte[0], Map.of());
    }

    /** When the process was told to go on from its snapshot, by {@link System#nanoTime}; 0 where it has no SnapStart. */
    synchronized long restoredAt() {
        return restoredAt;
    }

    private LoopbackServer.Response next() throws InterruptedException {
        synchronized (this) {
            initialized = true;
        }
        Pending invocation = queue.take();
        long deadline = clock.millis() + timeout.toMillis();
        invocation.delivered().complete(true);
        String id = invocation.requestId();
        return new LoopbackServer.Response(
                200,
                Map.of(
                        "Content-Type", List.of("application/json"),
                        "Lambda-Runtime-Aws-Request-Id", List.of(id),
                        "Lambda-Runtime-Deadline-Ms", List.of(String.valueOf(deadline)),
                        "Lambda-Runtime-Invoked-Function-Arn", List.of(functionArn),
                        "Lambda-Runtime-Trace-Id", List.of(traceId(id))),
                invocation.event());
    }

    private String traceId(String requestId) {
        String random = (requestId + "000000000000000000000000000000000000").replaceAll("[^0-9a-f]", "0");
        return String.format("Root=1-%08x-%s;Sampled=0", clock.millis() / 1000, random.substring(0, 24));
    }

    private static LoopbackServer.Response accepted() {
        return LoopbackServer.Response.json(202, JsonTree.message("status", "OK"), Map.of());
    }

    private static LoopbackServer.Response refused(int status, String type) {
        byte[] body = JsonTree.bytes(JsonTree.object().put("errorMessage", type).put("errorType", type));
        return LoopbackServer.Response.json(status, body, Map.of());
    }
}
