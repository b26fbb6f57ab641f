package dev.latchkey.local.page;

import dev.latchkey.local.machine.LoopbackServer.Response;
import dev.latchkey.local.machine.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The playground's files by path. Only those that are listed here are served. */
final class PageFiles {
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final Map<String, String> TYPES = Map.of(
            "/index.html", "text/html; charset=utf-8",
            "/page.css", "text/css; charset=utf-8",
            "/icon.svg", "image/svg+xml",
            "/page.js", SCRIPT,
            "/server.js", SCRIPT,
            "/key.js", SCRIPT,
            "/decision.js", SCRIPT,
            "/attempts.js", SCRIPT,
            "/dom.js", SCRIPT,
            "/words.js", SCRIPT);

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
