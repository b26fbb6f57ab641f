package dev.latchkey.moesif;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is told of what was done for a customer, after it was done.
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
        };
    }
}
