package dev.latchkey.keys;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A key's place in a key ring, the member {@code status} of its JWK. All of them verify; one signs. */
enum KeyStatus {
    /** Already published, not yet signing. */
    NEXT,
    /** The one that signs. */
    ACTIVE,
    /** No longer signing; verifies until its tokens have expired. */
    PREVIOUS;

    static Optional<KeyStatus> named(String name) {
        return Arrays.stream(values())
                .filter(status -> status.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }
}
