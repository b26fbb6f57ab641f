package dev.latchkey.jwt;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A claim that a token must have, or several of which it must have one.
 *
 * @param anyOf the claims, at least one
 * @param values the values it may have, of which an array must hold one; empty takes every value but {@code null}
 */
public record RequiredClaim(List<ClaimPath> anyOf, List<String> values) {

    /** Copies the lists. */
    public RequiredClaim {
        anyOf = List.copyOf(anyOf);
        values = List.copyOf(values);
    }

    /** Tells whether the claims have it. */
    public boolean isMetBy(JsonObject claims) {
        for (ClaimPath claim : anyOf) {
            if (accepts(claim.in(claims))) {
                return true;
            }
        }
        return false;
    }

    private boolean accepts(JsonValue value) {
        if (value instanceof JsonArray array) {
            return array.elements().stream().anyMatch(this::isListed);
        }
        return value != JsonValue.NULL && isListed(value);
    }

    private boolean isListed(JsonValue value) {
        return values.isEmpty()
                || ClaimPath.text(value).filter(values::contains).isPresent();
    }

    /** Which claims, for messages. */
    String names() {
        return anyOf.stream().map(ClaimPath::toString).collect(Collectors.joining(" or "));
    }

    /** What it wants, for messages. */
    String expected() {
        return values.isEmpty() ? "any value" : String.join(" or ", values);
    }
}
