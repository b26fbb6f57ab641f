package dev.latchkey.provisioning;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for an API key.
 *
 * @param customerId the customer's id at the billing provider
 * @param email the user's email
 * @param idempotencyKey the caller's name for the request, 1 to 255 printable ASCII characters; null where it has none
 * @param details name and metadata
 * @param scopes what the key may do; none for what every key may
 * @param plan the customer's plan; null for none
 * @param expiresIn how long the key is valid; null for the usual time
 * @param caller who asks: an IAM principal, or {@code invoke} for a direct invocation
 */
public record NewKey(
        String customerId,
        String email,
        @Nullable String idempotencyKey,
        KeyRecord.Details details,
        List<String> scopes,
        @Nullable String plan,
        @Nullable Duration expiresIn,
        String caller) {

    /** Copies the scopes. */
    public NewKey {
        scopes = List.copyOf(scopes);
    }

    /** Tells whether it asks for no more than a customer's key. */
    public boolean isPlain() {
        return details.equals(KeyRecord.Details.none()) && scopes.isEmpty() && plan == null && expiresIn == null;
    }
}
