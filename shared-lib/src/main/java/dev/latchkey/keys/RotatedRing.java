package dev.latchkey.keys;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key ring after its keys have moved, and what became of them. {@code toString()} names the keys only.
 *
 * @param text the ring, for the secret. It is a secret
 * @param active the name of the key that signs
 * @param next the names of the keys that are published and do not sign yet
 * @param previous the names of the keys that only verify
 * @param gone the names of the keys that are no longer in it
 */
public record RotatedRing(String text, String active, List<String> next, List<String> previous, List<String> gone) {

    /** The name of a secret that has no key id. A key's name is its key id, else its RFC 7638 thumbprint. */
    public static final String WITHOUT_KID = "without-kid";

    /** Of the year 9999: no time in a ring is later. */
    static final long LAST_SECOND = 253_402_300_799L;

    /** Copies the names. */
    public RotatedRing {
        next = List.copyOf(next);
        previous = List.copyOf(previous);
        gone = List.copyOf(gone);
    }

    static RotatedRing of(StoredRing before, StoredRing after) {
        List<String> left = names(after, null);
        return new RotatedRing(
                after.text(),
                names(after, KeyStatus.ACTIVE).get(0),
                names(after, KeyStatus.NEXT),
                names(after, KeyStatus.PREVIOUS),
                names(before, null).stream()
                        .filter(name -> !left.contains(name))
                        .toList());
    }

    private static List<String> names(StoredRing ring, @Nullable KeyStatus status) {
        return ring.keys().stream()
                .filter(key -> status == null ? key.entry() != null : key.is(status))
                .map(StoredKey::name)
                .distinct()
                .toList();
    }

    @Override
    public String toString() {
        return "key ring, active " + active + ", next " + next + ", previous " + previous;
    }
}
