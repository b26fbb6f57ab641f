package dev.latchkey.authorizer;

import dev.latchkey.config.Quoted;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.jwt.ClaimPath;
import dev.latchkey.jwt.VerifiedToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What API Gateway is told about a key: {@code user_id}, {@code company_id}, {@code key_id}, {@code expires_at}, and the
 * claims of the allow-list {@code CONTEXT_CLAIMS}.
 *
 * <p>All values are flat texts without control characters, since they may become headers of the back end. A claim from
 * the list that is an object, holds a control character or is longer than 512 characters is left out, which is logged; a list
 * of texts is joined by spaces.
 *
 * @param claims the allow-list
 */
record ContextClaims(List<Entry> claims) {

    /** The most claims in the list; what an answer holds of them is measured by {@link AnswerSize}. */
    static final int MAX_CLAIMS = 8;

    private static final int MAX_VALUE = 512;
    private static final List<String> ALWAYS = List.of("user_id", "company_id", "key_id", "expires_at");
    private static final List<String> RESERVED = List.of("principalId", "integrationLatency", "claims");

    /** Copies the list. */
    ContextClaims {
        claims = List.copyOf(claims);
    }

    /**
     * A claim of the list.
     *
     * @param name what it is called in the context
     */
    record Entry(String name, ClaimPath claim) {

        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

        /**
         * Reads {@code claim} or {@code name=claim}.
         *
         * @throws IllegalArgumentException if it is neither, or the name is taken; the message tells why
         */
        static Entry parse(String text) {
            List<String> sides = Quoted.split(text, '=', 2);
            ClaimPath claim = ClaimPath.parse(Quoted.plain(sides.get(sides.size() - 1)));
            String name = sides.size() == 2 ? sides.get(0) : claim.flatName();
            if (!NAME.matcher(name).matches() || ALWAYS.contains(name) || RESERVED.contains(name)) {
                throw new IllegalArgumentException("a claim cannot be called \"" + name + "\" in the context. Write"
                        + " another name of up to 64 letters, digits, hyphens and underscores before it, such as role="
                        + claim);
            }
            return new Entry(name, claim);
        }
    }

    /** Tells whether a member of the context is always told, where the key has it. */
    static boolean isAlwaysTold(String member) {
        return ALWAYS.contains(member);
    }

    /**
     * The context.
     *
     * @param leftOut gets the names of claims that the token has and the context cannot have
     */
    Map<String, String> of(VerifiedToken token, String company, List<String> leftOut) {
        Map<String, String> context = new LinkedHashMap<>();
        putIfPresent(context, "user_id", token.userId());
        context.put("company_id", company);
        putIfPresent(context, "key_id", token.keyId());
        context.put("expires_at", token.expiry());
        for (Entry entry : claims) {
            JsonValue value = entry.claim().in(token.claims());
            Optional<String> text = flat(value);
            if (text.isPresent()) {
                context.putIfAbsent(entry.name(), text.get());
            } else if (value != JsonValue.NULL) {
                leftOut.add(entry.name());
            }
        }
        return context;
    }

    private static void putIfPresent(Map<String, String> context, String name, Optional<String> value) {
        if (value.isPresent()) {
            context.put(name, value.get());
        }
    }

    /** The value of a claim as a flat text; empty where it is none. */
    static Optional<String> flat(JsonObject claims, ClaimPath claim) {
        return flat(claim.in(claims));
    }

    private static Optional<String> flat(JsonValue value) {
        Optional<String> text = value instanceof JsonArray array ? joined(array) : ClaimPath.text(value);
        return text.filter(flat -> flat.length() <= MAX_VALUE && flat.chars().noneMatch(Character::isISOControl));
    }

    private static Optional<String> joined(JsonArray array) {
        List<Optional<String>> texts =
                array.elements().stream().map(ClaimPath::text).toList();
        return texts.stream().allMatch(Optional::isPresent)
                ? Optional.of(texts.stream().map(Optional::orElseThrow).collect(Collectors.joining(" ")))
                : Optional.empty();
    }
}
