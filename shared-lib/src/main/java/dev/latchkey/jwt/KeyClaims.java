package dev.latchkey.jwt;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a new API key says.
 *
 * @param customerId who pays; becomes the user id and the company id
 * @param keyId the key's own id, its {@code jti}
 * @param issuedAt when it is issued, of which whole seconds count
 * @param expiresAt when it expires, of which whole seconds count
 * @param scopes what it may do (RFC 8693 section 4.2); none leaves the claim out
 * @param plan the plan of the customer; null leaves the claim out
 * @param status where its status stands; null leaves the claim out
 */
public record KeyClaims(
        String customerId,
        String keyId,
        Instant issuedAt,
        Instant expiresAt,
        List<String> scopes,
        @Nullable String plan,
        @Nullable StatusReference status) {

    /** Copies the scopes. */
    public KeyClaims {
        scopes = List.copyOf(scopes);
    }

    /** A key that may do what every key may, without a status. */
    public KeyClaims(String customerId, String keyId, Instant issuedAt, Instant expiresAt) {
        this(customerId, keyId, issuedAt, expiresAt, List.of(), null, null);
    }
}
