package dev.latchkey.testing;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.ManagedKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;

/**
 * A key pair as a service keeps it, for RS256 and ES256.
 *
 * @param pair both halves
 */
public record KeptKey(KeyPair pair) implements ManagedKey {

    @Override
    public PublicKey publicKey() {
        return pair.getPublic();
    }

    @Override
    public byte[] sign(Algorithm algorithm, byte[] message) {
        try {
            Signature signature = Signature.getInstance(
                    algorithm.family() == Algorithm.Family.EC ? "SHA256withECDSA" : "SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
