package dev.latchkey.jwt;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The values of a header's {@code typ} that are taken (RFC 8725 section 3.11). They are media types: compared without regard
 * to case, and {@code at+jwt} is {@code application/at+jwt} (RFC 7515 section 4.1.9).
 *
 * @param accepted the types, in lower case
 * @param orNone whether a header without {@code typ} is taken, too
 * @param any whether every type and none is taken
 */
public record TokenTypes(List<String> accepted, boolean orNone, boolean any) {

    private static final String APPLICATION = "application/";
    private static final String NONE = "none";

    /** {@code JWT} or no type, as in RFC 7519 section 5.1. */
    public static final TokenTypes JWT = new TokenTypes(List.of("jwt"), true, false);

    /** Every type: the check is waived. */
    public static final TokenTypes ANY = new TokenTypes(List.of(), true, true);

    /** The type of status lists, which are signed by the same keys and never taken for API keys. */
    public static final String STATUS_LIST = "statuslist+jwt";

    /** Copies the types. */
    public TokenTypes {
        accepted = List.copyOf(accepted);
    }

    /** Exactly these types; {@code none} among them takes a header without one. */
    public static TokenTypes of(List<String> types) {
        List<String> plain = types.stream().map(TokenTypes::plain).toList();
        return new TokenTypes(plain.stream().filter(type -> !type.equals(NONE)).toList(), plain.contains(NONE), false);
    }

    /** A media type as it is compared: in lower case, without the {@code application/} that may be left out. */
    private static String plain(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith(APPLICATION) && lower.indexOf('/', APPLICATION.length()) < 0
                ? lower.substring(APPLICATION.length())
                : lower;
    }

    /** Tells whether a header's type is taken; {@link #STATUS_LIST} never is. */
    boolean accepts(@Nullable String type) {
        if (type != null && type.length() >= STATUS_LIST.length() && SignedDocument.isType(type, STATUS_LIST)) {
            return false;
        }
        return any || (type == null ? orNone : accepted.contains(plain(type)));
    }

    /** What is taken, for messages. */
    String inWords() {
        if (any) {
            return "anything";
        }
        String types = String.join(" or ", accepted);
        return orNone ? types + (types.isEmpty() ? NONE : " or " + NONE) : types;
    }
}
