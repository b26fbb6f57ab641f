package dev.latchkey.jwt;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which claims of an issuer's tokens tell what.
 *
 * @param user the user id
 * @param company the company id
 * @param scopes what the token opens; what any of these holds counts
 * @param audience what counts as the audience of a token without {@code aud}: the first of these that is there
 */
public record ClaimMapping(IdClaim user, IdClaim company, List<ClaimPath> scopes, List<ClaimPath> audience) {

    /** {@code scope} (RFC 8693 section 4.2) and {@code scp}, as some issuers call it. */
    public static final List<ClaimPath> SCOPES = List.of(ClaimPath.parse("scope"), ClaimPath.parse("scp"));

    private static final Set<String> SPLIT = Set.of("scope", "scp");
    private static final ClaimPath AUD = ClaimPath.parse("/aud");

    /** Copies the lists. */
    public ClaimMapping {
        scopes = List.copyOf(scopes);
        audience = List.copyOf(audience);
    }

    /** The claims of keys that are issued under these names. */
    public static ClaimMapping of(ClaimNames names) {
        return new ClaimMapping(IdClaim.of(names.userId()), IdClaim.of(names.companyId()), SCOPES, List.of());
    }

    /**
     * What a token opens, each once. Texts in {@code scope} and {@code scp} are split at spaces, which their values cannot
     * have (RFC 6749 section 3.3). Every other text, alone or in an array, is one value, spaces included, as names of roles
     * and groups have them.
     */
    Set<String> scopesOf(JsonObject token) {
        Set<String> found = new LinkedHashSet<>();
        for (ClaimPath claim : scopes) {
            JsonValue value = claim.in(token);
            boolean isSplit = claim.topName().filter(SPLIT::contains).isPresent();
            for (JsonValue element : value instanceof JsonArray array ? array.elements() : List.of(value)) {
                add(element, isSplit, found);
            }
        }
        return found;
    }

    private static void add(JsonValue value, boolean isSplit, Set<String> found) {
        String text = ClaimPath.text(value).orElse("");
        for (String scope : isSplit ? text.split(" ", -1) : new String[] {text}) {
            if (!scope.isEmpty()) {
                found.add(scope);
            }
        }
    }

    /** The claim that a token's audience is in: {@code aud} wherever it is there, whatever it holds. */
    ClaimPath audienceClaim(JsonObject token) {
        if (!token.members().containsKey("aud")) {
            for (ClaimPath claim : audience) {
                if (claim.in(token) != JsonValue.NULL) {
                    return claim;
                }
            }
        }
        return AUD;
    }

    /** The texts that a claim holds, alone or in an array. */
    static List<String> texts(JsonValue value) {
        List<String> texts = new ArrayList<>();
        for (JsonValue element : value instanceof JsonArray array ? array.elements() : List.of(value)) {
            if (element instanceof JsonValue.JsonString text) {
                texts.add(text.value());
            }
        }
        return texts;
    }
}
