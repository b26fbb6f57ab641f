package dev.latchkey.jwt;

import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.keys.VerificationKey;
import java.time.Instant;
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
    private final ClaimMapping mapping;
    private final @Nullable String companyId;
    private final @Nullable String userId;
    private final @Nullable String keyId;
    private final Instant expiresAt;
    private final String expiry;
    private final @Nullable StatusReference status;

    VerifiedToken(JsonObject claims, VerificationKey key, ClaimMapping mapping, Instant expiresAt) {
        this.claims = claims;
        this.key = key;
        this.mapping = mapping;
        this.companyId = mapping.company().in(claims);
        this.userId = mapping.user().in(claims);
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
        return id == null || IdClaim.isBlank(id) ? null : id;
    }

    /** What it opens, by the claims of its issuer that tell so: {@code scope} and {@code scp} unless set otherwise. */
    public Set<String> scopes() {
        return mapping.scopesOf(claims);
    }

    /** Which claims of its issuer's tokens tell what. */
    public ClaimMapping mapping() {
        return mapping;
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
