package dev.latchkey.jwt;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import java.util.List;

/**
 * A claim that a token must have.
 *
 * @param claim the claim
 * @param values the values it may have, of which an array must hold one; empty takes every value but {@code null}
 */
public record RequiredClaim(ClaimPath claim, List<String> values) {

    /** Copies the values. */
    public RequiredClaim {
        values = List.copyOf(values);
    }

    /** Tells whether the claims have it. */
    public boolean isMetBy(JsonObject claims) {
        JsonValue value = claim.in(claims);
        if (value == JsonValue.NULL) {
            return false;
        }
        if (value instanceof JsonArray array) {
            return array.elements().stream().anyMatch(this::accepts);
        }
        return accepts(value);
    }

    private boolean accepts(JsonValue value) {
        return values.isEmpty()
                || ClaimPath.text(value).filter(values::contains).isPresent();
    }

    /** What it wants, for messages. */
    String expected() {
        return values.isEmpty() ? "any value" : String.join(" or ", values);
    }
}
