package dev.latchkey.keys;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one key in PEM armour (RFC 7468): PKCS#8 and PKCS#1 private keys, SubjectPublicKeyInfo and PKCS#1 public keys,
 * X.509 certificates. Line breaks may be real or written as {@code \n}, as environment variables hold them.
 */
final class PemReader {

    private static final byte[] RSA_ALGORITHM = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    private static final List<String> KEY_TYPES = List.of("RSA", "EC", Ed25519.NAME);

    private PemReader() {}

    static boolean looksLikePem(String text) {
        return text.contains("-----BEGIN") || text.startsWith("-----");
    }

    /**
     * Reads the one key in the text.
     *
     * @throws InvalidKeyMaterialException if the text is anything but exactly one PEM block with a usable key
     */
    static KeyEntry read(String text) {
        PemBlock block =
                PemBlock.of(text.replace("\\r", "").replace("\\n", "\n").strip());
        if (block == null) {
            throw new InvalidKeyMaterialException("the PEM text must be exactly one block, from -----BEGIN ...-----"
                    + " to -----END ...-----, with base64 between (RFC 7468)" + PemAdvice.on(text));
        }
        byte[] der;
        try {
            der = block.der();
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyMaterialException("the PEM text is not base64 between its BEGIN and END lines");
        }
        return entry(block.label(), der);
    }

    private static KeyEntry entry(String label, byte[] der) {
        return switch (label) {
            case "PRIVATE KEY" -> privateEntry(privateKey(der), der);
            case "RSA PRIVATE KEY" ->
                privateEntry(privateKey(sequence(concat(VERSION_0, RSA_ALGORITHM, tagged(0x04, der)))), der);
            case "PUBLIC KEY" -> publicEntry(publicKey(der));
            case "RSA PUBLIC KEY" ->
                publicEntry(publicKey(sequence(concat(RSA_ALGORITHM, tagged(0x03, concat(new byte[1], der))))));
            case "CERTIFICATE" -> publicEntry(certified(der));
            case "ENCRYPTED PRIVATE KEY" ->
                throw new InvalidKeyMaterialException(
                        "the private key is encrypted." + " Decrypt it with: openssl pkcs8 -in key.pem -out plain.pem");
            case "EC PRIVATE KEY" -> sec1(der);
            case "OPENSSH PRIVATE KEY" ->
                throw new InvalidKeyMaterialException(
                        "is a key in OpenSSH's form. Convert a copy of it with: ssh-keygen -p -N '' -m pkcs8 -f key");
            default ->
                throw new InvalidKeyMaterialException("a PEM block of this kind is not a key: got " + label
                        + ", needed PRIVATE KEY, RSA PRIVATE KEY, PUBLIC KEY, RSA PUBLIC KEY or CERTIFICATE");
        };
    }

    private static KeyEntry privateEntry(PrivateKey key, byte[] der) {
        return new KeyEntry(null, null, null, publicHalf(key, der), key);
    }

    private static KeyEntry sec1(byte[] der) {
        try {
            byte[] pkcs8 = EcPrivateText.ofSec1(der).pkcs8();
            return privateEntry(privateKey(pkcs8), pkcs8);
        } catch (GeneralSecurityException e) {
            throw unreadable("private key");
        }
    }

    private static KeyEntry publicEntry(PublicKey key) {
        return new KeyEntry(null, null, null, key, null);
    }

    private static @Nullable PublicKey publicHalf(PrivateKey key, byte[] der) {
        try {
            if (key instanceof RSAPrivateCrtKey rsa) {
                BigInteger modulus = rsa.getModulus();
                return KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(modulus, rsa.getPublicExponent()));
            }
            PublicKey half = Ed25519.isKey(key) ? Ed25519.publicHalf(key) : ecPublicHalf(der);
            if (half != null && !belongTogether(key, half)) {
                throw new InvalidKeyMaterialException("the PEM block holds a public key that is not the private key's");
            }
            return half;
        } catch (GeneralSecurityException e) {
            throw unreadable("private key");
        }
    }

    private static boolean belongTogether(PrivateKey whole, PublicKey half) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(Ed25519.isKey(whole) ? Ed25519.NAME : "SHA256withECDSA");
        signature.initSign(whole);
        signature.update(VERSION_0);
        byte[] signed = signature.sign();
        signature.initVerify(half);
        signature.update(VERSION_0);
        return signature.verify(signed);
    }

    private static @Nullable PublicKey ecPublicHalf(byte[] pkcs8) throws GeneralSecurityException {
        return EcPrivateText.ofPkcs8(pkcs8).publicHalf();
    }

    private static PrivateKey privateKey(byte[] pkcs8) {
        for (String type : KEY_TYPES) {
            try {
                return KeyFactory.getInstance(type).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException | RuntimeException e) {
                // It is of another type.
            }
        }
        throw unreadable("private key");
    }

    private static PublicKey publicKey(byte[] spki) {
        for (String type : KEY_TYPES) {
            try {
                return KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(spki));
            } catch (GeneralSecurityException | RuntimeException e) {
                // It is of another type.
            }
        }
        throw unreadable("public key");
    }

    private static PublicKey certified(byte[] certificate) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate))
                    .getPublicKey();
        } catch (GeneralSecurityException e) {
            throw unreadable("certificate");
        }
    }

    private static InvalidKeyMaterialException unreadable(String what) {
        return new InvalidKeyMaterialException(
                "the PEM block does not hold an RSA, EC or Ed25519 " + what + " that can be read");
    }

    private static byte[] sequence(byte[] content) {
        return tagged(0x30, content);
    }

    /** One DER value (X.690 section 8.1) of 256 bytes to 64 KiB, which every part of a strong RSA key has. */
    private static byte[] tagged(int tag, byte[] content) {
        int length = content.length;
        return concat(new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length}, content);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
