package dev.latchkey.config;

import java.util.Set;

/** The settings of both functions whose names begin with JWT or JWKS, without {@code PLUGIN_}: one may find the other's. */
final class KnownSettings {

    static final Set<String> NAMES = Set.of(
            "JWKS_URI",
            "JWT_ALGORITHM",
            "JWT_ALGORITHMS",
            "JWT_AUDIENCE",
            "JWT_CLOCK_SKEW",
            "JWT_COMPANY_ID_FIELD",
            "JWT_EXPIRES_IN",
            "JWT_ISSUER",
            "JWT_ISSUERS",
            "JWT_KEYS_TABLE",
            "JWT_KID",
            "JWT_MAX_LIFETIME",
            "JWT_REQUIRED_CLAIMS",
            "JWT_REQUIRED_SCOPES",
            "JWT_REQUIRED_SCOPES_MATCH",
            "JWT_SECRET",
            "JWT_SECRET_ID",
            "JWT_TOKEN_SOURCE",
            "JWT_TYPE",
            "JWT_USER_ID_FIELD",
            "JWT_VERIFY_KEY");

    private KnownSettings() {}
}
