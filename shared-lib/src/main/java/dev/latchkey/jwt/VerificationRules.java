package dev.latchkey.jwt;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for a token besides its signature. {@code exp} is always required; {@code nbf} and {@code iat} are
 * checked where they are present.
 *
 * @param issuer what {@code iss} must be
 * @param audience what {@code aud} must hold
 * @param clockSkew how far clocks may differ; 0 to 60 seconds
 * @param claims which claims tell what
 * @param types what the header's {@code typ} must be
 * @param maxLifetime the longest time from {@code iat}, which is then required, to {@code exp}; null sets no bound
 * @param requiredClaims claims that must be there
 */
public record VerificationRules(
        Expected issuer,
        Expected audience,
        Duration clockSkew,
        ClaimMapping claims,
        TokenTypes types,
        @Nullable Duration maxLifetime,
        List<RequiredClaim> requiredClaims) {

    /** The largest clock skew. */
    public static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(60);

    /** The strictest rules: no issuer, no audience, no clock skew, the portal's claim names. */
    public static final VerificationRules DEFAULT =
            new VerificationRules(new Expected.Absent(), new Expected.Absent(), Duration.ZERO, ClaimNames.DEFAULT);

    /** Checks the clock skew and copies the list. */
    public VerificationRules {
        if (clockSkew.isNegative() || clockSkew.compareTo(MAX_CLOCK_SKEW) > 0) {
            throw new IllegalArgumentException("the clock skew must be 0 to 60 seconds, got " + clockSkew);
        }
        requiredClaims = List.copyOf(requiredClaims);
    }

    /** Rules for JWTs of any lifetime without further claims. */
    public VerificationRules(Expected issuer, Expected audience, Duration clockSkew, ClaimNames claimNames) {
        this(issuer, audience, clockSkew, ClaimMapping.of(claimNames), TokenTypes.JWT, null, List.of());
    }
}
