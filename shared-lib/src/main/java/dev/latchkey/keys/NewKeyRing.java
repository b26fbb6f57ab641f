package dev.latchkey.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.JWKGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key ring of one new, active key. {@code toString()} shows its key id only.
 *
 * <p>Secrets are as long as the algorithm's hash, RSA keys have 2048 bits, EC and Ed25519 keys are on the algorithm's
 * curve.
 */
public final class NewKeyRing {

    private static final int RSA_BITS = 2048;

    /** What a public JWK has (RFC 7517 section 4, RFC 7518 section 6, RFC 8037 section 2), and what readers of a ring heed. */
    private static final Set<String> PUBLIC_MEMBERS = Set.of(
            "kty",
            "n",
            "e",
            "crv",
            "x",
            "y",
            "kid",
            "alg",
            "use",
            "key_ops",
            "x5c",
            "x5t",
            "x5t#S256",
            StoredKey.STATUS,
            StoredKey.RETIRED,
            WeakKey.UNTIL);

    private final JWK key;

    private NewKeyRing(JWK key) {
        this.key = key;
    }

    /** Makes a key for an algorithm. Its key id is the RFC 7638 thumbprint, or for a secret a random one. */
    public static NewKeyRing of(Algorithm algorithm) {
        try {
            if (algorithm == Algorithm.EdDSA) {
                return new NewKeyRing(ed25519());
            }
            return new NewKeyRing(generator(algorithm)
                    .algorithm(JWSAlgorithm.parse(algorithm.name()))
                    .keyUse(KeyUse.SIGNATURE)
                    .generate());
        } catch (JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot make a key for " + algorithm, e);
        }
    }

    /** Nimbus's own generator needs Tink. */
    private static JWK ed25519() throws JOSEException, GeneralSecurityException {
        KeyPair pair = Ed25519.newPair();
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(Ed25519.bytes(pair.getPublic())))
                .d(Base64URL.encode(Ed25519.bytes(pair.getPrivate())))
                .algorithm(JWSAlgorithm.EdDSA)
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint()
                .build();
    }

    private static JWKGenerator<? extends JWK> generator(Algorithm algorithm) {
        return switch (algorithm.family()) {
            case HMAC ->
                new OctetSequenceKeyGenerator(algorithm.bits())
                        .keyID(UUID.randomUUID().toString());
            case RSA, RSA_PSS -> new RSAKeyGenerator(RSA_BITS).keyIDFromThumbprint(true);
            case EC -> new ECKeyGenerator(curve(algorithm)).keyIDFromThumbprint(true);
            case ED -> throw new IllegalArgumentException("Ed25519 keys are made by the JDK");
        };
    }

    private static Curve curve(Algorithm algorithm) {
        return switch (algorithm) {
            case ES384 -> Curve.P_384;
            case ES512 -> Curve.P_521;
            default -> Curve.P_256;
        };
    }

    /** The key as a ring holds it, without a status. */
    StoredKey stored() {
        return StoredRing.read(key);
    }

    /** The ring with its private key, for {@code PLUGIN_JWT_SECRET} or Secrets Manager. It is a secret. */
    public String secretText() {
        Map<String, Object> active = new TreeMap<>(key.toJSONObject());
        active.put("status", "active");
        return JSONObjectUtils.toJSONString(Map.of("keys", List.of(active)));
    }

    /** What checks the ring's keys, for {@code JWT_VERIFY_KEY}: the public JWK Set, or for a secret the ring itself. */
    public String verifyingText() {
        return verifyingText(secretText());
    }

    /**
     * What checks the keys of a ring in JSON: the public JWK Set, or for secrets the ring itself.
     *
     * @throws InvalidKeyMaterialException if the text is no key ring, JWK Set or JWK
     */
    public static String verifyingText(String ring) {
        return publicSet(ring, true).orElse(ring.strip());
    }

    /**
     * The public JWK Set of a ring in JSON.
     *
     * @throws InvalidKeyMaterialException if the text is no key ring, JWK Set or JWK, or holds a secret, which has no
     *     public half
     */
    public static String publicText(String ring) {
        return publicSet(ring, false)
                .orElseThrow(() -> new InvalidKeyMaterialException(
                        "holds a secret, which has no public half. The authorizer needs the ring itself"));
    }

    /** The public halves; empty where all keys are secrets. A weak key is only for who heeds until when it verifies. */
    private static Optional<String> publicSet(String ring, boolean isForAuthorizer) {
        if (!ring.strip().startsWith("{")) {
            throw new InvalidKeyMaterialException("is not a key ring in JSON");
        }
        KeyRing.read(ring);
        List<StoredKey> keys = StoredRing.stored(ring.strip()).stream()
                .filter(key -> isPublic(key.entry(), isForAuthorizer))
                .toList();
        boolean isRing = keys.stream().anyMatch(key -> key.is(KeyStatus.ACTIVE));
        if (!isRing) {
            keys = keys.stream().filter(key -> isPublic(key.entry(), false)).toList();
        }
        List<JsonValue> jwks = new ArrayList<>();
        for (StoredKey key : keys) {
            Map<String, JsonValue> members = new LinkedHashMap<>(key.jwk().members());
            members.keySet().retainAll(PUBLIC_MEMBERS);
            if (!isRing) {
                members.keySet().remove(StoredKey.STATUS);
            }
            jwks.add(new JsonObject(members));
        }
        return jwks.isEmpty()
                ? Optional.empty()
                : Optional.of(new JsonObjectBuilder()
                        .put("keys", new JsonArray(jwks))
                        .build()
                        .toString());
    }

    private static boolean isPublic(@Nullable KeyEntry entry, boolean isForAuthorizer) {
        return entry != null
                && entry.verifying() instanceof PublicKey
                && (isForAuthorizer || entry.weakUntil() == null);
    }

    @Override
    public String toString() {
        return "new key ring " + key.getKeyID();
    }
}
