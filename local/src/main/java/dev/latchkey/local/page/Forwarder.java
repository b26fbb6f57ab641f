package dev.latchkey.local.page;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.LoopbackServer.Response;
import dev.latchkey.local.machine.Payload;
import dev.latchkey.local.machine.SignatureV4;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Passes requests of the playground on to an API, since a page may not call another port without CORS, which the APIs have
 * by a parameter alone, and not every header of an answer then. Adds nothing but the signature where the Authorization header names its algorithm alone; of the headers only those of {@link #PASSED} go on, so that no cookie of another local page
 * does.
 */
final class Forwarder {
    private static final List<String> PASSED = List.of("Authorization", "Content-Type");
    private static final Set<String> HOP_BY_HOP = Set.of("connection", "content-length", "date", "transfer-encoding");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MAX_BODY_BYTES = 1024 * 1024;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI api;

    /** One for the API at that base URL, which has no slash at its end. */
    Forwarder(URI api) {
        this.api = api;
    }

    /** What the API answers to the request, sent to that path, which starts with a slash. */
    Response forward(HttpExchange exchange, String path) throws IOException, InterruptedException {
        Optional<byte[]> body = LoopbackServer.body(exchange, MAX_BODY_BYTES);
        if (body.isEmpty()) {
            return Response.json(413, JsonTree.message("message", "The body has more than 1 MiB"), Map.of());
        }
        String query = exchange.getRequestURI().getRawQuery();
        URI target = URI.create(api + path + (query == null ? "" : "?" + query));
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(LIMIT)
                .method(
                        exchange.getRequestMethod(),
                        body.get().length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body.get()));
        for (String name : PASSED) {
            exchange.getRequestHeaders().getOrDefault(name, List.of()).forEach(value -> {
                if (value.equals(SignatureV4.ALGORITHM)) {
                    SignatureV4.headers(exchange.getRequestMethod(), target, "execute-api", body.get(), Instant.now())
                            .forEach(request::header);
                } else {
                    request.header(name, value);
                }
            });
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Response(response.statusCode(), endToEnd(response), new Payload(response.body()));
        } catch (IOException failed) {
            return Response.json(502, JsonTree.message("message", "The API did not answer: " + failed), Map.of());
        }
    }

    private static Map<String, List<String>> endToEnd(HttpResponse<?> response) {
        Map<String, List<String>> headers =
                new LinkedHashMap<>(response.headers().map());
        headers.keySet().removeIf(name -> HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)));
        return headers;
    }
}
