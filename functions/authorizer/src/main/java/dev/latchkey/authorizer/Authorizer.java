package dev.latchkey.authorizer;

import dev.latchkey.jwt.Mismatch;
import dev.latchkey.jwt.Reason;
import dev.latchkey.jwt.TokenCheck;
import dev.latchkey.jwt.Verification;
import dev.latchkey.jwt.VerifiedToken;
import dev.latchkey.jwt.Verifier;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether a request may go on. Thread-safe. */
final class Authorizer {

    private static final String NOBODY = "anonymous";

    private final Verifier verifier;
    private final Permissions permissions;
    private final List<TokenCheck> checks;
    private final Statuses statuses;

    /**
     * Decides by these rules.
     *
     * @param checks the operator's own checks, of which each must pass
     * @param statuses what is asked last, of keys that everything else permits
     */
    Authorizer(Verifier verifier, Permissions permissions, List<TokenCheck> checks, Statuses statuses) {
        this.verifier = verifier;
        this.permissions = permissions;
        this.checks = List.copyOf(checks);
        this.statuses = statuses;
    }

    /**
     * A decision and what the log may tell of it.
     *
     * @param kid the key id (kid) that the token names; null where it names none
     * @param keyId the API key's id, where its signature held; null otherwise
     */
    record Outcome(
            Decision decision,
            @Nullable String kid,
            @Nullable String keyId) {

        /** The same with another decision. */
        Outcome deciding(Decision other) {
            return new Outcome(other, kid, keyId);
        }
    }

    /**
     * Decides on a request's token.
     *
     * @throws dev.latchkey.keys.KeysUnavailableException if there are no keys to verify with
     * @throws dev.latchkey.status.StatusUnavailableException if it cannot be told whether the key is still good
     */
    Outcome decide(AuthorizationRequest request) {
        if (request.presented() instanceof PresentedToken.Unusable unusable) {
            return new Outcome(new Decision.Unauthenticated(unusable.reason()), null, null);
        }
        Verification verification = verifier.verify(((PresentedToken.Token) request.presented()).unverified());
        String kid = verification.kid().orElse(null);
        if (verification instanceof Verification.Rejected rejected) {
            Decision refusal = new Decision.Unauthenticated(rejected.reason(), rejected.mayPass(), rejected.mismatch());
            return new Outcome(refusal, kid, rejected.verifiedKeyId());
        }
        VerifiedToken token = ((Verification.Verified) verification).token();
        return new Outcome(permit(token, request.arn()), kid, token.keyId().orElse(null));
    }

    private Decision permit(VerifiedToken token, MethodArn arn) {
        Optional<String> company = token.companyId();
        if (company.isEmpty()) {
            Mismatch mismatch = new Mismatch(token.mapping().company().toString(), "the company's id");
            return new Decision.Deny(token.userId().orElse(NOBODY), Reason.MISSING_COMPANY, mismatch);
        }
        for (TokenCheck check : checks) {
            if (!check.permits(token)) {
                return new Decision.Deny(company.get(), Reason.REFUSED_BY_CHECK);
            }
        }
        Decision decision = permissions.decide(token, company.get(), arn);
        Reason problem = decision instanceof Decision.Allow ? statuses.problem(token) : null;
        return problem == null ? decision : refusal(company.get(), problem);
    }

    private static Decision refusal(String company, Reason problem) {
        return switch (problem) {
            case REVOKED, SUSPENDED -> new Decision.Deny(company, problem);
            default -> new Decision.Unauthenticated(problem);
        };
    }
}
