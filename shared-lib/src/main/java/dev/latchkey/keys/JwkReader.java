package dev.latchkey.keys;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Reads a JSON Web Key, a JWK Set (RFC 7517) or a key ring: a JWK Set whose keys have a {@code status}. */
final class JwkReader {

    private static final JsonLimits LIMITS = new JsonLimits(64 * 1024, 8);
    static final int MAX_KEYS = 50;
    private static final JsonValue SIGN = new JsonString("sign");
    private static final JsonValue VERIFY = new JsonString("verify");

    private JwkReader() {}

    /**
     * Reads the signature keys of a JWK or JWK Set; keys meant for encryption are left out.
     *
     * @throws InvalidKeyMaterialException if the text is neither, or holds a key that cannot be read
     */
    static List<KeyEntry> read(String text) {
        JsonObject json;
        try {
            json = JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8), LIMITS);
        } catch (JsonSyntaxException e) {
            throw new InvalidKeyMaterialException(
                    "looks like JSON, but is not a JWK or JWK Set: " + e.getMessage() + " (RFC 7517)");
        }
        if (json.has("kty")) {
            Optional<KeyEntry> entry = entry(json, "the JWK");
            return entry.isPresent() ? List.of(entry.get()) : List.of();
        }
        if (!(json.get("keys").orElse(JsonValue.NULL) instanceof JsonArray keys)) {
            throw new InvalidKeyMaterialException(
                    "looks like JSON, but is neither a JWK (member kty) nor a JWK Set (array keys) (RFC 7517)");
        }
        if (keys.elements().size() > MAX_KEYS) {
            throw new InvalidKeyMaterialException("a key set may hold at most " + MAX_KEYS + " keys, got "
                    + keys.elements().size());
        }
        List<KeyEntry> entries = new ArrayList<>();
        for (JsonValue key : keys.elements()) {
            String place = "key " + (entries.size() + 1) + " of the set";
            if (!(key instanceof JsonObject jwk)) {
                throw new InvalidKeyMaterialException(place + " is not a JSON object");
            }
            Optional<KeyEntry> entry = entry(jwk, place);
            if (entry.isPresent()) {
                entries.add(entry.get());
            }
        }
        return entries;
    }

    /**
     * Reads one JWK; empty where it is meant for encryption.
     *
     * @param place names it in messages
     * @throws InvalidKeyMaterialException if it cannot be read
     */
    static Optional<KeyEntry> entry(JsonObject jwk, String place) {
        return entryOfOthers(jwk, place).map(entry -> {
            KeyStatus status = status(jwk, place);
            return new KeyEntry(
                    entry.kid(),
                    entry.declared(),
                    status,
                    entry.verifying(),
                    entry.signing(),
                    WeakKey.until(jwk, status, place));
        });
    }

    /** The same where members that rings alone have mean nothing: whoever publishes keys may have others of these names. */
    static Optional<KeyEntry> entryOfOthers(JsonObject jwk, String place) {
        if (jwk.has("revoked")) {
            throw new InvalidKeyMaterialException(place + " is revoked. Remove it");
        }
        String kid = text(jwk, "kid", place);
        String alg = text(jwk, "alg", place);
        if (text(jwk, "kty", place) == null && !jwk.has("x5c")) {
            throw unreadable(place);
        }
        if (!isForSignatures(jwk, place)) {
            return Optional.empty();
        }
        if (kid != null && !KeyId.isUsable(kid)) {
            throw new InvalidKeyMaterialException(place + " has a kid that is blank, longer than " + KeyId.MAX_LENGTH
                    + " characters or holds control characters");
        }
        Algorithm declared = alg == null ? null : Algorithm.named(alg).orElse(null);
        if (alg != null && declared == null) {
            throw new InvalidKeyMaterialException(
                    place + " has an alg that is not supported. Supported: " + Algorithm.names());
        }
        try {
            boolean isInCertificate = jwk.has("x5c") && PublicJwk.hasNoMembers(jwk);
            Key verifying = isInCertificate ? JwkCertificate.key(jwk) : PublicJwk.read(jwk, place);
            JwkCertificate.check(jwk, verifying);
            return Optional.of(new KeyEntry(kid, declared, null, verifying, signing(jwk, verifying)));
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyMaterialException(place + " cannot be used as a key (RFC 7518 section 6)", e);
        }
    }

    private static @Nullable Key signing(JsonObject jwk, Key verifying) throws GeneralSecurityException {
        if (verifying instanceof SecretKey) {
            return verifying;
        }
        return PrivateJwk.isIn(jwk) ? PrivateJwk.read(jwk) : null;
    }

    /** Why a public key may not verify, by its {@code use} and {@code key_ops} (RFC 7517 section 4.2); null where it may. */
    static @Nullable String notForVerifying(JsonObject jwk) {
        JsonValue use = jwk.get("use").orElse(JsonValue.NULL);
        if (use instanceof JsonString text && !text.value().equals("sig")) {
            return text.value().equals("enc") ? "is for encryption" : "has a use that is not sig";
        }
        return jwk.get("key_ops").orElse(JsonValue.NULL) instanceof JsonArray operations
                        && !operations.elements().contains(VERIFY)
                ? "has key_ops without verify"
                : null;
    }

    private static boolean isForSignatures(JsonObject jwk, String place) {
        String use = text(jwk, "use", place);
        if (use != null && use.equals("enc")) {
            return false;
        }
        if (!jwk.has("key_ops")) {
            return true;
        }
        if (!(jwk.get("key_ops").orElse(JsonValue.NULL) instanceof JsonArray operations)) {
            throw unreadable(place);
        }
        return operations.elements().contains(VERIFY) || operations.elements().contains(SIGN);
    }

    /** A member that is a text or not there. */
    private static @Nullable String text(JsonObject jwk, String member, String place) {
        if (!jwk.has(member)) {
            return null;
        }
        String text = jwk.string(member).orElse(null);
        if (text == null) {
            throw unreadable(place);
        }
        return text;
    }

    private static InvalidKeyMaterialException unreadable(String place) {
        return new InvalidKeyMaterialException(place + " is not a JWK that can be read (RFC 7517)");
    }

    private static @Nullable KeyStatus status(JsonObject json, String place) {
        if (!json.has("status")) {
            return null;
        }
        return json.string("status")
                .flatMap(KeyStatus::named)
                .orElseThrow(() ->
                        new InvalidKeyMaterialException(place + " has a status other than next, active or previous"));
    }
}
