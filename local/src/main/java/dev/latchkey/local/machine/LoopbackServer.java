package dev.latchkey.local.machine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * An HTTP server on 127.0.0.1, never on another interface; each request has its own thread. Requests to another host's
 * name are refused: a page of that host, whose name was made to mean this machine, must not reach it.
 */
public final class LoopbackServer implements AutoCloseable {
    static {
        // Without it each answer on a kept connection waits for the client's delayed acknowledgement, about 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Pattern HERE = Pattern.compile("(?i)(127\\.0\\.0\\.1|localhost)(:[0-9]{1,5})?");
    private static final Response NOT_HERE =
            Response.json(403, JsonTree.message("message", "Only 127.0.0.1 and localhost are here"), Map.of());

    private final HttpServer server;
    private final ExecutorService threads;

    private LoopbackServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Answers one request; must not throw, as the client then sees a closed connection. */
    @FunctionalInterface
    public interface Handler {
        Response handle(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** An HTTP response; the length is added. */
    public record Response(int status, Map<String, List<String>> headers, Payload body) {
        /** One with JSON, and these headers beside its type. */
        public static Response json(int status, byte[] body, Map<String, String> headers) {
            var all = new LinkedHashMap<String, List<String>>();
            all.put("Content-Type", List.of("application/json"));
            headers.forEach((name, value) -> all.put(name, List.of(value)));
            return new Response(status, all, new Payload(body));
        }
    }

    /**
     * Starts a server.
     *
     * @param name what to call its threads
     * @param port a port, or 0 for any free one
     * @param flag the option that sets the port, for the error
     * @throws SetupException when the port is taken
     */
    public static LoopbackServer start(String name, int port, String flag, Handler handler) {
        try {
            return start(name, HttpServer.create(loopback(port), 0), handler);
        } catch (BindException taken) {
            throw new SetupException(
                    "Port " + port + " is already in use. Stop what uses it, or choose another with " + flag, taken);
        } catch (IOException | IllegalArgumentException failed) {
            throw new SetupException(
                    "Cannot listen on port " + port + " (" + flag + "): " + failed.getMessage(), failed);
        }
    }

    /** Starts a server that speaks TLS, on any free port. */
    public static LoopbackServer startTls(String name, SSLContext context, Handler handler) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return start(name, server, handler);
    }

    private static InetSocketAddress loopback(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    private static LoopbackServer start(String name, HttpServer server, Handler handler) {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, handler));
        server.start();
        return new LoopbackServer(server, threads);
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops at once; open requests end without an answer. */
    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }

    /** The request's body; empty when it has more bytes than {@code limit}. */
    public static Optional<byte[]> body(HttpExchange exchange, int limit) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(limit + 1);
            return body.length > limit ? Optional.empty() : Optional.of(body);
        }
    }

    /** Decodes a part of a URL; what is not well-formed stays as it is. */
    public static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    private static boolean isToThisMachine(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        return host != null && HERE.matcher(host).matches();
    }

    private static void answer(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            Response response = isToThisMachine(exchange) ? handler.handle(exchange) : NOT_HERE;
            byte[] body = response.body().bytes();
            boolean bodiless = exchange.getRequestMethod().equals("HEAD")
                    || response.status() == 204
                    || response.status() == 304
                    || body.length == 0;
            exchange.getResponseHeaders().putAll(response.headers());
            exchange.sendResponseHeaders(response.status(), bodiless ? -1 : body.length);
            if (!bodiless) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }
}
