package dev.latchkey.status;

import dev.latchkey.jwt.ByIssuer;
import dev.latchkey.jwt.Reason;
import dev.latchkey.jwt.StatusReference;
import dev.latchkey.jwt.VerifiedToken;
import dev.latchkey.keys.KeyFetchListener;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether verified keys are still good, by the lists of their issuers. To be asked after everything else held, so that
 * nothing is fetched for a key that is refused anyway (Token Status List, Validation Rules). Thread-safe.
 */
public final class StatusCheck {

    private final @Nullable StatusOrigin own;
    private final ByIssuer<StatusOrigin> byIssuer;
    private final @Nullable StatusListBase ofKeysWithoutStatus;
    private final boolean isRequired;
    private final StatusLists lists;

    /**
     * Checks by these origins.
     *
     * @param own the origin of keys whose issuer is none of the several; null where there is none
     * @param byIssuer the origins of several issuers, found as their verifiers are
     * @param ofKeysWithoutStatus the base whose first list tells the cut-offs for own keys that name no list; null where
     *     these are not asked for
     * @param isRequired whether own keys must name a list
     * @param maxAge for how long a list is believed when no newer one can be had
     * @param listener is told of every fetch, with the age of the list at hand
     */
    public StatusCheck(
            @Nullable StatusOrigin own,
            ByIssuer<StatusOrigin> byIssuer,
            @Nullable StatusListBase ofKeysWithoutStatus,
            boolean isRequired,
            Duration maxAge,
            Clock clock,
            KeyFetchListener listener) {
        this.own = own;
        this.byIssuer = byIssuer;
        this.ofKeysWithoutStatus = ofKeysWithoutStatus;
        this.isRequired = isRequired;
        this.lists = new StatusLists(maxAge, clock, listener);
    }

    /**
     * Why a key is refused; null where it is good.
     *
     * @throws StatusUnavailableException if its list cannot be had and no earlier one may be believed
     * @throws dev.latchkey.keys.KeysUnavailableException if there are no keys to check the list with
     */
    public @Nullable Reason problem(VerifiedToken token) {
        StatusOrigin several = byIssuer.find(token.claims().string("iss").orElse(""));
        StatusReference reference = token.status();
        if (reference == null) {
            return several == null ? problemWithoutStatus(token) : null;
        }
        StatusOrigin origin = several == null ? own : several;
        StatusListBase base = origin == null ? null : origin.baseOf(reference.uri());
        if (origin == null || base == null || reference.index() < 0) {
            return Reason.INVALID_STATUS;
        }
        StatusListToken list = lists.current(base, origin.keys(), reference.uri());
        if (reference.index() >= list.statuses().size()) {
            return Reason.INVALID_STATUS;
        }
        return switch (list.status(reference.index())) {
            case VALID -> cutOff(token, list);
            case SUSPENDED -> Reason.SUSPENDED;
            case REVOKED, UNKNOWN -> Reason.REVOKED;
        };
    }

    private @Nullable Reason problemWithoutStatus(VerifiedToken token) {
        if (isRequired) {
            return Reason.MISSING_STATUS;
        }
        StatusListBase base = ofKeysWithoutStatus;
        StatusOrigin origin = own;
        return base == null || origin == null ? null : cutOff(token, lists.current(base, origin.keys(), base.uri(1)));
    }

    private static @Nullable Reason cutOff(VerifiedToken token, StatusListToken list) {
        if (list.cutoffs().isEmpty()) {
            return null;
        }
        String customer = token.companyId().orElse(null);
        return customer != null && list.cutoffs().end(customer, token.issuedAt()) ? Reason.REVOKED : null;
    }
}
