package dev.latchkey.benchmarks.functions;

import dev.latchkey.local.machine.LoopbackServer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A JWK Set on loopback, for functions that fetch their keys. */
public final class KeyServer implements AutoCloseable {

    private final LoopbackServer server;

    private KeyServer(LoopbackServer server) {
        this.server = server;
    }

    /** Serves one text, as JSON, on a free port. */
    public static KeyServer of(String jwkSet) {
        byte[] body = jwkSet.getBytes(StandardCharsets.UTF_8);
        return new KeyServer(
                LoopbackServer.start("keys", 0, "", exchange -> LoopbackServer.Response.json(200, body, Map.of())));
    }

    /** Where it is. */
    public String uri() {
        return "http://127.0.0.1:" + server.port() + "/jwks.json";
    }

    @Override
    public void close() {
        server.close();
    }
}
