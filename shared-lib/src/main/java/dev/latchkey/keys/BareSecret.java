package dev.latchkey.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * Reads a bare secret, and refuses a key in some other spelling: a public key that is taken for an HMAC secret lets
 * everybody sign (RFC 8725 section 2.1).
 */
final class BareSecret {

    private static final int MAX_LENGTH = 256;
    private static final Pattern ARMOUR = Pattern.compile("(?i)(BEGIN|END)[ A-Z0-9]*(KEY|CERTIFICATE)");
    private static final Pattern MARKUP = Pattern.compile("\\{.*kty|<[A-Za-z?/!]");
    private static final Pattern SSH =
            Pattern.compile("ssh-(rsa|ed25519|dss)|ecdsa-sha2-|AAAAB3Nza|AAAAE2Vj|AAAAC3Nz|AAAAGnNr|AAAAInNr");
    private static final Pattern PLACE = Pattern.compile(
            "(?i)^(https?|file|data|arn|urn|sha1|sha256|md5|s3|ssm|secretsmanager|env):|^(~|\\.{0,2})/\\S*\\.[a-z]{2,5}$");

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
        if (ARMOUR.matcher(text).find()) {
            throw new InvalidKeyMaterialException(
                    "looks like PEM, but its -----BEGIN and -----END lines are not whole (RFC 7468)");
        }
        if (MARKUP.matcher(text).find()) {
            throw new InvalidKeyMaterialException(
                    "looks like a JWK or XML with something before it. Set it to the JSON alone (RFC 7517)");
        }
        if (SSH.matcher(text).find()) {
            throw new InvalidKeyMaterialException(
                    "looks like an SSH key. Convert it with: ssh-keygen -e -m pkcs8 -f key.pub");
        }
        if (PLACE.matcher(text).find()) {
            throw new InvalidKeyMaterialException(
                    "looks like the name of a place, a URL, an ARN or a file, that holds a"
                            + " key. Set it to the key, or the setting for that place");
        }
        checkEncoded(text);
        for (String word : text.split("[\\s,;]+", -1)) {
            checkEncoded(word);
        }
        if (text.length() > MAX_LENGTH || text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidKeyMaterialException("is neither a key that can be read nor a secret, which has at most "
                    + MAX_LENGTH + " characters in one line");
        }
        return KeyEntry.ofSecret(new SecretKeySpec(text.getBytes(UTF_8), "HMAC"));
    }

    private static void checkEncoded(String word) {
        byte[] decoded = decoded(word);
        if (isDer(decoded) || isDer(fromHex(word))) {
            throw new InvalidKeyMaterialException(
                    "looks like a PEM key without its -----BEGIN and -----END lines. Add them (RFC 7468)");
        }
        if (isKeyText(decoded)) {
            throw new InvalidKeyMaterialException(
                    "looks like PEM or JSON in base64, or a token. Set it to the decoded key");
        }
    }

    private static byte[] fromHex(String word) {
        String digits = word.replace(":", "");
        return digits.length() % 2 == 0 && digits.matches("[0-9A-Fa-f]+")
                ? HexFormat.of().parseHex(digits)
                : new byte[0];
    }

    /** The text, up to its first dot, decoded from either base64 alphabet; nothing where it is not base64. */
    private static byte[] decoded(String text) {
        String base64 = text.replace("\\n", "\n").replace('-', '+').replace('_', '/');
        try {
            return Base64.getMimeDecoder().decode(base64.split("\\.", 2)[0]);
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
