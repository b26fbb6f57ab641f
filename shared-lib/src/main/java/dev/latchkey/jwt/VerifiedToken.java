package dev.latchkey.jwt;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A token whose signature and claims held when it was verified. Only the {@link TokenVerifier} makes one: holding it is
 * the proof. {@code toString()} shows the key id only.
 */
public final class VerifiedToken {

    private final JsonObject claims;
    private final VerificationKey key;
    private final ClaimNames names;
    private final Instant expiresAt;

    VerifiedToken(JsonObject claims, VerificationKey key, ClaimNames names, Instant expiresAt) {
        this.claims = claims;
        this.key = key;
        this.names = names;
        this.expiresAt = expiresAt;
    }

    /** All claims. */
    public JsonObject claims() {
        return claims;
    }

    /** The company (customer) id: 1 to 256 characters without control characters; empty where the token names none. */
    public Optional<String> companyId() {
        return id(names.companyId());
    }

    /** The user id, in the same form as the company id; empty where the token names none. */
    public Optional<String> userId() {
        return id(names.userId());
    }

    /** The API key's id, its {@code jti}; empty for keys of other issuers that have none. */
    public Optional<String> keyId() {
        return id("jti");
    }

    private Optional<String> id(String claim) {
        return claims.string(claim).filter(id -> !id.codePoints().allMatch(VerifiedToken::isSpace));
    }

    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    /** The scopes in its {@code scope} (a text, separated by spaces, RFC 8693 section 4.2) and {@code scp} (text or list). */
    public Set<String> scopes() {
        Set<String> scopes = new LinkedHashSet<>();
        for (String name : List.of("scope", "scp")) {
            JsonValue value = claims.get(name).orElse(JsonValue.NULL);
            List<JsonValue> texts = value instanceof JsonArray array ? array.elements() : List.of(value);
            texts.stream()
                    .flatMap(text -> RequiredClaim.text(text).stream())
                    .flatMap(text -> Arrays.stream(text.split(" ", -1)))
                    .filter(scope -> !scope.isEmpty())
                    .forEach(scopes::add);
        }
        return scopes;
    }

    /** When it expires. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** The key that verified it. */
    public VerificationKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "verified token " + keyId().orElse("without jti");
    }
}
