package dev.latchkey.jwt;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Base64url without padding (RFC 7515 section 2), of which only the one canonical spelling of bytes is taken. */
final class Base64Url {

    private Base64Url() {}

    /** The bytes; null where the text is not the canonical spelling of any. */
    static byte @Nullable [] decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
