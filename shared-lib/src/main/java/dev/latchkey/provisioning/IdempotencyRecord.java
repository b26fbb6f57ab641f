package dev.latchkey.provisioning;

import dev.latchkey.jwt.KeyClaims;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * What is kept of a request, so that the same request is answered by the same key: hashes of the request and what the
 * key says, never the key.
 *
 * @param id stands for the customer and the idempotency key
 * @param request stands for all that was asked for; the same id with another request is a conflict
 * @param claims what the key says; signed again they are the same key
 * @param until when the record ends, of which whole seconds count
 */
public record IdempotencyRecord(String id, String request, KeyClaims claims, Instant until) {

    private static final Duration KEPT = Duration.ofHours(24);

    /** The record of a new key. It ends after 24 hours, or with the key where that expires earlier. */
    static IdempotencyRecord of(String idempotencyKey, String email, KeyClaims claims) {
        Instant end = claims.issuedAt().plus(KEPT);
        return new IdempotencyRecord(
                hash(claims.customerId(), idempotencyKey),
                hash("createApiKey", claims.customerId(), email),
                claims,
                claims.expiresAt().isBefore(end) ? claims.expiresAt() : end);
    }

    /** SHA-256 over texts, each behind its length in bytes, so that no two lists are one text. */
    private static String hash(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
