package dev.latchkey.benchmarks;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Keys of RS256 and ES256 as PEM, by the JDK alone. */
public final class Pem {

    private Pem() {}

    /** Writes a key. */
    static String of(Key key) {
        String label = key instanceof PrivateKey ? "PRIVATE KEY" : "PUBLIC KEY";
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    /** The JDK's name of a signature algorithm. */
    public static String jcaName(String algorithm) {
        return algorithm.equals("RS256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format";
    }

    /** Reads a public key. */
    public static PublicKey publicKey(String algorithm, String pem) throws GeneralSecurityException {
        return factory(algorithm).generatePublic(new X509EncodedKeySpec(der(pem)));
    }

    /** Reads a private key. */
    public static PrivateKey privateKey(String algorithm, String pem) throws GeneralSecurityException {
        return factory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der(pem)));
    }

    private static KeyFactory factory(String algorithm) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm.equals("RS256") ? "RSA" : "EC");
    }

    private static byte[] der(String pem) {
        return Base64.getDecoder().decode(pem.replaceAll("-----[A-Z ]+-----|\\s", ""));
    }
}
