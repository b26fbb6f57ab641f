package dev.latchkey.provisioning;

import org.jspecify.annotations.Nullable;

/**
 * A user as the portal expects it from every plugin.
 *
 * @param id the id at the gateway or identity provider
 * @param username the name to show
 * @param email the email
 * @param billingCustomerId the customer's id at the billing provider
 * @param billingSubscriptionId the subscription's id at the billing provider; null where it is not known
 */
public record User(
        String id,
        String username,
        String email,
        String billingCustomerId,
        @Nullable String billingSubscriptionId) {}
