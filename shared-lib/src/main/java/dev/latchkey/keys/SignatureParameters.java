package dev.latchkey.keys;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** The JDK's signature engine for an algorithm. */
final class SignatureParameters {

    private SignatureParameters() {}

    /** A new engine, with PSS's salt as long as the hash and the same hash in MGF1 (RFC 7518 section 3.5). */
    static Signature instance(Algorithm algorithm) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm.jcaName());
        if (algorithm.family() == Algorithm.Family.RSA_PSS) {
            String hash = "SHA-" + algorithm.bits();
            signature.setParameter(new PSSParameterSpec(
                    hash,
                    "MGF1",
                    new MGF1ParameterSpec(hash),
                    algorithm.bits() / 8,
                    PSSParameterSpec.TRAILER_FIELD_BC));
        }
        return signature;
    }

    /**
     * Bytes of an ECDSA or EdDSA signature: twice those of the curve, never fewer or more (RFC 7518 section 3.4, RFC 8032
     * section 5.1.7). The JDK takes an Ed25519 signature with zeros behind it.
     */
    static int curveLength(Algorithm algorithm) {
        return 2 * ((algorithm.bits() + 7) / 8);
    }
}
