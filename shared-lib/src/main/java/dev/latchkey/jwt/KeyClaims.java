package dev.latchkey.jwt;

import java.time.Instant;

/**
 * What a new API key says.
 *
 * @param customerId who pays; becomes the user id and the company id
 * @param keyId the key's own id, its {@code jti}
 * @param issuedAt when it is issued, of which whole seconds count
 * @param expiresAt when it expires, of which whole seconds count
 */
public record KeyClaims(String customerId, String keyId, Instant issuedAt, Instant expiresAt) {}
