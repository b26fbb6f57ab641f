package dev.latchkey.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.text.ParseException;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs: a private key or a MAC secret, tied to one {@link Algorithm}.
 *
 * <p>It signs with Nimbus JOSE + JWT, EdDSA with the JDK, a {@link ManagedKey} where it is kept. {@code toString()} shows the key id and the algorithm only.
 */
public final class SigningKey {

    private final @Nullable String kid;
    private final Algorithm algorithm;
    private final JWSSigner signer;
    private final JWSHeader header;

    /**
     * Ties a key to its algorithm.
     *
     * @throws InvalidKeyMaterialException if the key does not fit the algorithm
     */
    public SigningKey(@Nullable String kid, Algorithm algorithm, Key key) {
        KeyFit.check(key, algorithm);
        this.kid = kid;
        this.algorithm = algorithm;
        this.signer = signer(algorithm, key);
        this.header = header("JWT", algorithm, kid);
    }

    /**
     * Ties a key that is kept elsewhere to its algorithm.
     *
     * @throws InvalidKeyMaterialException if the key does not fit the algorithm
     */
    SigningKey(@Nullable String kid, Algorithm algorithm, ManagedKey key) {
        KeyFit.check(key.publicKey(), algorithm);
        this.kid = kid;
        this.algorithm = algorithm;
        this.signer = new ManagedSigner(key, algorithm);
        this.header = header("JWT", algorithm, kid);
    }

    private static JWSSigner signer(Algorithm algorithm, Key key) {
        try {
            return switch (algorithm.family()) {
                case HMAC -> new MACSigner((SecretKey) key);
                case RSA, RSA_PSS -> new RSASSASigner((PrivateKey) key);
                case ED -> new Ed25519Signer((PrivateKey) key);
                case EC -> new ECDSASigner((ECPrivateKey) key);
            };
        } catch (JOSEException e) {
            throw new InvalidKeyMaterialException(algorithm + " cannot be signed with this key");
        }
    }

    /** The header in the member order of the portal's plugin: alg, typ, kid. Nimbus keeps the spelling that it parsed. */
    private static JWSHeader header(String type, Algorithm algorithm, @Nullable String kid) {
        JsonObjectBuilder json =
                new JsonObjectBuilder().put("alg", algorithm.name()).put("typ", type);
        if (kid != null) {
            json.put("kid", kid);
        }
        try {
            return JWSHeader.parse(Base64URL.encode(json.build().toString()));
        } catch (ParseException e) {
            throw new IllegalStateException("a header of alg, typ and kid is always valid", e);
        }
    }

    /** The key id that goes into headers; empty for a secret that has none. */
    public Optional<String> kid() {
        return Optional.ofNullable(kid);
    }

    /** The only algorithm that this key signs with. */
    public Algorithm algorithm() {
        return algorithm;
    }

    /**
     * The compact JWS (RFC 7515 section 7.1) over a claims set, of the type JWT.
     *
     * @throws KeysUnavailableException if the key is kept elsewhere, and does not sign
     */
    public String sign(JsonObject claims) {
        return sign(header, claims);
    }

    /** The same over the claims of another type of document. */
    public String sign(String type, JsonObject claims) {
        return sign(header(type, algorithm, kid), claims);
    }

    private String sign(JWSHeader header, JsonObject claims) {
        JWSObject token = new JWSObject(header, new Payload(claims.toString()));
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            // Nimbus wraps whatever a signer throws.
            if (e.getCause() instanceof KeysUnavailableException unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException("signing with the " + this + " failed", e);
        }
        return token.serialize();
    }

    /** Tells whether signatures of this key are those of a public key or secret, by making one. */
    boolean isVerifiedBy(Key verifying) {
        byte[] sample = "sample".getBytes(StandardCharsets.US_ASCII);
        try {
            byte[] signature = signer.sign(header, sample).decode();
            return new VerificationKey(kid, algorithm, verifying).verifies(sample, signature);
        } catch (JOSEException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return algorithm + " key " + (kid == null ? "without kid" : kid);
    }
}
