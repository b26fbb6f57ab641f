package dev.latchkey.local.gateway;

import java.util.Locale;

/**
 * IAM's wildcards: {@code *} stands for any characters, {@code ?} for exactly one.
 *
 * <p>Every pattern position is followed at once, so a match takes at most pattern length times text length steps,
 * whatever the pattern is.
 */
final class Wildcard {
    private static final int ARN_SEPARATORS = 5;

    private Wildcard() {}

    /** Whether an action of a policy covers an action; case does not matter (IAM, JSON policy elements: Action). */
    static boolean matchesAction(String pattern, String action) {
        return matches(pattern.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT), false);
    }

    /**
     * Whether a resource of a policy covers an ARN; case matters (IAM, JSON policy elements: Resource). Inside the
     * resource part both wildcards stand for any character, {@code /} and {@code :} included. Before it, a {@code *}
     * crosses the colon between two segments only as the last character of its segment, and {@code ?} never does.
     */
    static boolean matchesArn(String pattern, String arn) {
        return matches(pattern, arn, true);
    }

    private static boolean matches(String pattern, String text, boolean segments) {
        boolean[] crossesColon = crossesColon(pattern, segments);
        boolean[] here = new boolean[pattern.length() + 1];
        enter(here, 0, pattern);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean[] next = new boolean[pattern.length() + 1];
            for (int p = 0; p < pattern.length(); p++) {
                if (!here[p]) {
                    continue;
                }
                char expected = pattern.charAt(p);
                boolean wild = c != ':' || crossesColon[p];
                if (expected == '*' && wild) {
                    enter(next, p, pattern);
                } else if (expected == '?' ? wild : expected != '*' && expected == c) {
                    enter(next, p + 1, pattern);
                }
            }
            here = next;
        }
        return here[pattern.length()];
    }

    /** Marks a position as reached, and with it those behind the stars there, as a star may stand for nothing. */
    private static void enter(boolean[] reached, int position, String pattern) {
        int p = position;
        reached[p] = true;
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
            reached[p] = true;
        }
    }

    private static boolean[] crossesColon(String pattern, boolean segments) {
        boolean[] crosses = new boolean[pattern.length()];
        int colons = 0;
        for (int p = 0; p < pattern.length(); p++) {
            boolean endsSegment = p + 1 == pattern.length() || pattern.charAt(p + 1) == ':';
            if (pattern.charAt(p) == ':') {
                colons++;
            }
            crosses[p] = !segments || colons >= ARN_SEPARATORS || (pattern.charAt(p) == '*' && endsSegment);
        }
        return crosses;
    }
}
