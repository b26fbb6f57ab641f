package dev.latchkey.jwt;

import dev.latchkey.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The issuer that a key set names for one of its keys, {@code https://login.microsoftonline.com/{tenantid}/v2.0}, where one set
 * serves many tenants: a key of one must not sign for another (Microsoft identity platform, "Access tokens", "Validate the
 * issuer of the signing key").
 */
final class KeyIssuer {

    private static final String TENANT = "{tenantid}";

    private KeyIssuer() {}

    /** The problem of checked claims whose issuer is none of those that the key is for; none where it is for every one. */
    static Optional<ClaimsCheck.Problem> problem(List<String> ofKey, JsonObject claims) {
        if (ofKey.isEmpty()) {
            return Optional.empty();
        }
        String issuer = claims.string("iss").orElse("");
        String tenant = claims.string("tid").filter(IssuerPattern::isTenant).orElse("");
        return ofKey.stream().anyMatch(one -> isSame(one, issuer, tenant))
                ? Optional.empty()
                : Optional.of(new ClaimsCheck.Problem(
                        Reason.WRONG_ISSUER, new Mismatch("iss", String.join(" or ", ofKey), issuer)));
    }

    /** Keys of version 2 sign tokens of version 1, too, whose issuer names the tenant at another host. */
    private static boolean isSame(String ofKey, String issuer, String tenant) {
        if (tenant.isEmpty()) {
            return ofKey.equals(issuer);
        }
        String filled = ofKey.replace(TENANT, tenant);
        return filled.equals(issuer) || (tenant.equals(tenantOf(filled)) && tenant.equals(tenantOf(issuer)));
    }

    /** The first step of the path, {@code https://host/TENANT/…}; empty where there is none. */
    private static String tenantOf(String issuer) {
        String[] parts = issuer.split("/", 5);
        return parts.length > 3 ? parts[3] : "";
    }
}
