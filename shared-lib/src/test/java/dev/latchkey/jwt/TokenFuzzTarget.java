package dev.latchkey.jwt;

import dev.latchkey.testing.Door;
import dev.latchkey.testing.Macs;
import dev.latchkey.testing.TestKeys;
import java.nio.charset.StandardCharsets;

/**
 * Any text has a verdict. An input that begins with {@code !} is a header, a line break and claims, which are signed
 * well, so that what lies behind the signature is reached, too.
 */
public final class TokenFuzzTarget {

    private static final TokenVerifier VERIFIER = Door.hs256().verifier();

    private TokenFuzzTarget() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("!")) {
            VERIFIER.verify(text);
            return;
        }
        int line = Math.max(1, text.indexOf('\n'));
        String token = base64url(text.substring(1, line)) + "."
                + base64url(text.substring(line).strip());
        byte[] tag = Macs.hs256(TestKeys.SECRET, token.getBytes(StandardCharsets.US_ASCII));
        VERIFIER.verify(token + "." + TestKeys.base64url(tag));
    }

    private static String base64url(String bytes) {
        return TestKeys.base64url(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }
}
