package dev.latchkey.keys;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a key set from the network tells of one of its keys besides the key.
 *
 * @param certificates thumbprints of its certificate, {@code x5t} and {@code x5t#S256} (RFC 7517 section 4.8)
 * @param issuers the issuers that it is for, of which Microsoft Entra's keys name one; empty for every one
 */
record Published(List<String> certificates, List<String> issuers) {

    /** Tells nothing. */
    static final Published NOTHING = new Published(List.of(), List.of());

    /** Copies the lists. */
    Published {
        certificates = List.copyOf(certificates);
        issuers = List.copyOf(issuers);
    }

    /** What two entries for one key tell together. */
    Published and(Published other) {
        return new Published(both(certificates, other.certificates), both(issuers, other.issuers));
    }

    private static List<String> both(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }
}
