package dev.latchkey.testing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Real keys, made once in a test run, and their spellings. */
public final class TestKeys {

    /** A good HS256 secret. */
    public static final String SECRET = LeakGuard.secret("Zk3Vn8qW1xYb7RtLp0sMd5HgCe9UaJf2");

    /** Another good HS256 secret. */
    public static final String OTHER_SECRET = LeakGuard.secret("p0Qw9Er8Ty7Ui6Op5As4Df3Gh2Jk1Lz0");

    private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

    private TestKeys() {}

    /** An RSA key pair of 2048 bits; the same name gives the same pair. */
    public static KeyPair rsa(String name) {
        return rsa(name, 2048);
    }

    /** An RSA key pair; the same name gives the same pair. */
    public static KeyPair rsa(String name, int bits) {
        return PAIRS.computeIfAbsent(name + "-rsa-" + bits, unused -> generate("RSA", bits));
    }

    /** An EC key pair on P-256, P-384 or P-521; the same name gives the same pair. */
    public static KeyPair ec(String name, int bits) {
        return PAIRS.computeIfAbsent(name + "-ec-" + bits, unused -> generate("EC", bits));
    }

    /** An Ed25519 key pair; the same name gives the same pair. */
    public static KeyPair ed25519(String name) {
        return PAIRS.computeIfAbsent(name + "-ed25519", unused -> generate("Ed25519", 255));
    }

    private static KeyPair generate(String type, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            LeakGuard.secret(base64(pair.getPrivate().getEncoded()));
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key in PEM armour: PKCS#8 for a private key, SubjectPublicKeyInfo for a public one. */
    public static String pem(Key key) {
        return pem(key.getFormat().equals("PKCS#8") ? "PRIVATE KEY" : "PUBLIC KEY", key.getEncoded());
    }

    /** Bytes in PEM armour. */
    public static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    /** The members of an RSA public JWK without braces, to which more can be added. */
    public static String jwkMembers(KeyPair rsa) {
        RSAPublicKey key = (RSAPublicKey) rsa.getPublic();
        return "\"kty\":\"RSA\",\"n\":\"" + base64url(key.getModulus()) + "\",\"e\":\""
                + base64url(key.getPublicExponent()) + "\"";
    }

    /** The members of an RSA private JWK without braces. */
    public static String privateJwkMembers(KeyPair rsa) {
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) rsa.getPrivate();
        return jwkMembers(rsa) + ",\"d\":\"" + LeakGuard.secret(base64url(key.getPrivateExponent())) + "\",\"p\":\""
                + base64url(key.getPrimeP()) + "\",\"q\":\"" + base64url(key.getPrimeQ()) + "\",\"dp\":\""
                + base64url(key.getPrimeExponentP()) + "\",\"dq\":\"" + base64url(key.getPrimeExponentQ())
                + "\",\"qi\":\"" + base64url(key.getCrtCoefficient()) + "\"";
    }

    /** A JWK of a secret. */
    public static String jwkMembers(String secret) {
        return "\"kty\":\"oct\",\"k\":\"" + base64url(secret.getBytes(StandardCharsets.UTF_8)) + "\"";
    }

    /** Base64url without padding. */
    public static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String base64url(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return base64url(bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
