package dev.latchkey.provisioning;

import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.keys.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a request, so that the same request is answered by the same key: hashes of the request and what the
 * key says, never the key.
 *
 * @param id stands for the customer and the idempotency key
 * @param request stands for all that was asked for; the same id with another request is a conflict. A hash with the
 *     idempotency key in it, which is not kept, so that nobody finds out an email by trying
 * @param claims what the key says; signed again they are the same key
 * @param until when the record ends, of which whole seconds count
 */
public record IdempotencyRecord(String id, String request, KeyClaims claims, Instant until) {

    private static final Duration KEPT = Duration.ofHours(24);

    /** The record of a request for a new key; null for one without an idempotency key. */
    static @Nullable IdempotencyRecord of(NewKey wanted, KeyClaims claims) {
        List<String> request = new ArrayList<>(List.of("createApiKey", wanted.customerId(), wanted.email()));
        if (!wanted.isPlain()) {
            request.add("name=" + wanted.details().name());
            request.add("metadata=" + new TreeMap<>(wanted.details().metadata()));
            request.add("scopes=" + wanted.scopes());
            request.add("plan=" + wanted.plan());
            request.add("expiresIn=" + wanted.expiresIn());
        }
        return of(wanted.idempotencyKey(), request, claims);
    }

    /** The record of a request to roll a key; null for one without an idempotency key. */
    static @Nullable IdempotencyRecord of(KeyRoll roll, KeyClaims claims) {
        List<String> request = List.of(
                "rollApiKey", roll.customerId(), roll.keyId(), roll.grace().toString());
        return of(roll.idempotencyKey(), request, claims);
    }

    /** It ends after 24 hours, or with the key where that expires earlier. */
    private static @Nullable IdempotencyRecord of(
            @Nullable String idempotencyKey, List<String> request, KeyClaims claims) {
        if (idempotencyKey == null) {
            return null;
        }
        Instant end = claims.issuedAt().plus(KEPT);
        List<String> keyed = new ArrayList<>(List.of(idempotencyKey));
        keyed.addAll(request);
        return new IdempotencyRecord(
                hash(List.of(claims.customerId(), idempotencyKey)),
                hash(keyed),
                claims,
                claims.expiresAt().isBefore(end) ? claims.expiresAt() : end);
    }

    /**
     * Checks that a repeated request asks for what this one asked for.
     *
     * @throws ProvisioningException if it does not
     */
    void checkSameRequest(IdempotencyRecord repeated) {
        if (!request.equals(repeated.request())) {
            throw new ProvisioningException(
                    ProvisioningException.Kind.CONFLICT,
                    "idempotencyKey was used for this customer with another request. Send a new one");
        }
    }

    /** SHA-256 over texts, each behind its length in bytes, so that no two lists are one text. */
    private static String hash(List<String> texts) {
        StringBuilder all = new StringBuilder();
        for (String text : texts) {
            all.append(text.getBytes(StandardCharsets.UTF_8).length).append(':').append(text);
        }
        return Sha256.hex(all.toString());
    }
}
