package dev.latchkey.local.stack;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LoopbackServer;
import java.io.IOException;
import java.util.Map;

/** A handler of a server whose port functions must know before what it serves can start. */
final class LateHandler implements LoopbackServer.Handler {

    private volatile LoopbackServer.Handler handler =
            exchange -> LoopbackServer.Response.json(404, JsonTree.message("message", "Not Found"), Map.of());

    void set(LoopbackServer.Handler started) {
        handler = started;
    }

    @Override
    public LoopbackServer.Response handle(HttpExchange exchange) throws IOException, InterruptedException {
        return handler.handle(exchange);
    }
}
