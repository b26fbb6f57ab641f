package dev.latchkey.jwt;

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

    /** Bytes of an ECDSA signature: twice those of the curve, never fewer (RFC 7518 section 3.4). */
    static int ecLength(Algorithm algorithm) {
        return 2 * ((algorithm.bits() + 7) / 8);
    }
}
