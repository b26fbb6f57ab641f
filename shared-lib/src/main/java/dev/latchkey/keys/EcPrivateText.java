package dev.latchkey.keys;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The DER of an EC private key (SEC 1 section C.4, RFC 5915), alone as {@code openssl ecparam -genkey} writes it, or in PKCS#8
 * (RFC 5958), as {@code openssl genpkey} does.
 */
final class EcPrivateText {

    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int CURVE = 0xa0;
    private static final int POINT = 0xa1;

    /** The object identifier of the curve, as DER. */
    private final byte[] curve;

    /** The private key in SEC 1's form, as DER. */
    private final byte[] key;

    /** The public half, a bit string as DER; null where the text has none. */
    private final byte @Nullable [] point;

    private EcPrivateText(byte[] curve, byte[] key, byte @Nullable [] point) {
        this.curve = curve;
        this.key = key;
        this.point = point;
    }

    /**
     * Reads SEC 1's form, which names its curve.
     *
     * @throws GeneralSecurityException if it is none
     */
    static EcPrivateText ofSec1(byte[] der) throws GeneralSecurityException {
        return of(der, null);
    }

    /**
     * Reads PKCS#8's form.
     *
     * @throws GeneralSecurityException if it is none of an EC key
     */
    static EcPrivateText ofPkcs8(byte[] der) throws GeneralSecurityException {
        Reader pkcs8 = new Reader(new Reader(der).content(SEQUENCE));
        pkcs8.next();
        Reader algorithm = new Reader(pkcs8.content(SEQUENCE));
        if (!MessageDigest.isEqual(algorithm.next(), EC)) {
            throw new InvalidKeySpecException("not an EC key");
        }
        return of(pkcs8.content(OCTETS), algorithm.next());
    }

    private static EcPrivateText of(byte[] der, byte @Nullable [] outerCurve) throws GeneralSecurityException {
        Reader key = new Reader(new Reader(der).content(SEQUENCE));
        key.next();
        key.content(OCTETS);
        byte[] curve = outerCurve;
        byte[] point = null;
        while (key.hasNext()) {
            int tag = key.tag();
            byte[] content = key.content(tag);
            curve = tag == CURVE ? content : curve;
            point = tag == POINT ? content : point;
        }
        if (curve == null) {
            throw new InvalidKeySpecException("names no curve");
        }
        return new EcPrivateText(curve, der, point);
    }

    byte[] pkcs8() {
        return value(SEQUENCE, joined(VERSION_0, value(SEQUENCE, joined(EC, curve)), value(OCTETS, key)));
    }

    /** The public half; null where the text has none. */
    @Nullable
    PublicKey publicHalf() throws GeneralSecurityException {
        byte[] bits = point;
        return bits == null
                ? null
                : KeyFactory.getInstance("EC")
                        .generatePublic(new X509EncodedKeySpec(value(
                                SEQUENCE, joined(value(SEQUENCE, joined(EC, curve)), bits))));
    }

    private static byte[] value(int tag, byte[] content) {
        int length = content.length;
        byte[] head = length < 128
                ? new byte[] {(byte) tag, (byte) length}
                : length < 256
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return joined(head, content);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Reads DER values one behind the other (X.690 section 8.1), of up to 64 KiB. */
    private static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean hasNext() {
            return at < bytes.length;
        }

        int tag() {
            return bytes[at] & 0xff;
        }

        /** The next value with its tag and length. */
        byte[] next() throws InvalidKeySpecException {
            int start = at;
            if (at + 2 > bytes.length) {
                throw new InvalidKeySpecException("ends early");
            }
            int length = bytes[at + 1] & 0xff;
            int head = 2;
            if (length > 0x82 || length == 0x80) {
                throw new InvalidKeySpecException("a length that is not DER's");
            }
            if (length > 0x80) {
                int more = length - 0x80;
                head += more;
                length = 0;
                for (int i = 0; i < more && at + 2 + i < bytes.length; i++) {
                    length = (length << 8) | (bytes[at + 2 + i] & 0xff);
                }
            }
            at = start + head + length;
            if (at > bytes.length) {
                throw new InvalidKeySpecException("ends early");
            }
            return Arrays.copyOfRange(bytes, start, at);
        }

        /** What the next value holds, if it has that tag. */
        byte[] content(int tag) throws InvalidKeySpecException {
            if (!hasNext() || tag() != tag) {
                throw new InvalidKeySpecException("not the value that was expected");
            }
            byte[] value = next();
            int length = value[1] & 0xff;
            return Arrays.copyOfRange(value, length > 0x80 ? 2 + length - 0x80 : 2, value.length);
        }
    }
}
