package dev.latchkey.testing;

import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;

/** EC keys as members of a JWK (RFC 7518 section 6.2), without braces. */
public final class Jwks {

    private Jwks() {}

    public static String ecMembers(KeyPair pair) {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        int bits = key.getParams().getCurve().getField().getFieldSize();
        return ecMembers(
                "P-" + bits,
                Forgery.fixed(key.getW().getAffineX(), (bits + 7) / 8),
                Forgery.fixed(key.getW().getAffineY(), (bits + 7) / 8));
    }

    public static String ecMembers(String curve, byte[] x, byte[] y) {
        return "\"kty\":\"EC\",\"crv\":\"" + curve + "\",\"x\":\"" + TestKeys.base64url(x) + "\",\"y\":\""
                + TestKeys.base64url(y) + "\"";
    }

    /** The members of an Ed25519 JWK (RFC 8037 section 2). */
    public static String edMembers(byte[] x) {
        return "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + TestKeys.base64url(x) + "\"";
    }

    public static String ecPrivateMembers(KeyPair pair) {
        ECPrivateKey key = (ECPrivateKey) pair.getPrivate();
        int bits = key.getParams().getCurve().getField().getFieldSize();
        return ecMembers(pair) + ",\"d\":\""
                + LeakGuard.secret(TestKeys.base64url(Forgery.fixed(key.getS(), (bits + 7) / 8))) + "\"";
    }
}
