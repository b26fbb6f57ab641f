package dev.latchkey.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LoopbackServer.Response;
import dev.latchkey.local.machine.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a function behind a proxy integration of an HTTP API answers, payload format 2.0 (API Gateway, Working with
 * AWS Lambda proxy integrations for HTTP APIs): an object with a status code is a response, any other JSON is the body
 * of a 200.
 */
final class HttpProxyResponse {
    private HttpProxyResponse() {}

    /** The response; empty when the answer is not one: it then shows as 500. */
    static Optional<Response> parse(Payload payload) {
        Optional<JsonNode> parsed = JsonTree.parse(payload.bytes());
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        JsonNode answer = parsed.get();
        if (!answer.has("statusCode")) {
            return Optional.of(Response.json(200, payload.bytes(), Map.of()));
        }
        try {
            Map<String, List<String>> headers = new LinkedHashMap<>();
            headers.put("content-type", List.of("text/plain; charset=utf-8"));
            ProxyResponse.putSingle(headers, answer.path("headers"));
            List<String> cookies = new ArrayList<>();
            answer.path("cookies").forEach(cookie -> cookies.add(ProxyResponse.scalar(cookie)));
            if (!cookies.isEmpty()) {
                headers.put("set-cookie", cookies);
            }
            return Optional.of(
                    new Response(ProxyResponse.status(answer), headers, new Payload(ProxyResponse.body(answer))));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
