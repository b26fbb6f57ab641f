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

    private final VerificationRules rules;

    ClaimsCheck(VerificationRules rules) {
        this.rules = rules;
    }

    /** The first rule that does not hold; empty where all hold. */
    Optional<Reason> firstProblem(JsonObject claims, Instant now) {
        if (!isTimeOrAbsent(claims, "exp")
                || !isTimeOrAbsent(claims, "nbf")
                || !isTimeOrAbsent(claims, "iat")
                || !isIdOrAbsent(claims, "jti")
                || !isIdOrAbsent(claims, "iss")
                || !isIdOrAbsent(claims, rules.claimNames().userId())
                || !isIdOrAbsent(claims, rules.claimNames().companyId())
                || !isTextsOrAbsent(claims, "aud")) {
            return Optional.of(Reason.MALFORMED_CLAIMS);
        }
        Optional<Reason> problem = timeProblem(claims, now);
        if (problem.isEmpty()) {
            problem = partyProblem(claims);
        }
        return problem.isEmpty() ? furtherProblem(claims) : problem;
    }

    /** The first rule on times that does not hold for checked claims; the only rules that time can break. */
    Optional<Reason> timeProblem(JsonObject claims, Instant now) {
        Duration skew = rules.clockSkew();
        if (!claims.members().containsKey("exp")) {
            return Optional.of(Reason.MISSING_EXPIRY);
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

    private Optional<Reason> partyProblem(JsonObject claims) {
        if (!rules.issuer().accepts(texts(claims, "iss"))) {
            return Optional.of(Reason.WRONG_ISSUER);
        }
        return rules.audience().accepts(texts(claims, "aud")) ? Optional.empty() : Optional.of(Reason.WRONG_AUDIENCE);
    }

    private Optional<Reason> furtherProblem(JsonObject claims) {
        Duration longest = rules.maxLifetime();
        if (longest != null && isLongerThan(longest, claims)) {
            return Optional.of(Reason.LIFETIME_TOO_LONG);
        }
        for (RequiredClaim claim : rules.requiredClaims()) {
            if (!claim.isMetBy(claims)) {
                return Optional.of(Reason.WRONG_CLAIM);
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
        JsonValue value = claims.get(name).orElse(JsonValue.NULL);
        if (value instanceof JsonString text) {
            return List.of(text.value());
        }
        return value instanceof JsonArray array
                ? array.elements().stream()
                        .filter(JsonString.class::isInstance)
                        .map(text -> ((JsonString) text).value())
                        .toList()
                : List.of();
    }
}
