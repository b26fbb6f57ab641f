package dev.latchkey.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;

/** Signatures that an honest library does not make: of other parameters, or with a fault in the padding. */
public final class Forgery {

    private Forgery() {}

    /** A token with an RSASSA-PSS signature of any parameters. */
    public static String pss(TestTokens token, KeyPair rsa, String hash, String maskHash, int saltLength) {
        try {
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec(
                    hash, "MGF1", new MGF1ParameterSpec(maskHash), saltLength, PSSParameterSpec.TRAILER_FIELD_BC));
            signature.initSign(rsa.getPrivate());
            signature.update(token.signingInput().getBytes(US_ASCII));
            return TestTokens.signed(token.signingInput(), signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The encoded message in an RSA signature: what was padded and signed. */
    public static byte[] opened(byte[] signature, KeyPair rsa) {
        RSAPublicKey key = (RSAPublicKey) rsa.getPublic();
        return fixed(new BigInteger(1, signature).modPow(key.getPublicExponent(), key.getModulus()), signature.length);
    }

    /** The RSA signature over an encoded message, whatever it holds. */
    public static byte[] closed(byte[] encodedMessage, KeyPair rsa) {
        RSAPrivateKey key = (RSAPrivateKey) rsa.getPrivate();
        return fixed(
                new BigInteger(1, encodedMessage).modPow(key.getPrivateExponent(), key.getModulus()),
                encodedMessage.length);
    }

    /** A number in that many bytes, big end first. */
    public static byte[] fixed(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int from = Math.max(0, bytes.length - length);
        System.arraycopy(bytes, from, fixed, length - (bytes.length - from), bytes.length - from);
        return fixed;
    }

    /** Byte strings one after the other. */
    public static byte[] joined(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] all = new byte[length];
        int position = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, position, part.length);
            position += part.length;
        }
        return all;
    }

    public static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
