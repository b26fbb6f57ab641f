package dev.latchkey.authorizer;

import dev.latchkey.jwt.Reason;
import java.util.Set;

/** What stands in the Authorization header: one token, or a reason to refuse. */
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
     * Reads {@code Bearer} in any case, one space or more and a token (RFC 6750 section 2.1), or a token alone, which
     * is what the portal's own authorizer took.
     */
    static PresentedToken of(Set<String> authorizations) {
        if (authorizations.isEmpty()) {
            return new Unusable(Reason.MISSING_TOKEN);
        }
        if (authorizations.size() > 1) {
            return new Unusable(Reason.SEVERAL_TOKENS);
        }
        String value = authorizations.iterator().next();
        int space = value.indexOf(' ');
        String scheme = space < 0 ? value : value.substring(0, space);
        boolean isBearer = scheme.equalsIgnoreCase("Bearer");
        String token = isBearer ? withoutLeadingSpaces(value.substring(scheme.length())) : value;
        if (token.isEmpty()) {
            return new Unusable(Reason.MISSING_TOKEN);
        }
        return token.indexOf(' ') < 0 ? new Token(token) : new Unusable(Reason.MALFORMED_AUTHORIZATION);
    }

    private static String withoutLeadingSpaces(String text) {
        int start = 0;
        while (start < text.length() && text.charAt(start) == ' ') {
            start++;
        }
        return text.substring(start);
    }
}
