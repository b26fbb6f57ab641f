package dev.latchkey.jwt;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an id stands, of a user or a company: in the first of these claims that is there and not blank, else it is the
 * fixed one. A text counts, a whole number, or the only element of an array.
 *
 * @param claims the claims, in their order
 * @param fixed the id of tokens with none of the claims; null where they have no id
 */
public record IdClaim(List<ClaimPath> claims, @Nullable String fixed) {

    private static final Set<String> RESERVED = Set.of("exp", "nbf", "iat", "jti");
    private static final String MALFORMED = "\u0000";

    /** Checks that there is something to look at, and no claim with another meaning (RFC 7519 section 4.1). */
    public IdClaim {
        claims = List.copyOf(claims);
        if (claims.isEmpty() && fixed == null) {
            throw new IllegalArgumentException("names no claim");
        }
        if (fixed != null && (isBlank(fixed) || !ClaimsCheck.isId(fixed))) {
            throw new IllegalArgumentException("a fixed id needs 1 to 256 characters without control characters");
        }
        for (ClaimPath claim : claims) {
            if (RESERVED.contains(claim.topName().orElse(""))) {
                throw new IllegalArgumentException("the claim \"" + claim + "\" has a meaning of its own (RFC 7519)");
            }
        }
    }

    /** One claim. */
    static IdClaim of(String name) {
        return new IdClaim(List.of(ClaimPath.parse(name)), null);
    }

    /** Tells whether the claims have a usable id there, or none: never one of another kind, or too long. */
    boolean isWellFormedIn(JsonObject token) {
        return !MALFORMED.equals(find(token));
    }

    /** The id in well-formed claims; null where there is none. */
    @Nullable
    String in(JsonObject token) {
        return find(token);
    }

    private @Nullable String find(JsonObject token) {
        for (ClaimPath claim : claims) {
            JsonValue value = claim.in(token);
            if (value != JsonValue.NULL) {
                String id = id(value);
                if (id == null || !ClaimsCheck.isId(id)) {
                    return MALFORMED;
                }
                if (!isBlank(id)) {
                    return id;
                }
            }
        }
        return fixed;
    }

    private static @Nullable String id(JsonValue value) {
        if (value instanceof JsonArray array) {
            return array.elements().size() == 1 && !(array.elements().get(0) instanceof JsonArray)
                    ? id(array.elements().get(0))
                    : null;
        }
        if (value instanceof JsonString text) {
            return text.value();
        }
        return value instanceof JsonNumber number && number.isWhole() ? number.toString() : null;
    }

    /** Tells whether a text has nothing but spaces, of whichever kind. */
    static boolean isBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isWhitespace(text.charAt(i)) && !Character.isSpaceChar(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The claims by their notation. */
    @Override
    public String toString() {
        String names = ClaimPath.names(claims);
        return fixed == null ? names : names + (names.isEmpty() ? "=" : ", =") + fixed;
    }
}
