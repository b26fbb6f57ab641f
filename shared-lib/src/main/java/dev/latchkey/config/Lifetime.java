package dev.latchkey.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The notation of {@code PLUGIN_JWT_EXPIRES_IN}: a whole number of seconds, or a number with a unit as in {@code 30d},
 * {@code 1.5h} or {@code 2 days}.
 *
 * <p>Units, in any case, save that no M may mean months: ms, s, m, h, d, w (7 days) and y (365.25 days), and their words ({@code milliseconds},
 * {@code secs}, {@code minute}, {@code hrs}, {@code days}, {@code weeks}, {@code yr} and so on), as in npm's ms 2.1.
 */
public final class Lifetime {

    /** The longest lifetime: ten years of 365.25 days. */
    public static final Duration MAX = Duration.ofHours(87_660);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,100}");
    private static final Pattern SHORTHAND = Pattern.compile("(-?)(\\d{0,100}\\.?\\d{1,100}) *([a-z]{1,12})");
    private static final String EXAMPLES =
            "Use seconds such as 3600, or a number with a unit such as 30d, 12h or 2 days";
    private static final Map<String, Long> MILLISECONDS = new TreeMap<>();

    static {
        unit(1, "ms", "msec", "msecs", "millisecond", "milliseconds");
        unit(1_000, "s", "sec", "secs", "second", "seconds");
        unit(60_000, "m", "min", "mins", "minute", "minutes");
        unit(3_600_000, "h", "hr", "hrs", "hour", "hours");
        unit(86_400_000, "d", "day", "days");
        unit(604_800_000, "w", "week", "weeks");
        unit(31_557_600_000L, "y", "yr", "yrs", "year", "years");
    }

    private Lifetime() {}

    private static void unit(long milliseconds, String... names) {
        for (String name : names) {
            MILLISECONDS.put(name, milliseconds);
        }
    }

    /**
     * The duration that a text means, in whole seconds, a fraction cut off.
     *
     * @throws IllegalArgumentException if it is not in the notation, is less than a second or more than {@link #MAX};
     *     the message tells which
     */
    public static Duration parse(String text) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        BigDecimal seconds = seconds(value, text);
        if (seconds.signum() <= 0) {
            throw new IllegalArgumentException("a lifetime must be at least one second, got \""
                    + SettingsReader.printable(text) + "\": such a key would be expired at birth");
        }
        if (seconds.compareTo(BigDecimal.valueOf(MAX.toSeconds())) > 0) {
            throw new IllegalArgumentException("a lifetime must be at most 10 years (315576000 seconds), got \""
                    + SettingsReader.printable(text) + "\"");
        }
        return Duration.ofSeconds(seconds.longValueExact());
    }

    /** A duration in words, such as {@code 30 days (2592000 seconds)}; in seconds alone where it is no whole hours. */
    public static String inWords(Duration duration) {
        String seconds = duration.toSeconds() + " seconds";
        if (duration.isZero() || duration.toSeconds() % Duration.ofHours(1).toSeconds() != 0) {
            return seconds;
        }
        boolean isDays = duration.toHours() % Duration.ofDays(1).toHours() == 0;
        long count = isDays ? duration.toDays() : duration.toHours();
        return count + (isDays ? " day" : " hour") + (count == 1 ? "" : "s") + " (" + seconds + ")";
    }

    private static BigDecimal seconds(String value, String text) {
        if (value.length() <= 100 && SECONDS.matcher(value).matches()) {
            return new BigDecimal(value);
        }
        Matcher shorthand = SHORTHAND.matcher(value);
        if (value.length() > 100 || !shorthand.matches() || !MILLISECONDS.containsKey(shorthand.group(3))) {
            throw new IllegalArgumentException(
                    "not a lifetime: \"" + SettingsReader.printable(text) + "\". " + EXAMPLES);
        }
        if (text.strip().endsWith("M")) {
            throw new IllegalArgumentException("a lifetime of \"" + SettingsReader.printable(text)
                    + "\" may mean minutes or months. Write 30m for minutes, 30d for days");
        }
        Long unit = MILLISECONDS.getOrDefault(shorthand.group(3), 0L);
        return new BigDecimal(shorthand.group(1) + shorthand.group(2))
                .multiply(BigDecimal.valueOf(unit))
                .divide(BigDecimal.valueOf(1000), 0, RoundingMode.DOWN);
    }
}
