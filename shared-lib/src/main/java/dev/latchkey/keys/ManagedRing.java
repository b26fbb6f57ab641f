package dev.latchkey.keys;

import com.nimbusds.jose.jwk.Curve;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are kept elsewhere, in order: the first signs, all of them verify. Each has its thumbprint as key id (RFC 7638).
 *
 * @param signing the first key
 * @param keys all keys
 */
public record ManagedRing(SigningKey signing, KeySet keys) {

    private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

    /**
     * A ring of these keys, at least one.
     *
     * @param wanted the algorithm of all that it fits; null for the usual one of each key's kind
     * @throws InvalidKeyMaterialException if a key cannot sign JWTs, the first one not by the wanted algorithm, or one is
     *     there twice
     */
    public static ManagedRing of(List<ManagedKey> managed, @Nullable Algorithm wanted) {
        KeySet keys = verifying(managed, wanted, wanted);
        VerificationKey first = keys.keys().get(0);
        SigningKey signing = new SigningKey(first.kid().orElse(null), first.algorithm(), managed.get(0));
        return new ManagedRing(signing, keys);
    }

    /**
     * What verifies by keys that do not sign yet.
     *
     * @param wanted the algorithm of all that it fits; null for the usual one of each key's kind
     * @throws InvalidKeyMaterialException if a key cannot sign JWTs, or is there twice
     */
    public static KeySet published(List<ManagedKey> managed, @Nullable Algorithm wanted) {
        return verifying(managed, null, wanted);
    }

    private static KeySet verifying(List<ManagedKey> managed, @Nullable Algorithm ofFirst, @Nullable Algorithm wanted) {
        List<VerificationKey> keys = new ArrayList<>();
        for (ManagedKey key : managed) {
            checkCurve(key.publicKey());
            Algorithm algorithm = keys.isEmpty() && ofFirst != null ? ofFirst : algorithm(key, wanted);
            VerificationKey verifying = new VerificationKey(kid(key), algorithm, key.publicKey());
            if (keys.stream().anyMatch(other -> other.kid().equals(verifying.kid()))) {
                throw new InvalidKeyMaterialException("names one key twice, " + verifying);
            }
            keys.add(verifying);
        }
        return new KeySet(keys);
    }

    private static Algorithm algorithm(ManagedKey key, @Nullable Algorithm wanted) {
        return wanted != null && KeyFit.isOfKind(key.publicKey(), wanted)
                ? wanted
                : KeyFit.usual(key.publicKey()).orElseThrow(ManagedRing::unsupported);
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

    private static String kid(ManagedKey key) {
        return KeyId.thumbprint(key.publicKey()).orElseThrow(ManagedRing::unsupported);
    }
}
