package dev.latchkey.status;

import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who tells the status of an issuer's keys.
 *
 * @param bases where its lists may be
 * @param keys what it signs lists with, which is what it signs keys with
 */
public record StatusOrigin(List<StatusListBase> bases, KeySource<KeySet> keys) {

    /** Copies the bases. */
    public StatusOrigin {
        bases = List.copyOf(bases);
    }

    /** The base that an address lies under; null where it lies under none. */
    @Nullable
    StatusListBase baseOf(String uri) {
        for (StatusListBase base : bases) {
            if (base.covers(uri)) {
                return base;
            }
        }
        return null;
    }
}
