package dev.latchkey.rotatekeys;

import dev.latchkey.config.RotationSettings;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.SigningKey;
import dev.latchkey.keys.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Proves that a ring is good: what signs with it makes a token that what verifies with it takes. */
final class RingProof {

    private RingProof() {}

    /**
     * Signs a token and verifies it, as issue-key and the authorizer would.
     *
     * @throws InvalidKeyMaterialException if that does not go well
     */
    static void check(String ring, RotationSettings settings) {
        KeyRing read = KeyRing.read(ring);
        SigningKey signing = read.signingKey(settings.algorithm(), settings.kid());
        String token =
                signing.sign(new JsonObjectBuilder().put("sub", "rotation").build());
        KeySet doors = read.keySetBeside(settings.algorithm(), settings.kid());
        Optional<VerificationKey> key = doors.find(signing.kid().orElse(null));
        int end = token.lastIndexOf('.');
        if (key.isEmpty()
                || key.get().algorithm() != signing.algorithm()
                || !key.get()
                        .verifies(
                                token.substring(0, end).getBytes(StandardCharsets.US_ASCII),
                                Base64.getUrlDecoder().decode(token.substring(end + 1)))) {
            throw new InvalidKeyMaterialException(
                    "the pending key ring does not verify what its " + signing + " signs. Cancel the rotation");
        }
    }
}
