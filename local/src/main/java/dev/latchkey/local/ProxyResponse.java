package dev.latchkey.local;

import com.fasterxml.jackson.databind.JsonNode;
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
        Optional<JsonNode> parsed = Json.parse(payload.bytes());
        if (parsed.isEmpty() || !parsed.get().isObject()) {
            return Optional.empty();
        }
        JsonNode answer = parsed.get();
        JsonNode status = answer.path("statusCode");
        JsonNode body = answer.path("body");
        boolean unknownMembers = answer.properties().stream().anyMatch(member -> !MEMBERS.contains(member.getKey()));
        if (unknownMembers
                || !status.isInt()
                || status.intValue() < 200
                || status.intValue() > 599
                || !(body.isTextual() || isAbsent(body))) {
            return Optional.empty();
        }
        try {
            Map<String, List<String>> headers = headers(answer);
            byte[] bytes = body.asText("").getBytes(StandardCharsets.UTF_8);
            if (isAbsent(body)) {
                bytes = new byte[0];
            } else if (answer.path("isBase64Encoded").asBoolean(false)) {
                bytes = Base64.getDecoder().decode(bytes);
            }
            return Optional.of(new LoopbackServer.Response(status.intValue(), headers, new Payload(bytes)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Map<String, List<String>> headers(JsonNode answer) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("content-type", List.of("application/json"));
        for (var header : object(answer.path("headers")).properties()) {
            put(headers, header.getKey(), List.of(scalar(header.getValue())));
        }
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

    private static String scalar(JsonNode value) {
        if (!value.isValueNode() || value.isNull() || value.asText().matches("(?s).*[\\r\\n].*")) {
            throw new IllegalArgumentException("a header must be one line of text");
        }
        return value.asText();
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}
