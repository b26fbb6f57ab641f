package dev.latchkey.jwt;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@link TokenVerifier} found. */
public sealed interface Verification {

    /** The token is good. */
    record Verified(VerifiedToken token) implements Verification {}

    /**
     * The token is refused.
     *
     * @param reason why
     * @param unverifiedKid the key id that its header names; null where none could be read
     * @param verifiedKeyId its {@code jti}, where its signature held; null otherwise
     * @param mayPass whether the same token may be good a moment later, so that nobody may keep this answer
     * @param mismatch which claim it is and what was expected; null where the reason says all
     */
    record Rejected(
            Reason reason,
            @Nullable String unverifiedKid,
            @Nullable String verifiedKeyId,
            boolean mayPass,
            @Nullable Mismatch mismatch)
            implements Verification {

        /** A refusal that may pass where its reason says so. */
        public Rejected(Reason reason, @Nullable String unverifiedKid, @Nullable String verifiedKeyId) {
            this(reason, unverifiedKid, verifiedKeyId, reason.mayPass(), null);
        }

        /** The same, naming what did not fit. */
        Rejected(
                Reason reason,
                @Nullable String unverifiedKid,
                @Nullable String verifiedKeyId,
                @Nullable Mismatch mismatch) {
            this(reason, unverifiedKid, verifiedKeyId, reason.mayPass(), mismatch);
        }
    }

    /** The key id (kid) that the token names or was verified with, for logs. */
    default Optional<String> kid() {
        if (this instanceof Rejected rejected) {
            return Optional.ofNullable(rejected.unverifiedKid());
        }
        return this instanceof Verified verified ? verified.token().key().kid() : Optional.empty();
    }
}
