package dev.latchkey.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Texts with separators, where a part in double quotes may hold them. A quote opens a part at its beginning, behind {@code
 * , | = : ;} or spaces; inside, a backslash stands before a quote or a backslash.
 */
public final class Quoted {

    private static final String BEFORE = ",|=:;";

    private Quoted() {}

    /**
     * The parts between separators, stripped, their quotes still there.
     *
     * @param most the most parts; the last holds the rest
     * @throws IllegalArgumentException if a quote is not closed
     */
    public static List<String> split(String text, char separator, int most) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '"' && opens(text, i)) {
                i = end(text, i);
            } else if (text.charAt(i) == separator && parts.size() < most - 1) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    /**
     * The parts between separators.
     *
     * @throws IllegalArgumentException if a quote is not closed
     */
    public static List<String> split(String text, char separator) {
        return split(text, separator, Integer.MAX_VALUE);
    }

    /** A part without its quotes, if it has any. */
    public static String plain(String part) {
        boolean isQuoted = part.length() > 1 && part.startsWith("\"") && end(part, 0) == part.length() - 1;
        return isQuoted ? part.substring(1, part.length() - 1).replaceAll("\\\\([\"\\\\])", "$1") : part;
    }

    private static boolean opens(String text, int quote) {
        int before = quote - 1;
        while (before >= 0 && Character.isWhitespace(text.charAt(before))) {
            before--;
        }
        return before < 0 || BEFORE.indexOf(text.charAt(before)) >= 0;
    }

    private static int end(String text, int quote) {
        for (int i = quote + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        throw new IllegalArgumentException("a quote is not closed");
    }
}
