package dev.latchkey.keys;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Base64url without padding (RFC 7515 section 2), of which only the one canonical spelling of bytes is taken. */
public final class Base64Url {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private Base64Url() {}

    /** The bytes; null where the text is not the canonical spelling of any. */
    public static byte @Nullable [] decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return hasNoPadding(text, bytes) && endsCanonically(text, bytes) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** That one spelling of bytes. */
    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static boolean hasNoPadding(String text, byte[] bytes) {
        return text.length() == (bytes.length * 8 + 5) / 6;
    }

    /** Whether the last character has zeros for the bits that belong to no byte (RFC 4648 section 3.5). */
    private static boolean endsCanonically(String text, byte[] bytes) {
        int unused = text.length() * 6 - bytes.length * 8;
        if (unused == 0) {
            return true;
        }
        int bits = bytes[bytes.length - 1] & ((1 << (6 - unused)) - 1);
        return text.charAt(text.length() - 1) == ALPHABET.charAt(bits << unused);
    }
}
