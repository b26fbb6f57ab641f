package dev.latchkey.benchmarks.functions;

import dev.latchkey.local.machine.LoopbackServer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A JWK Set or another public text on loopback, for functions that fetch it. */
public final class KeyServer implements AutoCloseable {

    private final LoopbackServer server;

    private KeyServer(LoopbackServer server) {
        this.server = server;
    }

    /** Serves one text, as JSON, on a free port. */
    public static KeyServer of(String jwkSet) {
        return answering(base -> jwkSet);
    }

    /** Serves on a free port, whatever the path, a text that is made for each request from the server's base address. */
    public static KeyServer answering(UnaryOperator<String> text) {
        return new KeyServer(LoopbackServer.start("keys", 0, "", exchange -> {
            String body = text.apply(base(exchange.getLocalAddress().getPort()));
            return LoopbackServer.Response.json(200, body.getBytes(StandardCharsets.UTF_8), Map.of());
        }));
    }

    private static String base(int port) {
        return "http://127.0.0.1:" + port;
    }

    /** Where it is, without a slash at the end. */
    public String base() {
        return base(server.port());
    }

    /** Where the JWK Set is. */
    public String uri() {
        return base() + "/jwks.json";
    }

    @Override
    public void close() {
        server.close();
    }
}
