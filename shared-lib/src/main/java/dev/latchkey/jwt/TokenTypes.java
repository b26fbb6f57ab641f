package dev.latchkey.jwt;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The values of a header's {@code typ} that are taken (RFC 8725 section 3.11), compared without regard to case.
 *
 * @param accepted the types, in lower case
 * @param orNone whether a header without {@code typ} is taken, too
 * @param any whether every type and none is taken
 */
public record TokenTypes(List<String> accepted, boolean orNone, boolean any) {

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

    /** Exactly these types. */
    public static TokenTypes of(List<String> types) {
        return new TokenTypes(
                types.stream().map(type -> type.toLowerCase(Locale.ROOT)).toList(), false, false);
    }

    /** Tells whether a header's type is taken; {@link #STATUS_LIST} never is. */
    boolean accepts(@Nullable String type) {
        if (type != null && type.length() >= STATUS_LIST.length() && SignedDocument.isType(type, STATUS_LIST)) {
            return false;
        }
        return any || (type == null ? orNone : accepted.contains(type.toLowerCase(Locale.ROOT)));
    }
}
