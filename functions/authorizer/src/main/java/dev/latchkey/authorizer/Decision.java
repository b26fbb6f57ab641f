package dev.latchkey.authorizer;

import dev.latchkey.jwt.Reason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the authorizer found. */
sealed interface Decision {

    /**
     * The caller may go on.
     *
     * @param principalId the company id, which Moesif's access-log format reads
     * @param resources the policy resources that are allowed; at least one
     * @param context what the API and its logs are told, flat texts by name
     * @param usageKey the usage plan's API key; null where there is none
     */
    record Allow(
            String principalId,
            List<String> resources,
            Map<String, String> context,
            @Nullable String usageKey) implements Decision {

        /** Shows neither context nor usage key. */
        @Override
        public String toString() {
            return "allow " + resources;
        }
    }

    /** The key is good but does not permit this: 403. */
    record Deny(String principalId, Reason reason) implements Decision {}

    /** There is no good key: 401. */
    record Unauthenticated(Reason reason) implements Decision {}
}
