package dev.latchkey.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a JSON Web Key, a JWK Set (RFC 7517) or a key ring: a JWK Set whose keys have a {@code status}. */
final class JwkReader {

    private static final JsonLimits LIMITS = new JsonLimits(64 * 1024, 8);
    static final int MAX_KEYS = 50;

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
            return entry(json, "the JWK").map(List::of).orElse(List.of());
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
            entry(jwk, place).ifPresent(entries::add);
        }
        return entries;
    }

    /**
     * Reads one JWK; empty where it is meant for encryption.
     *
     * @param place names it in messages
     * @throws InvalidKeyMaterialException if it cannot be read
     */
    static Optional<KeyEntry> entry(JsonObject json, String place) {
        JWK jwk;
        try {
            jwk = JWK.parse(json.toString());
        } catch (ParseException | RuntimeException e) {
            throw new InvalidKeyMaterialException(place + " is not a JWK that can be read (RFC 7517)");
        }
        if (jwk.getKeyRevocation() != null) {
            throw new InvalidKeyMaterialException(place + " is revoked. Remove it");
        }
        if (!isForSignatures(jwk)) {
            return Optional.empty();
        }
        @Nullable
        Algorithm declared = jwk.getAlgorithm() == null
                ? null
                : Algorithm.named(jwk.getAlgorithm().getName())
                        .orElseThrow(() -> new InvalidKeyMaterialException(
                                place + " has an alg that is not supported. Supported: " + Algorithm.names()));
        try {
            return Optional.of(new KeyEntry(
                    checkedKid(jwk.getKeyID(), place),
                    declared,
                    status(json, place),
                    verifying(jwk, place),
                    signing(jwk)));
        } catch (JOSEException | GeneralSecurityException | IllegalArgumentException e) {
            throw new InvalidKeyMaterialException(place + " cannot be used as a key (RFC 7518 section 6)");
        }
    }

    private static boolean isForSignatures(JWK jwk) {
        Set<KeyOperation> operations = jwk.getKeyOperations();
        return !KeyUse.ENCRYPTION.equals(jwk.getKeyUse())
                && (operations == null
                        || operations.contains(KeyOperation.VERIFY)
                        || operations.contains(KeyOperation.SIGN));
    }

    private static @Nullable String checkedKid(@Nullable String kid, String place) {
        if (kid != null && !KeyId.isUsable(kid)) {
            throw new InvalidKeyMaterialException(place + " has a kid that is blank, longer than " + KeyId.MAX_LENGTH
                    + " characters or holds control characters");
        }
        return kid;
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

    private static Key verifying(JWK jwk, String place) throws JOSEException, GeneralSecurityException {
        if (jwk instanceof RSAKey rsa) {
            return rsa.toRSAPublicKey();
        }
        if (jwk instanceof ECKey ec) {
            return ec.toECPublicKey();
        }
        if (jwk instanceof OctetSequenceKey secret) {
            return secret.toSecretKey();
        }
        if (isEd25519(jwk)) {
            return Ed25519.publicKey(((OctetKeyPair) jwk).getDecodedX());
        }
        throw new InvalidKeyMaterialException(
                place + " has a kty or crv that is not supported. Supported: RSA, EC, oct and OKP with Ed25519");
    }

    private static boolean isEd25519(JWK jwk) {
        return jwk instanceof OctetKeyPair pair && pair.getCurve().equals(Curve.Ed25519);
    }

    private static @Nullable Key signing(JWK jwk) throws JOSEException, GeneralSecurityException {
        if (jwk instanceof RSAKey rsa) {
            return rsa.toRSAPrivateKey();
        }
        if (jwk instanceof ECKey ec) {
            return ec.toECPrivateKey();
        }
        if (isEd25519(jwk) && jwk.isPrivate()) {
            return Ed25519.privateKey(((OctetKeyPair) jwk).getDecodedD());
        }
        return jwk instanceof OctetSequenceKey secret ? secret.toSecretKey() : null;
    }
}
