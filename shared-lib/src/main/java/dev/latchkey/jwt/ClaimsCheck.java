package dev.latchkey.jwt;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Checks claims against {@link VerificationRules} (RFC 7519 section 4.1). */
final class ClaimsCheck {

    private static final int MAX_ID_LENGTH = 256;
    private static final BigDecimal MAX_TIME = BigDecimal.valueOf(Instant.MAX.getEpochSecond());

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
        return timeProblem(claims, now).or(() -> partyProblem(claims)).or(() -> furtherProblem(claims));
    }

    private Optional<Reason> timeProblem(JsonObject claims, Instant now) {
        Duration skew = rules.clockSkew();
        if (!claims.members().containsKey("exp")) {
            return Optional.of(Reason.MISSING_EXPIRY);
        }
        if (time(claims, "exp").compareTo(seconds(now.minus(skew))) <= 0) {
            return Optional.of(Reason.EXPIRED);
        }
        BigDecimal latest = seconds(now.plus(skew));
        if (time(claims, "nbf").compareTo(latest) > 0) {
            return Optional.of(Reason.NOT_YET_VALID);
        }
        return time(claims, "iat").compareTo(latest) > 0 ? Optional.of(Reason.ISSUED_IN_FUTURE) : Optional.empty();
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
        return rules.requiredClaims().stream().allMatch(claim -> claim.isMetBy(claims))
                ? Optional.empty()
                : Optional.of(Reason.WRONG_CLAIM);
    }

    private static boolean isLongerThan(Duration longest, JsonObject claims) {
        BigDecimal lifetime = time(claims, "exp").subtract(time(claims, "iat"));
        return !claims.members().containsKey("iat") || lifetime.compareTo(BigDecimal.valueOf(longest.toSeconds())) > 0;
    }

    /** When checked claims expire, to the second. */
    static Instant expiresAt(JsonObject claims) {
        return Instant.ofEpochSecond(time(claims, "exp").longValue());
    }

    private static boolean isTimeOrAbsent(JsonObject claims, String name) {
        return claims.get(name)
                .map(value ->
                        value instanceof JsonNumber number && number.value().compareTo(MAX_TIME) <= 0)
                .orElse(true);
    }

    /** A text that may go into policies, headers and logs: not too long, without control characters. */
    private static boolean isIdOrAbsent(JsonObject claims, String name) {
        return claims.get(name)
                .map(value -> value == JsonValue.NULL || (value instanceof JsonString text && isId(text.value())))
                .orElse(true);
    }

    static boolean isId(String text) {
        return text.length() <= MAX_ID_LENGTH && text.codePoints().noneMatch(ClaimsCheck::isUnprintable);
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
        return claims.get(name)
                .map(value -> value instanceof JsonString
                        || (value instanceof JsonArray array
                                && array.elements().stream().allMatch(JsonString.class::isInstance)))
                .orElse(true);
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

    /** A time claim in seconds since the epoch (RFC 7519 section 2, NumericDate); 0 where it is absent. */
    private static BigDecimal time(JsonObject claims, String name) {
        return claims.get(name).orElse(JsonValue.NULL) instanceof JsonNumber number ? number.value() : BigDecimal.ZERO;
    }

    private static BigDecimal seconds(Instant instant) {
        return BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), 9));
    }
}
