package dev.latchkey.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.util.Set;

/** Signs with a key that is kept elsewhere, by one algorithm. Thread-safe. */
final class ManagedSigner implements JWSSigner {

    private final ManagedKey key;
    private final Algorithm algorithm;
    private final JCAContext context = new JCAContext();

    ManagedSigner(ManagedKey key, Algorithm algorithm) {
        this.key = key;
        this.algorithm = algorithm;
    }

    @Override
    public Base64URL sign(JWSHeader header, byte[] input) {
        byte[] signature = key.sign(algorithm, input);
        return Base64URL.encode(algorithm.family() == Algorithm.Family.EC ? concatenated(signature) : signature);
    }

    /** As JWS has it: r and s, one after the other (RFC 7518 section 3.4). */
    private byte[] concatenated(byte[] signature) {
        try {
            return ECDSA.transcodeSignatureToConcat(signature, SignatureParameters.curveLength(algorithm));
        } catch (JOSEException e) {
            throw new KeysUnavailableException("the key's keeper answered with no signature of " + algorithm, e);
        }
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
        return Set.of(JWSAlgorithm.parse(algorithm.name()));
    }

    @Override
    public JCAContext getJCAContext() {
        return context;
    }
}
