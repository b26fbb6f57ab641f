package dev.latchkey.jwt;

import dev.latchkey.json.JsonValue.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An issuer per tenant, as in {@code https://login.microsoftonline.com/{tid}/v2.0}: what stands for the name in braces must
 * be what the token's claim of that name holds. Everything else is compared character by character.
 *
 * <p>{@code {tenantid}} is {@code {tid}}, as Microsoft Entra's metadata spells it (Microsoft identity platform, "OpenID
 * Connect on the Microsoft identity platform").
 *
 * @param text how it was written
 * @param before what stands before the tenant
 * @param claim the claim that names the tenant
 * @param after what stands behind the tenant
 */
public record IssuerPattern(String text, String before, ClaimPath claim, String after) {

    private static final Pattern FORM = Pattern.compile("([^{}]*)\\{([^{}]+)}([^{}]*)");
    private static final Pattern BEFORE = Pattern.compile("https://[A-Za-z0-9.-]+(:[0-9]+)?/.*");
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");
    private static final Map<String, String> ALIASES = Map.of("tenantid", "tid");

    /**
     * Reads a pattern; empty where the text has no braces.
     *
     * @throws IllegalArgumentException if it is none that can be bound; the message tells why
     */
    public static Optional<IssuerPattern> parse(String text) {
        if (text.indexOf('{') < 0 && text.indexOf('}') < 0) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !BEFORE.matcher(form.group(1)).matches()) {
            throw new IllegalArgumentException(
                    "an issuer with braces needs one claim in them, behind an https address's host,"
                            + " such as https://login.microsoftonline.com/{tid}/v2.0");
        }
        String name = ALIASES.getOrDefault(form.group(2), form.group(2));
        return Optional.of(new IssuerPattern(text, form.group(1), ClaimPath.parse(name), form.group(3)));
    }

    /** Tells whether an issuer can be of this pattern, of whichever tenant. */
    boolean isLike(String issuer) {
        return issuer.length() > before.length() + after.length()
                && issuer.startsWith(before)
                && issuer.endsWith(after)
                && isTenant(tenant(issuer));
    }

    /** Tells whether a text can name a tenant in an address. */
    static boolean isTenant(String text) {
        return TENANT.matcher(text).matches();
    }

    /** Tells whether an issuer is of this pattern, and of the tenant that the same claims name. */
    boolean isOf(String issuer, JsonObject claims) {
        return isLike(issuer)
                && ClaimPath.text(claim.in(claims))
                        .filter(tenant(issuer)::equals)
                        .isPresent();
    }

    private String tenant(String issuer) {
        return issuer.substring(before.length(), issuer.length() - after.length());
    }
}
