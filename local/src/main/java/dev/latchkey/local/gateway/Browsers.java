package dev.latchkey.local.gateway;

import dev.latchkey.local.machine.LoopbackServer.Response;
import dev.latchkey.local.machine.Payload;
import dev.latchkey.local.template.Cors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How an HTTP API treats pages of other origins (API Gateway, Configure CORS for HTTP APIs): it answers pre-flights by
 * itself, and puts its headers on what integrations answer, in place of theirs. Its own refusals, on which AWS promises
 * none, get none.
 */
final class Browsers {
    private static final String OF_CORS = "access-control-";

    private Browsers() {}

    /** The answer to a pre-flight, which asks nobody; empty where the request is none. */
    static Optional<Response> preflight(Cors cors, ApiRequest request) {
        Optional<String> origin = request.header("Origin");
        if (!request.method().equals("OPTIONS")
                || origin.isEmpty()
                || request.header("Access-Control-Request-Method").isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        cors.allowed(origin.get()).ifPresent(allowed -> {
            headers.put("access-control-allow-origin", List.of(allowed));
            put(headers, "access-control-allow-methods", cors.methods());
            put(headers, "access-control-allow-headers", cors.headers());
            headers.put("access-control-max-age", List.of(String.valueOf(cors.maxAge())));
        });
        return Optional.of(new Response(204, headers, new Payload(new byte[0])));
    }

    /** An integration's answer as it reaches the page. */
    static Response answer(Cors cors, ApiRequest request, Response answer) {
        Map<String, List<String>> headers = new LinkedHashMap<>(answer.headers());
        headers.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith(OF_CORS));
        request.header("Origin").flatMap(cors::allowed).ifPresent(allowed -> {
            headers.put("access-control-allow-origin", List.of(allowed));
            put(headers, "access-control-expose-headers", cors.exposed());
        });
        return new Response(answer.status(), headers, answer.body());
    }

    private static void put(Map<String, List<String>> headers, String name, List<String> values) {
        if (!values.isEmpty()) {
            headers.put(name, List.of(String.join(",", values)));
        }
    }
}
