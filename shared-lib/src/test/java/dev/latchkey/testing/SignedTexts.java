package dev.latchkey.testing;

import dev.latchkey.keys.KeySet;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Looks at compact JWSs without reading them. */
public final class SignedTexts {

    private SignedTexts() {}

    /** Tells whether one of the keys signed it. */
    public static boolean isSignedBy(KeySet keys, String text) {
        int end = text.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(text.substring(end + 1));
        byte[] signed = text.substring(0, end).getBytes(StandardCharsets.US_ASCII);
        return keys.keys().stream().anyMatch(key -> key.verifies(signed, signature));
    }
}
