package dev.latchkey.keys;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a JWK Set (RFC 7517) that came over the network, where a good key beside a bad one must still work.
 *
 * <p>Ignored, and counted, is every key that cannot be read, is a secret, shows its private half, is for encryption, is
 * too weak, or is for an algorithm that is not known or not allowed; every key after the fiftieth; and all keys for
 * signatures that share a kid, or share having none, since no token could tell which one it means. Kids are counted first, so
 * that a key whose twin is ignored for another reason is ignored, too.
 */
final class RemoteKeySet {

    private static final JsonLimits LIMITS = new JsonLimits(RemoteKeys.MAX_BYTES, 16);

    private RemoteKeySet() {}

    /**
     * The usable keys.
     *
     * @param allowed the allow-list; empty means what the keys say
     * @throws InvalidKeyMaterialException if it is not a JWK Set, or holds no usable key
     */
    static KeySet read(byte[] body, Collection<Algorithm> allowed) {
        List<JsonValue> listed = keys(body);
        Map<Optional<String>, Integer> kids = new HashMap<>();
        for (JsonValue key : listed) {
            if (key instanceof JsonObject jwk && !isForEncryption(jwk)) {
                kids.merge(jwk.string("kid"), 1, Integer::sum);
            }
        }
        List<VerificationKey> distinct = listed.stream()
                .limit(JwkReader.MAX_KEYS)
                .flatMap(key -> usable(key, allowed).stream())
                .filter(key -> kids.getOrDefault(key.kid(), 0) == 1)
                .toList();
        if (distinct.isEmpty()) {
            throw new InvalidKeyMaterialException("holds no usable key, of " + listed.size());
        }
        return new KeySet(distinct);
    }

    private static boolean isForEncryption(JsonObject jwk) {
        return jwk.string("use").filter("enc"::equals).isPresent();
    }

    private static List<JsonValue> keys(byte[] body) {
        JsonObject set;
        try {
            set = JsonReader.readObject(body, LIMITS);
        } catch (JsonSyntaxException e) {
            throw new InvalidKeyMaterialException("is not a JWK Set: " + e.getMessage() + " (RFC 7517)");
        }
        if (set.get("keys").orElse(JsonValue.NULL) instanceof JsonArray keys) {
            return keys.elements();
        }
        throw new InvalidKeyMaterialException("is not a JWK Set: it has no array keys (RFC 7517)");
    }

    private static Optional<VerificationKey> usable(JsonValue key, Collection<Algorithm> allowed) {
        if (!(key instanceof JsonObject jwk)
                || jwk.string("kty").filter("oct"::equals).isPresent()) {
            return Optional.empty();
        }
        try {
            return JwkReader.entry(jwk, "the key")
                    .filter(entry -> entry.signing() == null)
                    .map(entry -> verificationKey(entry, allowed));
        } catch (InvalidKeyMaterialException e) {
            return Optional.empty();
        }
    }

    private static VerificationKey verificationKey(KeyEntry entry, Collection<Algorithm> allowed) {
        if (entry.verifying() == null) {
            throw new InvalidKeyMaterialException("has no public half");
        }
        return VerificationKey.ofOthers(entry.kid(), entry.verifyingAlgorithm(allowed), entry.verifying());
    }
}
