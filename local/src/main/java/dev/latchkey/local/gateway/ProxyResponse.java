package dev.latchkey.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a function behind a proxy integration answers (API Gateway, Output format of a Lambda function). */
final class ProxyResponse {
    private static final Set<String> MEMBERS =
            Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "transfer-encoding", "keep-alive", "upgrade", "te", "trailer");

    private ProxyResponse() {}

    /** The response; empty when the answer is not one: it then shows as 502. */
    static Optional<LoopbackServer.Response> parse(Payload payload) {
        Optional<JsonNode> parsed = JsonTree.parse(payload.bytes());
        if (parsed.isEmpty() || !parsed.get().isObject()) {
            return Optional.empty();
        }
        JsonNode answer = parsed.get();
        if (answer.properties().stream().anyMatch(member -> !MEMBERS.contains(member.getKey()))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LoopbackServer.Response(status(answer), headers(answer), new Payload(body(answer))));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    static int status(JsonNode answer) {
        JsonNode status = answer.path("statusCode");
        if (!status.isInt() || status.intValue() < 200 || status.intValue() > 599) {
            throw new IllegalArgumentException("statusCode must be 200 to 599");
        }
        return status.intValue();
    }

    static byte[] body(JsonNode answer) {
        JsonNode body = answer.path("body");
        if (isAbsent(body)) {
            return new byte[0];
        }
        if (!body.isTextual()) {
            throw new IllegalArgumentException("body must be a text");
        }
        return answer.path("isBase64Encoded").asBoolean(false)
                ? Base64.getDecoder().decode(body.textValue())
                : body.textValue().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, List<String>> headers(JsonNode answer) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("content-type", List.of("application/json"));
        putSingle(headers, answer.path("headers"));
        for (var header : object(answer.path("multiValueHeaders")).properties()) {
            if (!header.getValue().isArray()) {
                throw new IllegalArgumentException("multiValueHeaders must hold lists");
            }
            List<String> values = new ArrayList<>();
            header.getValue().forEach(value -> values.add(scalar(value)));
            put(headers, header.getKey(), values);
        }
        return headers;
    }

    /** Adds headers with one value each. */
    static void putSingle(Map<String, List<String>> headers, JsonNode added) {
        for (var header : object(added).properties()) {
            put(headers, header.getKey(), List.of(scalar(header.getValue())));
        }
    }

    private static void put(Map<String, List<String>> headers, String name, List<String> values) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        if (!NOT_PASSED_ON.contains(lowerCase)) {
            headers.put(lowerCase, values);
        }
    }

    private static JsonNode object(JsonNode node) {
        if (!node.isObject() && !isAbsent(node)) {
            throw new IllegalArgumentException("headers must be an object");
        }
        return node;
    }

    /** The text of a header's value. */
    static String scalar(JsonNode value) {
        if (!value.isValueNode() || value.isNull() || value.asText().matches("(?s).*[\\r\\n].*")) {
            throw new IllegalArgumentException("a header must be one line of text");
        }
        return value.asText();
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}
