package dev.latchkey.gateways;

import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.NewKey;
import dev.latchkey.provisioning.RequestMemory.Remembered;
import dev.latchkey.provisioning.User;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What makes and keeps the keys. A key belongs to one customer, and every method answers for the keys of the customer that it
 * is asked about alone. Thread-safe.
 *
 * <p>Methods throw {@link GatewayException} where the gateway does not do its part.
 */
interface Gateway {

    /** The user of a customer; at a gateway without users what the customer is called. */
    default User user(String customerId, String email) {
        return new User(customerId, email, email, customerId, null);
    }

    /** Makes the user of a customer, or finds it; a gateway without users makes none. */
    default User provision(String customerId, String email, @Nullable String subscriptionId) {
        return new User(customerId, email, email, customerId, subscriptionId);
    }

    /**
     * Makes a key, or finds the one that the same request made.
     *
     * @param request what is remembered of the request; null for one without an idempotency key
     */
    ApiKey create(NewKey wanted, @Nullable Remembered request);

    /**
     * The key that the same request made before, where a repeated request would otherwise make one; empty where there is none.
     * To be asked before keys are counted.
     */
    default Optional<ApiKey> before(NewKey wanted, Remembered request) {
        return Optional.empty();
    }

    /** Tells whether a repeated request makes a key where there is none of it, so that it counts as a first one. */
    default boolean makesOnRepeat() {
        return false;
    }

    /** All keys of a customer, in any order. */
    List<KeyRecord> keys(String customerId);

    /** Tells whether {@link #keys} asks about one customer's keys alone, so that they can be counted before each new one. */
    default boolean countsKeys() {
        return true;
    }

    /** A customer's key; empty where the customer has no such key. */
    Optional<KeyRecord> key(String customerId, String keyId);

    /** Takes a key away that {@link #key} has found. */
    void delete(KeyRecord key);

    /** Tells whether {@link #rest} works. */
    default boolean canRest() {
        return false;
    }

    /** Lets a key that {@link #key} has found rest, or work again. */
    default void rest(KeyRecord key, boolean rests) {
        throw new UnsupportedOperationException();
    }
}
