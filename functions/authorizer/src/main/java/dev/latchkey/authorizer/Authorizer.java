package dev.latchkey.authorizer;

import dev.latchkey.jwt.Reason;
import dev.latchkey.jwt.TokenVerifier;
import dev.latchkey.jwt.Verification;
import dev.latchkey.jwt.VerifiedToken;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether a request may go on. Thread-safe. */
final class Authorizer {

    private static final String NOBODY = "anonymous";

    private final TokenVerifier verifier;

    Authorizer(TokenVerifier verifier) {
        this.verifier = verifier;
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
            @Nullable String keyId) {}

    /**
     * Decides on the token in these Authorization headers.
     *
     * @throws dev.latchkey.jwt.KeysUnavailableException if there are no keys to verify with
     */
    Outcome decide(AuthorizationRequest request) {
        PresentedToken presented = PresentedToken.of(request.authorizations());
        if (presented instanceof PresentedToken.Unusable unusable) {
            return new Outcome(new Decision.Unauthenticated(unusable.reason()), null, null);
        }
        Verification verification = verifier.verify(((PresentedToken.Token) presented).unverified());
        String kid = verification.kid().orElse(null);
        if (verification instanceof Verification.Rejected rejected) {
            return new Outcome(new Decision.Unauthenticated(rejected.reason()), kid, rejected.verifiedKeyId());
        }
        VerifiedToken token = ((Verification.Verified) verification).token();
        return new Outcome(permit(token), kid, token.keyId().orElse(null));
    }

    private static Decision permit(VerifiedToken token) {
        Optional<String> company = token.companyId();
        return company.isPresent()
                ? new Decision.Allow(company.get(), context(token, company.get()))
                : new Decision.Deny(token.userId().orElse(NOBODY), Reason.MISSING_COMPANY);
    }

    private static Map<String, String> context(VerifiedToken token, String company) {
        Map<String, String> context = new LinkedHashMap<>();
        token.userId().ifPresent(user -> context.put("user_id", user));
        context.put("company_id", company);
        token.keyId().ifPresent(key -> context.put("key_id", key));
        context.put("expires_at", token.expiresAt().toString());
        return context;
    }
}
