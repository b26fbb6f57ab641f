package dev.latchkey.keys;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/**
 * Keys on the curve Ed25519 (RFC 8032) between their 32 bytes, as a JWK holds them (RFC 8037 section 2), and the JDK.
 *
 * <p>The 32 bytes stand at the end of the key's ASN.1 encoding (RFC 8410 sections 4 and 7), sign bit and byte order
 * unchanged.
 */
final class Ed25519 {

    static final String NAME = "Ed25519";

    private static final int LENGTH = 32;
    private static final byte[] PUBLIC = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] PRIVATE = HexFormat.of().parseHex("302e020100300506032b657004220420");

    /** The y coordinates of the points of small order, with which a signature can be good for every message. */
    private static final Set<String> SMALL_ORDER = Set.of(
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

    private Ed25519() {}

    static boolean isKey(Key key) {
        return key instanceof EdECKey ed && ed.getParams().getName().equals(NAME);
    }

    static PublicKey publicKey(byte[] x) throws GeneralSecurityException {
        return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(joined(PUBLIC, x)));
    }

    static PrivateKey privateKey(byte[] d) throws GeneralSecurityException {
        return KeyFactory.getInstance(NAME).generatePrivate(new PKCS8EncodedKeySpec(joined(PRIVATE, d)));
    }

    static KeyPair newPair() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(NAME).generateKeyPair();
    }

    /** The public half of a private key: the JDK makes a pair of the 32 bytes that it draws (RFC 8032 section 5.1.5). */
    static PublicKey publicHalf(PrivateKey key) throws GeneralSecurityException {
        byte[] seed = bytes(key);
        KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME);
        generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] drawn) {
                System.arraycopy(seed, 0, drawn, 0, drawn.length);
            }
        });
        KeyPair pair = generator.generateKeyPair();
        if (!MessageDigest.isEqual(bytes(pair.getPrivate()), seed)) {
            throw new InvalidKeyException("this Java runtime draws its keys in another way");
        }
        return pair.getPublic();
    }

    /** The 32 bytes of a public or private key of the JDK. */
    static byte[] bytes(Key key) {
        if (key instanceof EdECPrivateKey secret) {
            return secret.getBytes().orElseThrow(() -> new IllegalArgumentException("a key that does not show itself"));
        }
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length);
    }

    /**
     * Checks that a public key is a point of the curve, and not one of small order.
     *
     * @throws InvalidKeyMaterialException if it is not
     */
    static void check(PublicKey key) {
        byte[] y = bytes(key);
        y[LENGTH - 1] &= 0x7f;
        if (SMALL_ORDER.contains(HexFormat.of().formatHex(y))) {
            throw new InvalidKeyMaterialException("is an Ed25519 point of small order, which no key has");
        }
        try {
            Signature.getInstance(NAME).initVerify(key);
        } catch (InvalidKeyException e) {
            throw new InvalidKeyMaterialException("is not a point of Ed25519 (RFC 8032 section 5.1.3)");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime does not offer " + NAME, e);
        }
    }

    private static byte[] joined(byte[] prefix, byte[] key) throws InvalidKeyException {
        if (key.length != LENGTH) {
            throw new InvalidKeyException("a key of " + key.length + " bytes");
        }
        byte[] all = Arrays.copyOf(prefix, prefix.length + LENGTH);
        System.arraycopy(key, 0, all, prefix.length, LENGTH);
        return all;
    }
}
