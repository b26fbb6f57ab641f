package dev.latchkey.jwt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/**
 * Reads a bare secret, and refuses a key in some other spelling: a public key that is taken for an HMAC secret lets
 * everybody sign (RFC 8725 section 2.1).
 */
final class BareSecret {

    private static final List<String> SSH = List.of("ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-");

    private BareSecret() {}

    /**
     * The UTF-8 bytes of the text, as a secret.
     *
     * @throws InvalidKeyMaterialException if the text is rather a key in a spelling that is not read
     */
    static KeyEntry read(String text) {
        if (text.startsWith("\ufeff")) {
            throw new InvalidKeyMaterialException("looks like a text with a byte order mark. Remove the mark");
        }
        if (text.contains("{") && text.contains("kty")) {
            throw new InvalidKeyMaterialException(
                    "looks like a JWK with something before it. Set it to the JSON alone (RFC 7517)");
        }
        if (SSH.stream().anyMatch(text::startsWith)) {
            throw new InvalidKeyMaterialException(
                    "looks like an SSH key. Convert it with: ssh-keygen -e -m pkcs8 -f key.pub");
        }
        byte[] decoded = decoded(text);
        if (isDer(decoded)) {
            throw new InvalidKeyMaterialException(
                    "looks like a PEM key without its -----BEGIN and -----END lines. Add them (RFC 7468)");
        }
        if (isKeyText(decoded)) {
            throw new InvalidKeyMaterialException(
                    "looks like PEM or JSON in base64, or a token. Set it to the decoded key");
        }
        return KeyEntry.ofSecret(new SecretKeySpec(text.getBytes(UTF_8), "HMAC"));
    }

    /** The text, up to its first dot, decoded from either base64 alphabet; nothing where it is not base64. */
    private static byte[] decoded(String text) {
        String base64 = text.replace("\\n", "\n").replace('-', '+').replace('_', '/');
        int dot = base64.indexOf('.');
        try {
            return Base64.getMimeDecoder().decode(dot < 0 ? base64 : base64.substring(0, dot));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** Tells whether bytes are one DER sequence (X.690 section 8.1) that begins like a key: with a sequence or integer. */
    private static boolean isDer(byte[] bytes) {
        if (bytes.length < 40 || bytes[0] != 0x30) {
            return false;
        }
        int lengthBytes = bytes[1] < 0 ? bytes[1] & 0x7f : 0;
        if (lengthBytes > 2) {
            return false;
        }
        int length = lengthBytes == 0 ? bytes[1] : 0;
        for (int i = 0; i < lengthBytes; i++) {
            length = (length << 8) | (bytes[2 + i] & 0xff);
        }
        int start = 2 + lengthBytes;
        return length == bytes.length - start && (bytes[start] == 0x30 || bytes[start] == 0x02);
    }

    private static boolean isKeyText(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1).strip();
        return (text.startsWith("{") || PemReader.looksLikePem(text))
                && text.chars().allMatch(c -> (c >= 0x20 && c <= 0x7e) || c == '\n' || c == '\r' || c == '\t');
    }
}
