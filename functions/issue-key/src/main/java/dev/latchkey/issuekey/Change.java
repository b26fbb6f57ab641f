package dev.latchkey.issuekey;

import dev.latchkey.provisioning.ApiKey;
import org.jspecify.annotations.Nullable;

/** What a request changed, for the record of who did what. */
sealed interface Change {

    /** Whose it is. */
    String customerId();

    /** A user was provisioned. */
    record Provisioned(String customerId) implements Change {}

    /** A key was created, or given again. */
    record Created(String customerId, ApiKey key) implements Change {}

    /**
     * A key was changed.
     *
     * @param replaced the key whose place it took; null for none
     */
    record OfKey(String customerId, String keyId, @Nullable String replaced) implements Change {}

    /** All keys of a customer were ended. */
    record OfCustomer(String customerId) implements Change {}
}
