package dev.latchkey.jwt;

import dev.latchkey.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.Optional;

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
        return claims.string(names.companyId()).filter(id -> !id.isBlank());
    }

    /** The user id, in the same form as the company id; empty where the token names none. */
    public Optional<String> userId() {
        return claims.string(names.userId()).filter(id -> !id.isBlank());
    }

    /** The API key's id, its {@code jti}; empty for keys of other issuers that have none. */
    public Optional<String> keyId() {
        return claims.string("jti").filter(id -> !id.isBlank());
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
