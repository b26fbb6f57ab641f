package dev.latchkey.jwt;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonBoolean;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import dev.latchkey.keys.KeyId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one notation of a claim, in every setting.
 *
 * <ul>
 *   <li>What begins with a slash is a JSON Pointer (RFC 6901): {@code /realm_access/roles}, {@code /orgs/0/id}; a slash in
 *       a name is {@code ~1}, a tilde {@code ~0}.
 *   <li>Everything else is the name of a claim as it stands, whatever characters it has: {@code cognito:groups}, {@code
 *       https://example.com/roles}. Only where the token has no claim of that name, dots lead inwards: {@code realm.role}.
 * </ul>
 *
 * <p>Read once, at the start; finding a claim takes a look-up for each step.
 */
public final class ClaimPath {

    /** Claims that are never objects or arrays in a token that is taken. */
    private static final Set<String> FLAT = Set.of("iss", "exp", "nbf", "iat", "jti");

    private final String text;
    private final @Nullable String name;
    private final List<String> steps;

    private ClaimPath(String text, @Nullable String name, List<String> steps) {
        this.text = text;
        this.name = name;
        this.steps = List.copyOf(steps);
    }

    /**
     * Reads the notation.
     *
     * @throws IllegalArgumentException if no token can have a claim that is found so; the message tells why
     */
    public static ClaimPath parse(String text) {
        if (!KeyId.isUsable(text)) {
            throw new IllegalArgumentException(
                    "a claim needs a name of 1 to " + KeyId.MAX_LENGTH + " characters without control characters");
        }
        return text.startsWith("/") ? pointer(text) : named(text);
    }

    private static ClaimPath pointer(String text) {
        List<String> steps = new ArrayList<>();
        for (String step : text.substring(1).split("/", -1)) {
            if (step.isEmpty() || step.equals("-")) {
                throw never(
                        text,
                        "has a step that is " + (step.isEmpty() ? "empty" : "-, behind the last element")
                                + "; write ~1 for a slash in a name");
            }
            if (step.replace("~0", "").replace("~1", "").contains("~")) {
                throw never(text, "has a ~ that neither ~0 nor ~1 explains");
            }
            steps.add(step.replace("~1", "/").replace("~0", "~"));
        }
        if (steps.size() > UnverifiedToken.CLAIMS_DEPTH) {
            throw never(text, "is deeper than claims may be nested, which is " + UnverifiedToken.CLAIMS_DEPTH);
        }
        if (steps.size() > 1
                && (FLAT.contains(steps.get(0))
                        || (steps.get(0).equals("aud") && (steps.size() > 2 || !isIndex(steps.get(1)))))) {
            throw never(text, "leads into " + steps.get(0) + ", which holds nothing to lead into");
        }
        return new ClaimPath(text, null, steps);
    }

    private static ClaimPath named(String text) {
        if (isJsonPath(text)) {
            throw never(text, "is no claim's name; a path is written as a JSON Pointer such as /realm_access/roles");
        }
        List<String> steps = Arrays.asList(text.split("\\.", -1));
        for (String step : steps) {
            if (step.isBlank()) {
                throw never(
                        text,
                        "has a part between dots that is blank; write /" + escaped(text)
                                + " for a claim of that very name");
            }
        }
        return new ClaimPath(
                text, text, steps.size() > 1 && steps.size() <= UnverifiedToken.CLAIMS_DEPTH ? steps : List.of());
    }

    /** The place of an element: 0 to 9999, without zeros before (RFC 6901 section 4). */
    private static boolean isIndex(String step) {
        for (int i = 0; i < step.length(); i++) {
            if (step.charAt(i) < '0' || step.charAt(i) > '9') {
                return false;
            }
        }
        return step.length() == 1 || (step.length() > 1 && step.length() < 5 && step.charAt(0) != '0');
    }

    /** Begins as paths of RFC 9535 and their like do, or ends in brackets. */
    private static boolean isJsonPath(String text) {
        int open = text.lastIndexOf('[');
        return "$#@".indexOf(text.charAt(0)) >= 0 || (open >= 0 && text.indexOf(']', open) == text.length() - 1);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static IllegalArgumentException never(String text, String why) {
        return new IllegalArgumentException("\"" + text + "\" can never match: it " + why + " (RFC 6901)");
    }

    /** The claim in a token; {@link JsonValue#NULL} where it has none. */
    public JsonValue in(JsonObject claims) {
        if (name != null) {
            JsonValue literal = claims.members().get(name);
            if (literal != null) {
                return literal;
            }
            if (steps.isEmpty()) {
                return JsonValue.NULL;
            }
        }
        JsonValue value = claims;
        for (String step : steps) {
            value = inner(value, step);
        }
        return value;
    }

    private static JsonValue inner(JsonValue value, String step) {
        if (value instanceof JsonObject object) {
            JsonValue member = object.members().get(step);
            return member == null ? JsonValue.NULL : member;
        }
        if (value instanceof JsonArray array && isIndex(step)) {
            int index = Integer.parseInt(step);
            return index < array.elements().size() ? array.elements().get(index) : JsonValue.NULL;
        }
        return JsonValue.NULL;
    }

    /** The name of the member that it is of the claims themselves, as new keys have it; empty for one further inside. */
    public Optional<String> topName() {
        if (name != null) {
            return Optional.of(name);
        }
        return steps.size() == 1 ? Optional.of(steps.get(0)) : Optional.empty();
    }

    /** What its value is called in the context of an answer: letters, digits, hyphens and underscores. */
    public String flatName() {
        String joined = name == null ? String.join("_", steps) : name;
        return joined.replaceAll("[^A-Za-z0-9_-]", "_");
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

    /** Several, for messages: {@code scope, scp}. */
    public static String names(List<ClaimPath> claims) {
        return claims.stream().map(ClaimPath::toString).collect(Collectors.joining(", "));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClaimPath path && text.equals(path.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The notation. */
    @Override
    public String toString() {
        return text;
    }
}
