package dev.latchkey.jwt;

import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.keys.VerificationKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a compact JWT (RFC 7519, RFC 7515 section 7.1) is good. Thread-safe.
 *
 * <p>A token is verified if, in this order:
 *
 * <ol>
 *   <li>it has at most 8,192 characters and three parts, each the canonical base64url of its bytes;
 *   <li>its header is a JSON object without duplicate members, with no {@code crit}, {@code b64}, {@code zip} or
 *       {@code enc}, and a {@code typ} that the rules take, by default JWT or none;
 *   <li>there is a key for its {@code kid}, and its {@code alg} is that key's;
 *   <li>the signature is that key's;
 *   <li>its claims are a JSON object without duplicate members, with well-formed {@code exp}, {@code nbf}, {@code iat},
 *       {@code iss}, {@code aud}, {@code jti}, user id and company id;
 *   <li>{@code exp} is there and later than now, {@code nbf} and {@code iat} are not later than now;
 *   <li>{@code iss} and {@code aud} are as expected, the lifetime is within its bound, the required claims are there;
 *   <li>the key is for {@code iss}, where its set ties it to an issuer.
 * </ol>
 *
 * <p>A token that was verified a moment ago is known by its whole text: as long as the key set is the same, only its times
 * are checked again.
 */
public final class TokenVerifier implements Verifier {

    private final KeySource<KeySet> keys;
    private final VerificationRules rules;
    private final ClaimsCheck claimsCheck;
    private final Clock clock;
    private final VerifiedTokens verified;

    /** Verifies with these keys, by these rules, at this clock's time. */
    public TokenVerifier(KeySource<KeySet> keys, VerificationRules rules, Clock clock) {
        this(keys, rules, clock, new VerifiedTokens());
    }

    /**
     * The same.
     *
     * @param verified the memory for tokens that come again, which several verifiers may share
     */
    public TokenVerifier(KeySource<KeySet> keys, VerificationRules rules, Clock clock, VerifiedTokens verified) {
        this.keys = keys;
        this.rules = rules;
        this.claimsCheck = new ClaimsCheck(rules);
        this.clock = clock;
        this.verified = verified;
    }

    @Override
    public Verification verify(String token) {
        VerifiedToken known = stillVerified(token);
        if (known != null) {
            return new Verification.Verified(known);
        }
        try {
            return verifyAnew(UnverifiedToken.parse(token));
        } catch (UnverifiedToken.Malformed e) {
            return e.rejection();
        }
    }

    /**
     * Verifies a token that was parsed.
     *
     * @throws KeysUnavailableException if there are no keys to verify with
     */
    Verification verify(UnverifiedToken unverified) {
        VerifiedToken known = stillVerified(unverified.text());
        return known == null ? verifyAnew(unverified) : new Verification.Verified(known);
    }

    /** The token of that text, if it was verified with the current keys and its times still hold; else null. */
    private @Nullable VerifiedToken stillVerified(String text) {
        VerifiedTokens.Seen seen = verified.find(text);
        return seen != null && seen.by() == this && seen.keys() == keys.current() && isInTime(seen)
                ? seen.token()
                : null;
    }

    private boolean isInTime(VerifiedTokens.Seen seen) {
        Instant now = clock.instant();
        return seen.inTime().hold(now)
                || claimsCheck.timeProblem(seen.token().claims(), now).isEmpty();
    }

    private Verification verifyAnew(UnverifiedToken unverified) {
        if (!rules.types().accepts(unverified.type())) {
            Mismatch mismatch = new Mismatch("typ", rules.types().inWords(), unverified.type());
            return new Verification.Rejected(Reason.WRONG_TYPE, unverified.kid(), null, mismatch);
        }
        KeySet known = keys.current();
        Verification verification = verify(unverified, known);
        if (verification instanceof Verification.Rejected rejected
                && mayComeFromOldKeys(rejected.reason(), unverified, known)) {
            KeySet fresh = keys.afterMiss(missed(rejected.reason(), unverified));
            return fresh == known ? withheld(rejected) : verify(unverified, fresh);
        }
        return verification;
    }

    private static int missed(Reason reason, UnverifiedToken token) {
        return reason == Reason.UNKNOWN_KEY
                ? Objects.hashCode(token.kid())
                : token.text().hashCode();
    }

    /** The refusal of a token whose key may be one that is not fetched yet. */
    private Verification withheld(Verification.Rejected rejected) {
        return keys.mayChange()
                ? new Verification.Rejected(
                        rejected.reason(), rejected.unverifiedKid(), null, true, rejected.mismatch())
                : rejected;
    }

    /** A key is not replaced under its id: then a wrong signature or algorithm is just wrong, where the token names the id. */
    private static boolean mayComeFromOldKeys(Reason reason, UnverifiedToken token, KeySet known) {
        return (reason == Reason.UNKNOWN_KEY && find(token, known).isEmpty())
                || ((reason == Reason.BAD_SIGNATURE || reason == Reason.WRONG_ALGORITHM)
                        && (token.kid() == null
                                || find(token, known)
                                        .flatMap(VerificationKey::kid)
                                        .isEmpty()));
    }

    private static Optional<VerificationKey> find(UnverifiedToken token, KeySet known) {
        return known.find(token.kid(), token.alg(), token.certificates());
    }

    private Verification verify(UnverifiedToken token, KeySet known) {
        Optional<VerificationKey> found = find(token, known);
        if (found.isEmpty()) {
            return new Verification.Rejected(Reason.UNKNOWN_KEY, token.kid(), null);
        }
        VerificationKey key = found.get();
        if (!key.mayVerifyAt(clock.instant())) {
            Mismatch mismatch = new Mismatch("kid", "a key whose time is not over");
            return new Verification.Rejected(Reason.UNKNOWN_KEY, token.kid(), null, false, mismatch);
        }
        if (!key.algorithm().name().equals(token.alg())) {
            Mismatch mismatch = new Mismatch("alg", key.algorithm().name());
            return new Verification.Rejected(Reason.WRONG_ALGORITHM, token.kid(), null, mismatch);
        }
        if (!token.isSignedBy(key)) {
            return new Verification.Rejected(Reason.BAD_SIGNATURE, token.kid(), null);
        }
        return checkClaims(token, key, known);
    }

    private Verification checkClaims(UnverifiedToken token, VerificationKey key, KeySet known) {
        JsonObject claims;
        try {
            claims = token.claims();
        } catch (JsonSyntaxException e) {
            return new Verification.Rejected(Reason.MALFORMED_CLAIMS, token.kid(), null);
        }
        Optional<ClaimsCheck.Problem> problem = claimsCheck.firstProblem(claims, clock.instant());
        if (problem.isEmpty()) {
            problem = KeyIssuer.problem(key.issuers(), claims);
        }
        if (problem.isPresent()) {
            @Nullable
            String keyId = claims.string("jti").filter(ClaimsCheck::isId).orElse(null);
            return new Verification.Rejected(
                    problem.get().reason(), token.kid(), keyId, problem.get().mismatch());
        }
        VerifiedToken good = new VerifiedToken(claims, key, rules.claims(), ClaimsCheck.expiresAt(claims));
        if (!key.isWeak()) {
            verified.remember(token.text(), good, claimsCheck.inTime(claims), known, this);
        }
        return new Verification.Verified(good);
    }
}
