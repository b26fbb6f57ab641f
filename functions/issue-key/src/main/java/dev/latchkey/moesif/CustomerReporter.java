package dev.latchkey.moesif;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is told of what was done for a customer, after it was done. What was done for {@link Customer#CANARY} it keeps to itself.
 *
 * <p>A method returns within one second and leaves nothing running. It never throws: it returns what went wrong, a text
 * each, and nothing where all went well. Thread-safe.
 */
public interface CustomerReporter {

    /** A user was provisioned. */
    List<String> provisioned(Customer customer);

    /**
     * An API key was created, or given again.
     *
     * @param keyId what the key is called; never the key itself
     * @param expires when it expires; null for a key that does not
     */
    List<String> keyCreated(Customer customer, String keyId, @Nullable Instant expires);

    /** What became of a key. */
    enum KeyChange {
        /** It rests for a while. */
        SUSPENDED("API Key Suspended"),
        /** It works again. */
        RESUMED("API Key Resumed"),
        /** It was ended for good. */
        REVOKED("API Key Revoked"),
        /** It took the place of another. */
        ROLLED("API Key Rolled"),
        /** All keys of the customer were ended. */
        ALL_REVOKED("API Keys Revoked");

        private final String action;

        KeyChange(String action) {
            this.action = action;
        }

        /** The name of the action at Moesif. */
        public String action() {
            return action;
        }
    }

    /**
     * A key was changed.
     *
     * @param keyId what the key is called; empty for all keys of the customer
     */
    List<String> keyChanged(String customerId, String keyId, KeyChange change);

    /** A reporter that tells nobody. */
    static CustomerReporter none() {
        return new CustomerReporter() {
            @Override
            public List<String> provisioned(Customer customer) {
                return List.of();
            }

            @Override
            public List<String> keyCreated(Customer customer, String keyId, @Nullable Instant expires) {
                return List.of();
            }

            @Override
            public List<String> keyChanged(String customerId, String keyId, KeyChange change) {
                return List.of();
            }
        };
    }
}
