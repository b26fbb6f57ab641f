package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A lifetime")
class LifetimeTest {

    @ParameterizedTest(name = "\"{0}\" is {1} seconds")
    @DisplayName("that the portal's plugin reads is read as the same number of seconds")
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "3600,3600",
                " 120 ,120",
                "1,1",
                "0060,60",
                "30d,2592000",
                "1.5h,5400",
                "2 days,172800",
                "10H,36000",
                ".5d,43200",
                "1   w,604800"
            })
    void asThePortalsPlugin(String text, long seconds) {
        assertThat(Lifetime.parse(text)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("that the portal's plugin refuses is refused")
    @ValueSource(
            strings = {"1.5", "Infinity", "-Infinity", "NaN", "abc", "1mo", "1 month", "d", "1.d", "1..5d", "1d2h"})
    void refusedByBoth(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lifetime.parse(text))
                .withMessageContaining("not a lifetime: \"" + text + "\"")
                .withMessageContaining("30d, 12h or 2 days");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName(
            "in a notation of JavaScript's numbers is refused, unlike by the portal's plugin: it is a slip of the pen")
    @ValueSource(strings = {"1e3", "0x10", "0b11", "+60", "60.0", "1_000", "1,000"})
    void javaScriptNumbers(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lifetime.parse(text))
                .withMessageContaining("not a lifetime");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("with a capital M is refused: it may be minutes or months")
    @ValueSource(strings = {"1M", "6 M", "1.5M"})
    void minutesOrMonths(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lifetime.parse(text))
                .withMessage("a lifetime of \"" + text
                        + "\" may mean minutes or months. Write 30m for minutes, 30d for days");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("of zero or less is refused, where the portal's plugin would issue a key that is expired at birth")
    @ValueSource(strings = {"0", "00", "0d", "-1d", "-.5h", "500ms", "999 ms", "0.9s"})
    void expiredAtBirth(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lifetime.parse(text))
                .withMessageContaining("at least one second, got \"" + text + "\"");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("of a negative number without a unit is refused, too")
    @ValueSource(strings = {"-30", "-1"})
    void negativeSeconds(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Lifetime.parse(text));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName(
            "with white space around it is read, unlike by the portal's plugin, as settings often end in a line break")
    @ValueSource(strings = {"30 d ", " 30d", "30d\n", "\t30 D\r\n"})
    void whiteSpaceAround(String text) {
        assertThat(Lifetime.parse(text)).isEqualTo(Duration.ofDays(30));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("with other white space than spaces before the unit, or digits of other scripts, is refused")
    @ValueSource(strings = {"30\td", "30\nd", "30\u00a0d", "\u0663\u0660d", "\uff13\uff10"})
    void otherCharacters(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Lifetime.parse(text));
    }

    @ParameterizedTest(name = "1 {0} is {1} seconds")
    @DisplayName("may have any unit of npm's ms 2.1")
    @CsvSource({
        "s,1",
        "sec,1",
        "secs,1",
        "second,1",
        "seconds,1",
        "m,60",
        "min,60",
        "mins,60",
        "minute,60",
        "minutes,60",
        "h,3600",
        "hr,3600",
        "hrs,3600",
        "hour,3600",
        "hours,3600",
        "d,86400",
        "day,86400",
        "days,86400",
        "w,604800",
        "week,604800",
        "weeks,604800",
        "y,31557600",
        "yr,31557600",
        "yrs,31557600",
        "year,31557600",
        "years,31557600"
    })
    void units(String unit, long seconds) {
        assertThat(Lifetime.parse("1" + unit)).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(Lifetime.parse("1 " + (unit.equals("m") ? unit : unit.toUpperCase(java.util.Locale.ROOT))))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("in milliseconds counts whole seconds")
    @CsvSource({"1000ms,1", "1999 msecs,1", "2000 msec,2", "2500 milliseconds,2", "3000 millisecond,3"})
    void milliseconds(String text, long seconds) {
        assertThat(Lifetime.parse(text)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("of ten years to the second is the longest")
    @ValueSource(strings = {"315576000", "10y", "10 years", "87660h", "315576000999ms"})
    void justShortEnough(String text) {
        assertThat(Lifetime.parse(text)).isEqualTo(Lifetime.MAX);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName(
            "of a second more than ten years is refused, unlike by the portal's plugin: such a key is never revoked")
    @ValueSource(
            strings = {"315576001", "315576001s", "10.0001y", "100y", "9223372036854775808", "99999999999999999999999d"
            })
    void justTooLong(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lifetime.parse(text))
                .withMessageContaining("at most 10 years (315576000 seconds)");
    }

    @Test
    @DisplayName("of 100 characters is read, of 101 refused, as by the portal's plugin")
    void length() {
        assertThat(Lifetime.parse("30" + " ".repeat(97) + "d")).isEqualTo(Duration.ofDays(30));
        assertThat(Lifetime.parse("0".repeat(98) + "60")).isEqualTo(Duration.ofMinutes(1));
        assertThatIllegalArgumentException().isThrownBy(() -> Lifetime.parse("30" + " ".repeat(98) + "d"));
        assertThatIllegalArgumentException().isThrownBy(() -> Lifetime.parse("0".repeat(99) + "60"));
    }

    @Test
    @DisplayName("that is refused is shown without control characters and not at length")
    void printableMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lifetime.parse("30\u001b[31m\r\nd"))
                .withMessageContaining("\"30?[31m??d");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lifetime.parse("30d" + "x".repeat(500)))
                .withMessageContaining("a value of 503 characters");
    }

    @ParameterizedTest(name = "{0} s")
    @CsvSource(
            delimiter = '|',
            value = {
                "2592000 | 30 days (2592000 seconds)",
                "86400 | 1 day (86400 seconds)",
                "43200 | 12 hours (43200 seconds)",
                "90000 | 25 hours (90000 seconds)",
                "3600 | 1 hour (3600 seconds)",
                "3601 | 3601 seconds",
                "0 | 0 seconds",
            })
    @DisplayName("is told in words, with its seconds")
    void inWords(long seconds, String words) {
        assertThat(Lifetime.inWords(Duration.ofSeconds(seconds))).isEqualTo(words);
    }
}
