package dev.latchkey.provisioning;

import dev.latchkey.config.Lifetime;
import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a request may ask for.
 *
 * @param scopes the scopes that keys may have
 * @param plans the plans that keys may name
 * @param lifetime how long a key is valid where the request does not tell
 * @param longest the longest time a request may ask for
 * @param keys how many keys a customer may have at a time
 */
record KeyLimits(Set<String> scopes, Set<String> plans, Duration lifetime, Duration longest, int keys) {

    /** What keys of earlier settings, and of the portal, are taken to live at the most, as weak ones are. */
    private static final Duration EARLIER = Duration.ofDays(400);

    /** Copies the sets. */
    KeyLimits {
        scopes = Set.copyOf(scopes);
        plans = Set.copyOf(plans);
    }

    /**
     * How long the key of a request is valid.
     *
     * @throws ProvisioningException if the request asks for more than it may
     */
    Duration lifetimeOf(NewKey wanted) {
        for (String scope : wanted.scopes()) {
            if (!scopes.contains(scope)) {
                throw invalid("scopes", Settings.ALLOWED_SCOPES, scopes);
            }
        }
        if (wanted.plan() != null && !plans.contains(wanted.plan())) {
            throw invalid("plan", Settings.ALLOWED_PLANS, plans);
        }
        Duration expiresIn = wanted.expiresIn();
        if (expiresIn == null) {
            return lifetime;
        }
        if (expiresIn.compareTo(longest) > 0) {
            throw new ProvisioningException(
                    ProvisioningException.Kind.INVALID,
                    "expiresIn is at most " + Lifetime.inWords(longest) + ", got " + Lifetime.inWords(expiresIn));
        }
        return expiresIn;
    }

    /**
     * How long a key is valid that takes the place of an old one: as long as that was to be, and no longer than new ones may.
     *
     * @throws ProvisioningException if the old one has a scope or plan that new ones may not have
     */
    Duration lifetimeOfFollower(KeyRecord old) {
        if (!scopes.containsAll(old.scopes()) || (old.plan() != null && !plans.contains(old.plan()))) {
            throw new ProvisioningException(
                    ProvisioningException.Kind.CONFLICT,
                    "the key has a scope or plan that new keys may not have any more. Create another key, and revoke this one");
        }
        Duration before = Duration.between(old.createdAt(), old.expiresAt());
        return before.compareTo(longest) > 0 ? longest : before;
    }

    /** The longest lifetime that a key without a record can have, which earlier settings may have given it. */
    Duration longestOfAll() {
        return longest.compareTo(EARLIER) > 0 ? longest : EARLIER;
    }

    private static ProvisioningException invalid(String field, Setting setting, Set<String> allowed) {
        List<String> sorted = allowed.stream().sorted().toList();
        return new ProvisioningException(
                ProvisioningException.Kind.INVALID,
                field + " asks for what is not allowed. "
                        + (sorted.isEmpty()
                                ? "Nothing is: " + setting + " is not set"
                                : "Allowed: " + String.join(", ", sorted)));
    }
}
