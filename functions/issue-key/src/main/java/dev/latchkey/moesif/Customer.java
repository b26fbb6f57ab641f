package dev.latchkey.moesif;

import org.jspecify.annotations.Nullable;

/**
 * Whom a request was for.
 *
 * @param id the customer's id at the billing provider
 * @param email the user's email
 * @param subscriptionId the subscription's id at the billing provider; null where there is none
 */
public record Customer(String id, String email, @Nullable String subscriptionId) {

    /**
     * The id that {@code scripts/doctor} issues its key to and revokes it of. It stands for nobody who pays, and Moesif is told
     * nothing of it.
     */
    public static final String CANARY = "latchkey-doctor";
}
