package dev.latchkey.local.page;

import dev.latchkey.local.machine.LoopbackServer.Response;
import dev.latchkey.local.machine.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The playground's files by path. Only those that are listed here are served. The element of the customer's keys is
 * portal-plugin's, which the build puts beside the others.
 */
final class PageFiles {
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("/index.html", "text/html; charset=utf-8"),
            Map.entry("/page.css", "text/css; charset=utf-8"),
            Map.entry("/icon.svg", "image/svg+xml"),
            Map.entry("/page.js", SCRIPT),
            Map.entry("/server.js", SCRIPT),
            Map.entry("/key.js", SCRIPT),
            Map.entry("/decision.js", SCRIPT),
            Map.entry("/attempts.js", SCRIPT),
            Map.entry("/dom.js", SCRIPT),
            Map.entry("/words.js", SCRIPT),
            Map.entry("/latchkey-keys.js", SCRIPT));

    private PageFiles() {}

    /** The file at that path, {@code /} being the page itself; empty when there is none. */
    static Optional<Response> at(String path) {
        String name = path.equals("/") ? "/index.html" : path;
        return Optional.ofNullable(TYPES.get(name))
                .map(type -> new Response(200, Map.of("Content-Type", List.of(type)), read(name)));
    }

    private static Payload read(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream(name.substring(1))) {
            if (in == null) {
                throw new IllegalStateException("page" + name + " is not in the class path");
            }
            return new Payload(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
