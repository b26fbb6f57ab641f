package dev.latchkey.gateways;

import dev.latchkey.provisioning.KeyPage;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.ProvisioningException;
import dev.latchkey.provisioning.ProvisioningException.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of a customer's keys, newest first. A cursor is the id of the key before, of this customer. */
final class Pages {

    private static final Comparator<KeyRecord> NEWEST_FIRST = Comparator.comparing(KeyRecord::createdAt)
            .thenComparing(KeyRecord::keyId)
            .reversed();

    private Pages() {}

    static KeyPage of(List<KeyRecord> keys, int limit, @Nullable String cursor) {
        List<KeyRecord> sorted = new ArrayList<>(keys);
        sorted.sort(NEWEST_FIRST);
        int from = 0;
        if (cursor != null) {
            while (from < sorted.size() && !sorted.get(from).keyId().equals(cursor)) {
                from++;
            }
            if (from == sorted.size()) {
                throw new ProvisioningException(
                        Kind.INVALID, "cursor is not one of this customer's list. Start without it");
            }
            from++;
        }
        int to = Math.min(sorted.size(), from + limit);
        String next = to < sorted.size() ? sorted.get(to - 1).keyId() : null;
        return new KeyPage(sorted.subList(from, to), next);
    }
}
