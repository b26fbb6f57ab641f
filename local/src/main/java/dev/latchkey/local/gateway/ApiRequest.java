package dev.latchkey.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request to the API.
 *
 * @param id API Gateway's request id
 * @param path the path behind the stage, as sent, without the query string
 * @param headers values by name; names compare without case
 * @param query decoded values by decoded name
 * @param rawQuery the query string as sent; empty when there is none
 */
record ApiRequest(
        String id,
        Instant time,
        String method,
        String path,
        Map<String, List<String>> headers,
        Map<String, List<String>> query,
        String rawQuery,
        Payload body,
        String sourceIp) {

    /** The request of an exchange; a path with and one without the stage's path are the same. */
    static ApiRequest of(HttpExchange exchange, Payload body, String stagePath, Instant time) {
        String path = exchange.getRequestURI().getRawPath();
        if (path.equals(stagePath)) {
            path = "/";
        } else if (path.startsWith(stagePath + "/")) {
            path = path.substring(stagePath.length());
        }
        String rawQuery = exchange.getRequestURI().getRawQuery();
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, List.copyOf(values)));
        return new ApiRequest(
                UUID.randomUUID().toString(),
                time,
                exchange.getRequestMethod(),
                path,
                headers,
                parameters(rawQuery),
                rawQuery == null ? "" : rawQuery,
                body,
                exchange.getRemoteAddress().getAddress().getHostAddress());
    }

    /** Size of all header lines in bytes, as sent. */
    static long headerBytes(HttpExchange exchange) {
        return exchange.getRequestHeaders().entrySet().stream()
                .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + ": " + value + "\r\n"))
                .mapToLong(line -> line.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    /** The header's last value, as in an event's map of single values; empty when there is none. */
    Optional<String> header(String name) {
        return last(headers, name);
    }

    /** The query string parameter's last value; empty when there is none. */
    Optional<String> queryParameter(String name) {
        return last(query, name);
    }

    private static Map<String, List<String>> parameters(@Nullable String rawQuery) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (rawQuery == null || rawQuery.isEmpty()) {
            return parameters;
        }
        for (String pair : rawQuery.split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                parameters
                        .computeIfAbsent(LoopbackServer.decode(parts[0]), name -> new ArrayList<>())
                        .add(parts.length == 2 ? LoopbackServer.decode(parts[1]) : "");
            }
        }
        return parameters;
    }

    private static Optional<String> last(Map<String, List<String>> values, String name) {
        List<String> found = values.getOrDefault(name, List.of());
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }
}
