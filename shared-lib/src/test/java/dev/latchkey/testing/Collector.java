package dev.latchkey.testing;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Moesif's collector on a loopback port (Moesif API reference, Collector API). It takes what it is posted with 201, or
 * another status. Questions for an application's settings and rules are never answered.
 */
public final class Collector implements AutoCloseable {

    /** The id of the application that it belongs to. */
    public static final String APPLICATION_ID = LeakGuard.secret("eyJhcHAiOiI0NTowIn0.collector-application");

    /** What it was asked. */
    public record Request(String method, String path, Optional<String> applicationId, String contentType, String body) {

        /** The body as JSON. */
        public JsonObject json() {
            try {
                return JsonReader.readObject(body.getBytes(StandardCharsets.UTF_8), new JsonLimits(16 * 1024, 4));
            } catch (JsonSyntaxException e) {
                throw new AssertionError("not a JSON object", e);
            }
        }
    }

    private final LoopbackHttp server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile int status = 201;

    /** Starts it. */
    public Collector() throws IOException {
        server = new LoopbackHttp(this::answer);
    }

    /** Its address. */
    public String uri() {
        return server.uri();
    }

    /** Answers from now on with this status. */
    public void answer(int newStatus) {
        status = newStatus;
    }

    /** What it was asked so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The JSON that was posted to that path; exactly one must be. */
    public JsonObject posted(String path) {
        List<Request> found =
                requests.stream().filter(request -> request.path().equals(path)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " requests to " + path);
        }
        return found.get(0).json();
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Moesif-Application-Id")),
                String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                body));
        if (!exchange.getRequestMethod().equals("POST")) {
            boolean unused = closed.await(1, TimeUnit.HOURS);
        }
        exchange.sendResponseHeaders(status, -1);
    }

    @Override
    public void close() {
        closed.countDown();
        server.close();
    }
}
