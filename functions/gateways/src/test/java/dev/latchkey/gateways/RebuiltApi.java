package dev.latchkey.gateways;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.testing.LoopbackHttp;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that answers as a gateway's own API does, and can fail in every way. */
abstract class RebuiltApi implements AutoCloseable {

    /** How a request fails. */
    enum Fault {
        /** The connection ends without an answer, and nothing was done. */
        CUT,
        /** The connection ends without an answer, and all was done. */
        LOST,
        /** No answer comes in time, and nothing was done. */
        SLOW,
        /** Status 500. */
        ERROR,
        /** A long body. */
        TOO_LARGE,
        /** A web page. */
        NO_JSON,
        /** JSON of another form. */
        OTHER_JSON,
        /** Another address. */
        REDIRECT
    }

    /** What came. */
    record Request(String method, List<String> path, Map<String, String> query, JsonObject body) {

        /** A parameter of the query; empty where it is absent. */
        String parameter(String name) {
            return query.getOrDefault(name, "");
        }

        /** Tells whether it is one of this method and this many segments. */
        boolean is(String wanted, int segments) {
            return method.equals(wanted) && path.size() == segments;
        }
    }

    /** What is answered. */
    record Reply(int status, @Nullable JsonValue body) {
        static Reply of(int status, String name, String text) {
            return new Reply(status, new JsonObjectBuilder().put(name, text).build());
        }
    }

    /** Every request, by its method and its target as it came. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final List<Fault> faults = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final LoopbackHttp http;
    private @Nullable String faultyMethod;
    private int good;

    RebuiltApi() throws IOException {
        http = new LoopbackHttp(this::handle);
    }

    final String uri() {
        return http.uri();
    }

    /** Fails the next requests, or those of one method alone. */
    final synchronized void fails(@Nullable String method, Fault... next) {
        faultyMethod = method;
        faults.addAll(List.of(next));
    }

    /** Fails the request after so many good ones. */
    final synchronized void failsAfter(int good, Fault fault) {
        this.good = good;
        faults.add(fault);
    }

    /** Answers a request whose headers are good. */
    abstract Reply answer(Request request);

    /** Tells whether the header is what this API wants. */
    abstract boolean isAuthorised(HttpExchange exchange, Request request);

    private void handle(HttpExchange exchange) throws IOException, InterruptedException {
        URI target = exchange.getRequestURI();
        requests.add(exchange.getRequestMethod() + " " + target);
        Request request = new Request(
                exchange.getRequestMethod(),
                segments(target.getRawPath()),
                query(target.getRawQuery()),
                body(exchange.getRequestBody().readAllBytes()));
        Fault fault = nextFault(request.method());
        if (fault == Fault.CUT) {
            return;
        }
        if (fault == Fault.SLOW) {
            closed.await(3, TimeUnit.SECONDS);
            return;
        }
        if (fault != null && fault != Fault.LOST) {
            send(exchange, fault);
            return;
        }
        Reply reply = guarded(exchange, request);
        if (fault != Fault.LOST) {
            send(
                    exchange,
                    reply.status(),
                    reply.body() == null ? "" : reply.body().toString());
        }
    }

    private synchronized Reply guarded(HttpExchange exchange, Request request) {
        return isAuthorised(exchange, request) ? answer(request) : Reply.of(401, "message", "Unauthorized");
    }

    private synchronized @Nullable Fault nextFault(String method) {
        if (good > 0) {
            good--;
            return null;
        }
        return faults.isEmpty() || (faultyMethod != null && !faultyMethod.equals(method)) ? null : faults.remove(0);
    }

    private static void send(HttpExchange exchange, Fault fault) throws IOException {
        switch (fault) {
            case ERROR -> send(exchange, 500, "{\"message\":\"An unexpected error occurred\"}");
            case TOO_LARGE -> send(exchange, 200, "{\"key\":\"" + "k".repeat(200_000) + "\"}");
            case NO_JSON -> send(exchange, 200, "<html>secret-of-the-page</html>");
            case OTHER_JSON -> send(exchange, 200, "\"text\"");
            case REDIRECT -> {
                exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
                send(exchange, 302, "");
            }
            default -> throw new AssertionError(fault);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
        if (status != 204) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(decoded(segment));
            }
        }
        return segments;
    }

    private static Map<String, String> query(@Nullable String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : (query == null ? "" : query).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }

    private static JsonObject body(byte[] bytes) throws IOException {
        try {
            return bytes.length == 0
                    ? new JsonObject(Map.of())
                    : JsonReader.readObject(bytes, new JsonLimits(100_000, 16));
        } catch (JsonSyntaxException e) {
            throw new IOException(e);
        }
    }

    /** A list as JSON. */
    static JsonArray array(List<JsonObject> objects) {
        return new JsonArray(List.copyOf(objects));
    }

    @Override
    public void close() {
        closed.countDown();
        http.close();
    }
}
