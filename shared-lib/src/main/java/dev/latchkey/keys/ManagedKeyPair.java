package dev.latchkey.keys;

import com.nimbusds.jose.jwk.Curve;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key pair that is kept elsewhere, with the one algorithm that it signs by. Its thumbprint is its key id (RFC 7638).
 *
 * @param signing what signs with it
 * @param verifying what checks its signatures
 */
public record ManagedKeyPair(SigningKey signing, VerificationKey verifying) {

    private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

    /**
     * Ties a key to its algorithm.
     *
     * @param wanted its algorithm; null for the usual one of its kind
     * @throws InvalidKeyMaterialException if it cannot sign JWTs, or not by that algorithm
     */
    public static ManagedKeyPair of(ManagedKey key, @Nullable Algorithm wanted) {
        PublicKey half = key.publicKey();
        checkCurve(half);
        Algorithm algorithm = wanted != null ? wanted : KeyFit.usual(half).orElseThrow(ManagedKeyPair::unsupported);
        String kid = KeyId.thumbprint(half).orElseThrow(ManagedKeyPair::unsupported);
        return new ManagedKeyPair(new SigningKey(kid, algorithm, key), new VerificationKey(kid, algorithm, half));
    }

    /** Tells whether a key is of the kind that the algorithm needs. */
    public static boolean fits(ManagedKey key, Algorithm algorithm) {
        return KeyFit.isOfKind(key.publicKey(), algorithm);
    }

    /** A service may have secp256k1, too, which is as long as P-256. */
    private static void checkCurve(PublicKey key) {
        if (key instanceof ECPublicKey curve && !CURVES.contains(Curve.forECParameterSpec(curve.getParams()))) {
            throw unsupported();
        }
    }

    private static InvalidKeyMaterialException unsupported() {
        return new InvalidKeyMaterialException("names a key that no JWT can be signed with here. Supported: RSA of 2048"
                + " bits or more, EC on P-256, P-384 or P-521");
    }
}
