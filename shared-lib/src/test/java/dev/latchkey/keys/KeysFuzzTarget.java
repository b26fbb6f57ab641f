package dev.latchkey.keys;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any text is a key ring or an {@link InvalidKeyMaterialException}, and so is what is asked of the ring. */
public final class KeysFuzzTarget {

    private KeysFuzzTarget() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            KeyRing ring = KeyRing.read(new String(input, StandardCharsets.UTF_8));
            ring.holdsPrivateKeys();
            ring.keySet(List.of(), null);
            ring.signingKey(null, null);
        } catch (InvalidKeyMaterialException refused) {
            // The other answer.
        }
    }
}
