package dev.latchkey.jwt;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * Times in claims: seconds since the epoch, with or without a fraction (RFC 7519 section 2, NumericDate). A claim that is
 * absent counts as 0.
 */
final class NumericDate {

    private static final JsonNumber ZERO = JsonNumber.of(0);
    private static final int MAX_SCALE = 64;
    private static final Instant LAST_SECOND = Instant.ofEpochSecond(Instant.MAX.getEpochSecond());

    /** As milliseconds the year 2001, as seconds the year 33658. */
    private static final Instant FIRST_IN_MILLISECONDS = Instant.ofEpochSecond(1_000_000_000_000L);

    private NumericDate() {}

    /**
     * Tells whether a value is a number of seconds that is no later than all time. A number with an exponent that no date
     * has is none: to reckon with it could take minutes.
     */
    static boolean isUsable(JsonValue value) {
        return value instanceof JsonNumber number
                && (number.isWhole() || Math.abs((long) number.value().scale()) <= MAX_SCALE)
                && compare(number, LAST_SECOND) <= 0;
    }

    /** Tells whether a usable claim is so far ahead that it counts no seconds. */
    static boolean isInMilliseconds(JsonObject claims, String name) {
        return compare(claims, name, FIRST_IN_MILLISECONDS) >= 0;
    }

    /** Negative, zero or positive, as the claim's time is before, at or after an instant. */
    static int compare(JsonObject claims, String name, Instant instant) {
        return compare(time(claims, name), instant);
    }

    private static int compare(JsonNumber time, Instant instant) {
        if (!time.isWhole()) {
            return time.value().compareTo(decimal(instant));
        }
        int seconds = Long.compare(time.whole(), instant.getEpochSecond());
        return seconds != 0 ? seconds : Integer.compare(0, instant.getNano());
    }

    /** Tells whether the time from one claim to another is longer than that. */
    static boolean isLonger(JsonObject claims, String from, String to, Duration longest) {
        BigDecimal time = time(claims, to).value().subtract(time(claims, from).value());
        return time.compareTo(BigDecimal.valueOf(longest.toSeconds())) > 0;
    }

    /** The time of a usable claim, to the second. */
    static Instant instant(JsonObject claims, String name) {
        return Instant.ofEpochSecond(second(claims, name));
    }

    /** The second of a usable claim, without its fraction; the first of all time for what is before it. */
    static long second(JsonObject claims, String name) {
        JsonNumber time = time(claims, name);
        if (compare(time, Instant.MIN) < 0) {
            return Instant.MIN.getEpochSecond();
        }
        return time.isWhole() ? time.whole() : time.value().longValue();
    }

    private static JsonNumber time(JsonObject claims, String name) {
        return claims.members().get(name) instanceof JsonNumber number ? number : ZERO;
    }

    private static BigDecimal decimal(Instant instant) {
        return BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), 9));
    }
}
