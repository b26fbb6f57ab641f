package dev.latchkey.jwt;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Checks claims against {@link VerificationRules} (RFC 7519 section 4.1). */
final class ClaimsCheck {

    private static final int MAX_ID_LENGTH = 256;
    private static final List<String> TIMES = List.of("exp", "nbf", "iat");
    private static final List<String> IDS = List.of("jti", "iss");
    private static final String A_TEXT = "a text of at most " + MAX_ID_LENGTH + " characters, no control characters";
    private static final String AN_ID = A_TEXT + "; a whole number; or one such in an array";

    private final VerificationRules rules;

    ClaimsCheck(VerificationRules rules) {
        this.rules = rules;
    }

    /**
     * A rule that does not hold.
     *
     * @param mismatch the claim and what was expected of it
     */
    record Problem(Reason reason, Mismatch mismatch) {}

    /** The first rule that does not hold; empty where all hold. */
    Optional<Problem> firstProblem(JsonObject claims, Instant now) {
        Optional<Problem> problem = formProblem(claims);
        if (problem.isEmpty()) {
            Optional<Reason> time = timeProblem(claims, now);
            problem = time.isPresent() ? Optional.of(inTime(time.get())) : Optional.empty();
        }
        if (problem.isEmpty()) {
            problem = partyProblem(claims);
        }
        return problem.isEmpty() ? furtherProblem(claims) : problem;
    }

    private Optional<Problem> formProblem(JsonObject claims) {
        for (String time : TIMES) {
            if (!isTimeOrAbsent(claims, time)) {
                return malformed(time, "a number of seconds");
            }
        }
        for (String id : IDS) {
            if (!isIdOrAbsent(claims, id)) {
                return malformed(id, A_TEXT);
            }
        }
        if (!rules.claims().user().isWellFormedIn(claims)) {
            return malformed(rules.claims().user().toString(), AN_ID);
        }
        if (!rules.claims().company().isWellFormedIn(claims)) {
            return malformed(rules.claims().company().toString(), AN_ID);
        }
        return isTextsOrAbsent(claims, "aud") ? Optional.empty() : malformed("aud", "a text or an array of texts");
    }

    private static Optional<Problem> malformed(String claim, String expected) {
        return Optional.of(new Problem(Reason.MALFORMED_CLAIMS, new Mismatch(claim, expected)));
    }

    /** The first rule on times that does not hold for checked claims; the only rules that time can break. */
    Optional<Reason> timeProblem(JsonObject claims, Instant now) {
        Duration skew = rules.clockSkew();
        if (!claims.members().containsKey("exp")) {
            return Optional.of(Reason.MISSING_EXPIRY);
        }
        if (NumericDate.isInMilliseconds(claims, "exp")) {
            return Optional.of(Reason.EXPIRY_NOT_IN_SECONDS);
        }
        if (NumericDate.compare(claims, "exp", now.minus(skew)) <= 0) {
            return Optional.of(Reason.EXPIRED);
        }
        Instant latest = now.plus(skew);
        if (NumericDate.compare(claims, "nbf", latest) > 0) {
            return Optional.of(Reason.NOT_YET_VALID);
        }
        return NumericDate.compare(claims, "iat", latest) > 0 ? Optional.of(Reason.ISSUED_IN_FUTURE) : Optional.empty();
    }

    /** Whole seconds since the epoch, from the first to the one that is no longer of them. */
    record Seconds(long from, long until) {

        boolean hold(Instant now) {
            return now.getEpochSecond() >= from && now.getEpochSecond() < until;
        }
    }

    /** Seconds in which {@link #timeProblem} finds none for claims that held once, whatever fractions their times have. */
    Seconds inTime(JsonObject claims) {
        long skew = rules.clockSkew().toSeconds();
        long latest = Math.max(NumericDate.second(claims, "nbf"), NumericDate.second(claims, "iat"));
        return new Seconds(latest + 1 - skew, NumericDate.second(claims, "exp") + skew);
    }

    private Problem inTime(Reason reason) {
        String seconds = rules.clockSkew().toSeconds() + " s";
        return new Problem(
                reason,
                switch (reason) {
                    case NOT_YET_VALID -> new Mismatch("nbf", "at most " + seconds + " ahead");
                    case ISSUED_IN_FUTURE -> new Mismatch("iat", "at most " + seconds + " ahead");
                    case EXPIRED -> new Mismatch("exp", "at most " + seconds + " ago");
                    default -> new Mismatch("exp", "a number of seconds since 1970");
                });
    }

    private Optional<Problem> partyProblem(JsonObject claims) {
        if (!rules.issuer().acceptsIssuer(texts(claims, "iss"), claims)) {
            String found = claims.string("iss").orElse(null);
            return Optional.of(new Problem(
                    Reason.WRONG_ISSUER, new Mismatch("iss", rules.issuer().inWords(), found)));
        }
        ClaimPath audience = rules.claims().audienceClaim(claims);
        return rules.audience().accepts(ClaimMapping.texts(audience.in(claims)))
                ? Optional.empty()
                : Optional.of(new Problem(
                        Reason.WRONG_AUDIENCE,
                        new Mismatch(
                                audience.topName().orElseGet(audience::toString),
                                rules.audience().inWords())));
    }

    private Optional<Problem> furtherProblem(JsonObject claims) {
        Duration longest = rules.maxLifetime();
        if (longest != null && isLongerThan(longest, claims)) {
            return Optional.of(new Problem(
                    Reason.LIFETIME_TOO_LONG, new Mismatch("iat", "at most " + longest.toSeconds() + " s before exp")));
        }
        for (RequiredClaim required : rules.requiredClaims()) {
            if (!required.isMetBy(claims)) {
                return Optional.of(
                        new Problem(Reason.WRONG_CLAIM, new Mismatch(required.names(), required.expected())));
            }
        }
        return Optional.empty();
    }

    private static boolean isLongerThan(Duration longest, JsonObject claims) {
        return !claims.members().containsKey("iat") || NumericDate.isLonger(claims, "iat", "exp", longest);
    }

    /** When checked claims expire, to the second. */
    static Instant expiresAt(JsonObject claims) {
        return NumericDate.instant(claims, "exp");
    }

    private static boolean isTimeOrAbsent(JsonObject claims, String name) {
        JsonValue value = claims.members().get(name);
        return value == null || NumericDate.isUsable(value);
    }

    /** A text that may go into policies, headers and logs: not too long, without control characters. */
    private static boolean isIdOrAbsent(JsonObject claims, String name) {
        JsonValue value = claims.members().get(name);
        return value == null || value == JsonValue.NULL || (value instanceof JsonString text && isId(text.value()));
    }

    static boolean isId(String text) {
        if (text.length() > MAX_ID_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (isUnprintable(text.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Control and format characters and line separators, with which one id can look like another, or like two lines. */
    static boolean isUnprintable(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static boolean isTextsOrAbsent(JsonObject claims, String name) {
        JsonValue value = claims.members().get(name);
        return value == null
                || value instanceof JsonString
                || (value instanceof JsonArray array
                        && array.elements().stream().allMatch(JsonString.class::isInstance));
    }

    private static List<String> texts(JsonObject claims, String name) {
        return ClaimMapping.texts(claims.get(name).orElse(JsonValue.NULL));
    }
}
