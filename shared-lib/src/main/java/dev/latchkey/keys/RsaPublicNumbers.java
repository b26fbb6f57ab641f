package dev.latchkey.keys;

import java.io.Serial;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import org.jspecify.annotations.Nullable;

/** The two numbers of an RSA public key, of which the JDK makes a key of its own. */
record RsaPublicNumbers(BigInteger modulus, BigInteger exponent) implements RSAPublicKey {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * The key. A key specification would give the same, but the JDK tells specifications apart by code that it makes at
     * run time, for 5 ms.
     *
     * @throws GeneralSecurityException if the numbers are none of a key
     */
    PublicKey key() throws GeneralSecurityException {
        return (PublicKey) KeyFactory.getInstance(getAlgorithm()).translateKey(this);
    }

    @Override
    public BigInteger getModulus() {
        return modulus;
    }

    @Override
    public BigInteger getPublicExponent() {
        return exponent;
    }

    @Override
    public String getAlgorithm() {
        return "RSA";
    }

    @Override
    public @Nullable String getFormat() {
        return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
        return null;
    }
}
