package dev.latchkey.jwt;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonBoolean;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.util.List;
import java.util.Optional;

/**
 * A claim that a token must have.
 *
 * @param path the claim's name, or names from the outside in for a claim inside objects
 * @param values the values it may have, of which an array must hold one; empty takes every value but {@code null}
 */
public record RequiredClaim(List<String> path, List<String> values) {

    /** Copies both; the path must name something. */
    public RequiredClaim {
        path = List.copyOf(path);
        values = List.copyOf(values);
        if (path.isEmpty() || path.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a claim's path must not be empty");
        }
    }

    /** Tells whether the claims have it. */
    public boolean isMetBy(JsonObject claims) {
        JsonValue value = at(claims, path);
        if (value == JsonValue.NULL) {
            return false;
        }
        if (value instanceof JsonArray array) {
            return array.elements().stream().anyMatch(this::accepts);
        }
        return accepts(value);
    }

    private boolean accepts(JsonValue value) {
        return values.isEmpty() || text(value).filter(values::contains).isPresent();
    }

    /** The value at a path; {@link JsonValue#NULL} where there is none. */
    public static JsonValue at(JsonObject claims, List<String> path) {
        JsonObject inner = claims;
        for (String name : path.subList(0, path.size() - 1)) {
            inner = inner.object(name);
        }
        return inner.get(path.get(path.size() - 1)).orElse(JsonValue.NULL);
    }

    /** A string, number or boolean as text; empty for every other kind. */
    public static Optional<String> text(JsonValue value) {
        if (value instanceof JsonString string) {
            return Optional.of(string.value());
        }
        return value instanceof JsonNumber || value instanceof JsonBoolean
                ? Optional.of(value.toString())
                : Optional.empty();
    }
}
