package dev.latchkey.keys;

import dev.latchkey.json.JsonValue.JsonObject;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.InvalidKeySpecException;
import javax.crypto.spec.SecretKeySpec;

/** The public key, or the secret, that a JWK holds (RFC 7518 section 6, RFC 8037 section 2). */
final class PublicJwk {

    private PublicJwk() {}

    /**
     * The key.
     *
     * @throws GeneralSecurityException if a member is missing or malformed, or the key is none of its kind
     * @throws InvalidKeyMaterialException if keys of that kind are not supported
     */
    static Key read(JsonObject jwk, String place) throws GeneralSecurityException {
        String type = jwk.string("kty").orElse("");
        String curve = jwk.string("crv").orElse("");
        return switch (type) {
            case "RSA" -> rsa(number(jwk, "n"), number(jwk, "e"));
            case "oct" -> new SecretKeySpec(bytes(jwk, "k"), "HMAC");
            case "EC" -> ec(jcaCurve(curve, place), number(jwk, "x"), number(jwk, "y"));
            case "OKP" -> {
                if (!curve.equals(Ed25519.NAME)) {
                    throw unsupported(place);
                }
                yield Ed25519.publicKey(bytes(jwk, "x"));
            }
            default -> throw unsupported(place);
        };
    }

    /** Tells whether a JWK shows nothing of a key itself, so that it is for its certificate to do so. */
    static boolean hasNoMembers(JsonObject jwk) {
        return !jwk.has("n")
                && !jwk.has("e")
                && !jwk.has("x")
                && !jwk.has("y")
                && !jwk.has("k")
                && !PrivateJwk.isIn(jwk);
    }

    private static InvalidKeyMaterialException unsupported(String place) {
        return new InvalidKeyMaterialException(
                place + " has a kty or crv that is not supported. Supported: RSA, EC, oct and OKP with Ed25519");
    }

    private static PublicKey rsa(BigInteger modulus, BigInteger exponent) throws GeneralSecurityException {
        return new RsaPublicNumbers(modulus, exponent).key();
    }

    private static String jcaCurve(String curve, String place) {
        return switch (curve) {
            case "P-256" -> "secp256r1";
            case "P-384" -> "secp384r1";
            case "P-521" -> "secp521r1";
            default -> throw unsupported(place);
        };
    }

    /** The JDK takes points that are not on the curve, with which a private key can be found out. */
    private static PublicKey ec(String curve, BigInteger x, BigInteger y) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
        if (!isOn(spec.getCurve(), x, y)) {
            throw new InvalidKeySpecException("a point that is not on " + curve);
        }
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), spec));
    }

    /** Whether y² = x³ + ax + b, modulo the field's prime (SEC 1 section 2.2.1). All these curves have the cofactor 1. */
    private static boolean isOn(EllipticCurve curve, BigInteger x, BigInteger y) {
        BigInteger prime = ((ECFieldFp) curve.getField()).getP();
        BigInteger right = x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB());
        return x.compareTo(prime) < 0
                && y.compareTo(prime) < 0
                && y.multiply(y).subtract(right).mod(prime).signum() == 0;
    }

    private static BigInteger number(JsonObject jwk, String member) throws InvalidKeySpecException {
        return new BigInteger(1, bytes(jwk, member));
    }

    private static byte[] bytes(JsonObject jwk, String member) throws InvalidKeySpecException {
        byte[] bytes = Base64Url.decode(jwk.string(member).orElse(""));
        if (bytes == null || bytes.length == 0) {
            throw new InvalidKeySpecException("no usable member " + member);
        }
        return bytes;
    }
}
