package dev.latchkey.authorizer;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.jwt.RequiredClaim;
import dev.latchkey.jwt.VerifiedToken;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What API Gateway is told about a key: {@code user_id}, {@code company_id}, {@code key_id}, {@code expires_at}, and the
 * claims of the allow-list {@code CONTEXT_CLAIMS}.
 *
 * <p>All values are flat texts without control characters, since they may become headers of the back end. A claim from
 * the list that is an object, holds a control character or is longer than 512 characters is left out; a list of texts is
 * joined by spaces. A dot in a claim's path becomes an underscore.
 *
 * @param claims the allow-list, as paths
 */
record ContextClaims(List<List<String>> claims) {

    /** The most claims in the list; what an answer holds of them is measured by {@link AnswerSize}. */
    static final int MAX_CLAIMS = 8;

    private static final int MAX_VALUE = 512;
    private static final List<String> ALWAYS = List.of("user_id", "company_id", "key_id", "expires_at");
    private static final List<String> RESERVED = List.of("principalId", "integrationLatency", "claims");

    /** Copies the list. */
    ContextClaims {
        claims = List.copyOf(claims);
    }

    /** The path that an entry of the list names; empty where it cannot become a member of the context. */
    static Optional<List<String>> path(String entry) {
        List<String> path = Arrays.asList(entry.split("\\.", -1));
        boolean usable = entry.matches("[A-Za-z0-9_.-]{1,64}")
                && path.stream().noneMatch(String::isEmpty)
                && !ALWAYS.contains(name(path))
                && !RESERVED.contains(name(path));
        return usable ? Optional.of(path) : Optional.empty();
    }

    private static String name(List<String> path) {
        return String.join("_", path);
    }

    /** Tells whether a member of the context is always told, where the key has it. */
    static boolean isAlwaysTold(String member) {
        return ALWAYS.contains(member);
    }

    Map<String, String> of(VerifiedToken token, String company) {
        Map<String, String> context = new LinkedHashMap<>();
        putIfPresent(context, "user_id", token.userId());
        context.put("company_id", company);
        putIfPresent(context, "key_id", token.keyId());
        context.put("expires_at", token.expiry());
        for (List<String> path : claims) {
            flat(token.claims(), path).ifPresent(value -> context.putIfAbsent(name(path), value));
        }
        return context;
    }

    private static void putIfPresent(Map<String, String> context, String name, Optional<String> value) {
        if (value.isPresent()) {
            context.put(name, value.get());
        }
    }

    /** The value of a claim as a flat text; empty where it is none. */
    static Optional<String> flat(JsonObject claims, List<String> path) {
        JsonValue value = RequiredClaim.at(claims, path);
        Optional<String> text = value instanceof JsonArray array ? joined(array) : RequiredClaim.text(value);
        return text.filter(flat -> flat.length() <= MAX_VALUE && flat.chars().noneMatch(Character::isISOControl));
    }

    private static Optional<String> joined(JsonArray array) {
        List<Optional<String>> texts =
                array.elements().stream().map(RequiredClaim::text).toList();
        return texts.stream().allMatch(Optional::isPresent)
                ? Optional.of(texts.stream().map(Optional::orElseThrow).collect(Collectors.joining(" ")))
                : Optional.empty();
    }
}
