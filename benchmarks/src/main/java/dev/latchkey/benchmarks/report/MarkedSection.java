package dev.latchkey.benchmarks.report;

/** The part of a text between two marks that a program writes; the rest is people's. */
public final class MarkedSection {

    private static final String START = "<!-- benchmarks: written by scripts/bench all --write -->\n";
    private static final String END = "<!-- end of benchmarks -->\n";

    private MarkedSection() {}

    /**
     * The text with other content between the marks.
     *
     * @throws IllegalArgumentException if a mark is missing
     */
    public static String replace(String text, String content) {
        int start = text.indexOf(START);
        int end = text.indexOf(END);
        if (start < 0 || end < start) {
            throw new IllegalArgumentException(
                    "the text has no place for the benchmarks, which is between " + START + "and " + END);
        }
        return text.substring(0, start + START.length()) + content + text.substring(end);
    }
}
