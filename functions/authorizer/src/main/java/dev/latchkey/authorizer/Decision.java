package dev.latchkey.authorizer;

import dev.latchkey.jwt.Mismatch;
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
     * @param leftOut names of further claims that the answer cannot have
     * @param elsewhere what the token lacks for this very call, where the policy opens other routes alone; else null
     * @param lacksUsageKey whether the settings name a claim for the API key and the token has none that is known there
     */
    record Allow(
            String principalId,
            List<String> resources,
            Map<String, String> context,
            @Nullable String usageKey,
            List<String> leftOut,
            @Nullable Mismatch elsewhere,
            boolean lacksUsageKey)
            implements Decision {

        /** Copies the lists. */
        public Allow {
            resources = List.copyOf(resources);
            leftOut = List.copyOf(leftOut);
        }

        /** An Allow that lacks nothing. */
        Allow(String principalId, List<String> resources, Map<String, String> context, @Nullable String usageKey) {
            this(principalId, resources, context, usageKey, List.of(), null, false);
        }

        /** Shows neither context nor usage key. */
        @Override
        public String toString() {
            return "allow " + resources;
        }
    }

    /**
     * The key is good but does not permit this: 403.
     *
     * @param mismatch the claim that it lacks; null where the reason says all
     */
    record Deny(String principalId, Reason reason, @Nullable Mismatch mismatch) implements Decision {

        /** A refusal of which the reason says all. */
        Deny(String principalId, Reason reason) {
            this(principalId, reason, null);
        }
    }

    /**
     * There is no good key: 401.
     *
     * @param mayPass whether the same key may be good a moment later, so that API Gateway may not keep the answer
     * @param mismatch the claim that does not fit; null where the reason says all
     */
    record Unauthenticated(
            Reason reason, boolean mayPass, @Nullable Mismatch mismatch) implements Decision {

        /** A refusal that may pass where its reason says so. */
        Unauthenticated(Reason reason) {
            this(reason, reason.mayPass(), null);
        }
    }
}
