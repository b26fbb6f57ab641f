package dev.latchkey.provisioning;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to set name and metadata of a key. What is left out stays, whatever another request sets meanwhile.
 *
 * @param customerId whose key it is
 * @param keyId the key
 * @param name what its owner calls it from now on; empty for no name any more, null to leave it
 * @param metadata further texts by name from now on; null to leave them
 */
public record KeyDescription(
        String customerId,
        String keyId,
        @Nullable String name,
        @Nullable Map<String, String> metadata) {

    /** Copies the metadata. */
    public KeyDescription {
        metadata = metadata == null ? null : Map.copyOf(metadata);
    }
}
