package dev.latchkey.authorizer;

import dev.latchkey.jwt.Reason;

/** What stands where a token should be: a token, or a reason to refuse. */
sealed interface PresentedToken {

    /** A token, unverified. */
    record Token(String unverified) implements PresentedToken {
        @Override
        public String toString() {
            return "token";
        }
    }

    /** Nothing that could be verified. */
    record Unusable(Reason reason) implements PresentedToken {}

    /**
     * Reads a header: a scheme in any case, one space or more and a token (RFC 6750 section 2.1).
     *
     * @param scheme the scheme that must be there; empty takes {@code Bearer}, and also a token alone, which is what the
     *     portal's own authorizer took
     */
    static PresentedToken ofHeader(String value, String scheme) {
        int space = value.indexOf(' ');
        String first = space < 0 ? value : value.substring(0, space);
        boolean hasScheme = first.equalsIgnoreCase(scheme.isEmpty() ? "Bearer" : scheme);
        if (!hasScheme && !scheme.isEmpty()) {
            return new Unusable(value.isEmpty() ? Reason.MISSING_TOKEN : Reason.MALFORMED_AUTHORIZATION);
        }
        String token = hasScheme ? withoutLeadingSpaces(value, first.length()) : value;
        if (token.isEmpty()) {
            return new Unusable(Reason.MISSING_TOKEN);
        }
        return token.indexOf(' ') < 0 ? new Token(token) : new Unusable(Reason.MALFORMED_AUTHORIZATION);
    }

    private static String withoutLeadingSpaces(String text, int from) {
        int start = from;
        while (start < text.length() && text.charAt(start) == ' ') {
            start++;
        }
        return text.substring(start);
    }
}
