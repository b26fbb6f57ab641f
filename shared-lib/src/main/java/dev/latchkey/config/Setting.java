package dev.latchkey.config;

/**
 * One setting, as functions read it from an environment variable and as docs/settings.md tells of it. {@link Settings} has
 * them all.
 *
 * @param name its name as it is told of, such as {@code PLUGIN_JWT_KID} or {@code JWT_TYPE}
 * @param functions the functions that read it, separated by commas
 * @param kind what a value looks like
 * @param usual the default, of a duration in seconds; empty where unset means what no value does
 * @param other the word beside the default, of a choice; else empty
 * @param least the least number or number of seconds, itself included; else 0
 * @param most the greatest number or number of seconds, itself included; else 0
 * @param meaning what it means, in Markdown, without default and bounds
 * @param example a value that it may have; empty where the meaning says enough
 */
public record Setting(
        String name,
        String functions,
        Kind kind,
        String usual,
        String other,
        int least,
        int most,
        String meaning,
        String example) {

    private static final String PREFIX = "PLUGIN_";

    /** What a value looks like. */
    public enum Kind {
        /** A text of its own form. */
        TEXT,
        /** Texts, separated by commas. */
        LIST,
        /** The address of a host, https but for this machine's. */
        ADDRESS,
        /** A key or a secret. */
        KEY,
        /** A whole number within bounds. */
        NUMBER,
        /** Seconds or a {@link Lifetime}, within bounds. */
        DURATION,
        /** One of two words. */
        CHOICE
    }

    /** A setting that is neither a number, a duration nor a choice. */
    public static Setting of(Kind kind, String name, String functions, String usual, String meaning, String example) {
        return new Setting(name, functions, kind, usual, "", 0, 0, meaning, example);
    }

    /** A whole number. */
    public static Setting number(String name, String functions, int usual, int least, int most, String meaning) {
        return new Setting(name, functions, Kind.NUMBER, Integer.toString(usual), "", least, most, meaning, "");
    }

    /** A duration; the default is empty where there is none. */
    public static Setting duration(
            String name, String functions, String usual, int least, int most, String meaning, String example) {
        return new Setting(name, functions, Kind.DURATION, usual, "", least, most, meaning, example);
    }

    /** One of two words, the first of which is the default. */
    public static Setting choice(String name, String functions, String usual, String other, String meaning) {
        return new Setting(name, functions, Kind.CHOICE, usual, other, 0, 0, meaning, "");
    }

    /** Its name without {@code PLUGIN_}, which is one of its two spellings. */
    public String plain() {
        return plain(name);
    }

    /** Its name with {@code PLUGIN_}, which is the other. */
    public String prefixed() {
        return PREFIX.concat(plain());
    }

    /** From which value to which, such as {@code 0 to 60} or {@code 1 minute to 24 hours}; of numbers and durations. */
    public String bounds() {
        return kind == Kind.DURATION ? inWords(least) + " to " + inWords(most) : least + " to " + most;
    }

    /** A number of seconds in words, in the greatest unit of which it is a multiple: {@code 24 hours}. */
    public static String inWords(int seconds) {
        if (seconds % 31_557_600 == 0) {
            return counted(seconds / 31_557_600, "year");
        }
        if (seconds % 3600 == 0) {
            return counted(seconds / 3600, "hour");
        }
        return seconds % 60 == 0 ? counted(seconds / 60, "minute") : counted(seconds, "second");
    }

    private static String counted(int number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }

    static String plain(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    @Override
    public String toString() {
        return name;
    }
}
