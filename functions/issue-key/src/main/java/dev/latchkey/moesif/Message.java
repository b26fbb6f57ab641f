package dev.latchkey.moesif;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that the collector is told, in the portal's data model: user id and company id are the customer's id. */
sealed interface Message {

    /** What it is called in the log. */
    String name();

    /** The user, with the email. */
    record User(Customer customer) implements Message {
        @Override
        public String name() {
            return "user";
        }
    }

    /** The company. */
    record Company(Customer customer) implements Message {
        @Override
        public String name() {
            return "company";
        }
    }

    /** The subscription, which is active, or it would not have been given. */
    record Subscription(Customer customer, String subscriptionId) implements Message {
        @Override
        public String name() {
            return "subscription";
        }
    }

    /** An action such as "API Key Revoked". */
    record KeyChanged(String customerId, String keyId, String action, Instant now) implements Message {
        @Override
        public String name() {
            return "action";
        }
    }

    /** The action "API Key Created". */
    record KeyCreated(
            Customer customer, String keyId, @Nullable Instant expires, Instant now) implements Message {
        @Override
        public String name() {
            return "action";
        }
    }
}
