package dev.latchkey.config;

import java.util.List;
import java.util.Set;

/**
 * The settings of both functions, without {@code PLUGIN_}: one may find the other's. A name that begins like one and is none
 * is misspelt.
 */
final class KnownSettings {

    static final Set<String> NAMES = Set.of(
            "HTTP_API_RESPONSE",
            "JWKS_URI",
            "JWT_ALGORITHM",
            "JWT_ALGORITHMS",
            "JWT_ALLOWED_PLANS",
            "JWT_ALLOWED_SCOPES",
            "JWT_AUDIENCE",
            "JWT_CLOCK_SKEW",
            "JWT_AUTHORIZER_TTL",
            "JWT_COMPANY_ID_FIELD",
            "JWT_EXPIRES_IN",
            "JWT_FLUSH_QUEUE_URL",
            "JWT_ISSUER",
            "JWT_ISSUERS",
            "JWT_KEYS_TABLE",
            "JWT_KID",
            "JWT_MAX_EXPIRES_IN",
            "JWT_MAX_LIFETIME",
            "JWT_REQUIRED_CLAIMS",
            "JWT_REQUIRED_SCOPES",
            "JWT_REQUIRED_SCOPES_MATCH",
            "JWT_SECRET",
            "JWT_SECRET_ID",
            "JWT_STATUS_CLAIM",
            "JWT_STATUS_LIST_BASE",
            "JWT_STATUS_MAX_AGE",
            "JWT_TOKEN_SOURCE",
            "JWT_TYPE",
            "JWT_USER_ID_FIELD",
            "JWT_VERIFY_KEY",
            "MOESIF_APPLICATION_ID",
            "MOESIF_BASE_URI",
            "POLICY_SCOPE",
            "SCOPE_ROUTES");

    private static final List<String> BEGINNINGS =
            List.of("JWT_", "JWKS_", "POLICY_", "SCOPE_", "HTTP_API_", "MOESIF_");

    private KnownSettings() {}

    /** Tells whether a name without {@code PLUGIN_} looks like one of ours and is none. */
    static boolean isMisspelt(String name) {
        for (String beginning : BEGINNINGS) {
            if (name.startsWith(beginning)) {
                return !NAMES.contains(name);
            }
        }
        return false;
    }
}
