package dev.latchkey.provisioning;

import dev.latchkey.keys.RotatedRing;
import org.jspecify.annotations.Nullable;

/**
 * How many keys would end with a signing key, in a page of all records.
 *
 * @param keys those that it signed
 * @param unknown those whose records are older than that this was kept, so that it may have signed them
 * @param read how many items were read for that
 * @param cursor where the next page begins; null after the last one
 */
public record SignedKeys(
        long keys, long unknown, long read, @Nullable String cursor) {

    /** What a signing key is called in records: its key id, or {@code without-kid}. */
    public static String nameOf(@Nullable String kid) {
        return kid == null ? RotatedRing.WITHOUT_KID : kid;
    }
}
