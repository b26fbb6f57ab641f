package dev.latchkey.local.gateway;

import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.lambda.Invoker;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.Payload;
import dev.latchkey.local.template.Api;
import dev.latchkey.testing.TurnableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An API on loopback, over a function {@code Authorizer} and one {@code Function} that answer as they are told to. */
final class ServedApi implements AutoCloseable {
    private final TurnableClock clock = new TurnableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<String> authorizerEvents = new CopyOnWriteArrayList<>();
    private final List<String> functionEvents = new CopyOnWriteArrayList<>();
    private final BlockingQueue<RequestRecord> records = new LinkedBlockingQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final RequestLog log = new RequestLog(records::add);
    private final LoopbackServer server;

    private volatile InvocationResult decision;
    private volatile InvocationResult answer;

    /** Serves an API whose authorizer and function answer so, until they are told otherwise. */
    ServedApi(Api api, InvocationResult decision, InvocationResult answer) {
        this.decision = decision;
        this.answer = answer;
        Map<String, Invoker> functions = Map.of(
                "Authorizer",
                        (id, event) -> {
                            authorizerEvents.add(new Payload(event).text());
                            return this.decision;
                        },
                "Function",
                        (id, event) -> {
                            functionEvents.add(new Payload(event).text());
                            return this.answer;
                        });
        server = LoopbackServer.start("api", 0, "", new ApiGateway(api, functions, clock, log)::handle);
    }

    /** The clock of the authorizers' cache. */
    TurnableClock clock() {
        return clock;
    }

    /** What the authorizer answers from now on. */
    void decide(InvocationResult result) {
        decision = result;
    }

    /** What the function answers from now on. */
    void answer(InvocationResult result) {
        answer = result;
    }

    /** What the authorizer was asked, as JSON. */
    List<String> authorizerEvents() {
        return authorizerEvents;
    }

    /** What the function was asked, as JSON. */
    List<String> functionEvents() {
        return functionEvents;
    }

    /** The next request's record. */
    RequestRecord record() throws InterruptedException {
        RequestRecord record = records.poll(10, TimeUnit.SECONDS);
        if (record == null) {
            throw new AssertionError("no record of the request");
        }
        return record;
    }

    /** The answer to a request without a body; the headers are names and values in turn. */
    HttpResponse<String> send(String method, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends a body. */
    void post(String path, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        client.send(request, BodyHandlers.discarding());
    }

    @Override
    public void close() {
        server.close();
        log.close();
    }

    /** Where a path is served. */
    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
