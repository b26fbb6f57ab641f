package dev.latchkey.provisioning;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of a customer's keys, newest first.
 *
 * @param keys their records, with the status that they have now
 * @param cursor what the next page is asked for with; null where there is none
 */
public record KeyPage(List<KeyRecord> keys, @Nullable String cursor) {

    /** Copies the records. */
    public KeyPage {
        keys = List.copyOf(keys);
    }
}
