package dev.latchkey.jwt;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.keys.VerificationKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token whose signature and claims held when it was verified. Only the {@link TokenVerifier} makes one: holding it is
 * the proof. {@code toString()} shows the key id only.
 */
public final class VerifiedToken {

    private final JsonObject claims;
    private final VerificationKey key;
    private final @Nullable String companyId;
    private final @Nullable String userId;
    private final @Nullable String keyId;
    private final Instant expiresAt;
    private final String expiry;
    private final @Nullable StatusReference status;

    VerifiedToken(JsonObject claims, VerificationKey key, ClaimNames names, Instant expiresAt) {
        this.claims = claims;
        this.key = key;
        this.companyId = id(claims, names.companyId());
        this.userId = id(claims, names.userId());
        this.keyId = id(claims, "jti");
        this.expiresAt = expiresAt;
        this.expiry = expiresAt.toString();
        this.status = StatusReference.of(claims);
    }

    /** All claims. */
    public JsonObject claims() {
        return claims;
    }

    /** The company (customer) id: 1 to 256 characters without control characters; empty where the token names none. */
    public Optional<String> companyId() {
        return Optional.ofNullable(companyId);
    }

    /** The user id, in the same form as the company id; empty where the token names none. */
    public Optional<String> userId() {
        return Optional.ofNullable(userId);
    }

    /** The API key's id, its {@code jti}; empty for keys of other issuers that have none. */
    public Optional<String> keyId() {
        return Optional.ofNullable(keyId);
    }

    private static @Nullable String id(JsonObject claims, String claim) {
        String id = claims.string(claim).orElse(null);
        return id == null || isBlank(id) ? null : id;
    }

    private static boolean isBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isWhitespace(text.charAt(i)) && !Character.isSpaceChar(text.charAt(i))) {
                return false;
            }
        }
        return true;
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

    /** Where its status stands; null where it names no list. */
    public @Nullable StatusReference status() {
        return status;
    }

    /** When it was issued, to the second; the first second of all where it does not tell. */
    public Instant issuedAt() {
        return NumericDate.instant(claims, "iat");
    }

    /** When it expires. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** When it expires, in ISO 8601. */
    public String expiry() {
        return expiry;
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
