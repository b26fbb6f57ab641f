package dev.latchkey.authorizer;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parts of a request that may carry a token, as any authorizer event has them. {@code toString()} shows nothing of it. */
final class RequestParts {

    private final JsonObject event;

    RequestParts(JsonObject event) {
        this.event = event;
    }

    /** The distinct values of a header, its name in any case. */
    List<String> header(String lowerCaseName) {
        Set<String> values = new LinkedHashSet<>();
        collect("headers", lowerCaseName, true, values);
        collect("multiValueHeaders", lowerCaseName, true, values);
        return List.copyOf(values);
    }

    /** The distinct values of a query parameter. */
    List<String> query(String name) {
        Set<String> values = new LinkedHashSet<>();
        collect("queryStringParameters", name, false, values);
        collect("multiValueQueryStringParameters", name, false, values);
        return List.copyOf(values);
    }

    /** The values of a cookie, from the Cookie header (RFC 6265 section 4.2.1) and an HTTP API's list of cookies. */
    List<String> cookie(String name) {
        List<String> pairs = new ArrayList<>();
        header("cookie").forEach(header -> pairs.addAll(List.of(header.split(";", -1))));
        event.get("cookies").ifPresent(cookies -> addTexts(cookies, pairs));
        return pairs.stream()
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .distinct()
                .toList();
    }

    private void collect(String map, String name, boolean anyCase, Set<String> values) {
        for (Map.Entry<String, JsonValue> member : event.object(map).members().entrySet()) {
            if (anyCase
                    ? member.getKey().equalsIgnoreCase(name)
                    : member.getKey().equals(name)) {
                List<String> texts = new ArrayList<>();
                addTexts(member.getValue(), texts);
                values.addAll(texts);
            }
        }
    }

    private static void addTexts(JsonValue value, List<String> texts) {
        if (value instanceof JsonString text) {
            texts.add(text.value());
        } else if (value instanceof JsonArray array) {
            array.elements().forEach(element -> addTexts(element, texts));
        }
    }

    @Override
    public String toString() {
        return "request parts";
    }
}
