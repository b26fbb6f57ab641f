package dev.latchkey.cli;

import java.util.Map;
import java.util.TreeMap;

/** What to do where a good key is refused, by the reason in the authorizer's log; docs/troubleshooting.md tells more. */
final class Remedy {

    private static final String SAME = "give both functions the same ";
    private static final Map<String, String> BY_REASON = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "unknown_key",
                    SAME
                            + "secret: issue-key signs with a key that the authorizer does not know. Compare PLUGIN_JWT_SECRET_ID, JWT_VERIFY_KEY, JWKS_URI and PLUGIN_JWT_KID"),
            Map.entry(
                    "bad_signature",
                    SAME
                            + "secret: issue-key signs with another one than the authorizer checks with. Compare PLUGIN_JWT_SECRET, PLUGIN_JWT_SECRET_ID and JWT_VERIFY_KEY"),
            Map.entry(
                    "wrong_algorithm",
                    SAME
                            + "algorithm: PLUGIN_JWT_ALGORITHM of issue-key must be the verifying key's, and be in JWT_ALGORITHMS"),
            Map.entry("wrong_issuer", SAME + "PLUGIN_JWT_ISSUER, or none"),
            Map.entry("wrong_audience", SAME + "PLUGIN_JWT_AUDIENCE, or none"),
            Map.entry("wrong_type", "keys of issue-key are of type JWT: set JWT_TYPE to JWT, or leave it unset"),
            Map.entry(
                    "missing_company",
                    SAME
                            + "PLUGIN_JWT_COMPANY_ID_FIELD: issue-key puts the company into the first claim that it names"),
            Map.entry("missing_scope", "give --scopes, or take JWT_REQUIRED_SCOPES or SCOPE_ROUTES back"),
            Map.entry("wrong_claim", "issue-key's keys do not have what JWT_REQUIRED_CLAIMS requires: take it back"),
            Map.entry(
                    "lifetime_too_long", "PLUGIN_JWT_EXPIRES_IN of issue-key must not be longer than JWT_MAX_LIFETIME"),
            Map.entry("not_yet_valid", "the functions' clocks differ: set JWT_CLOCK_SKEW"),
            Map.entry("issued_in_future", "the functions' clocks differ: set JWT_CLOCK_SKEW"),
            Map.entry("expired", "the functions' clocks differ: set JWT_CLOCK_SKEW"),
            Map.entry(
                    "missing_status",
                    "issue-key keeps no records, so that its keys name no status list: set PLUGIN_JWT_KEYS_TABLE and PLUGIN_JWT_STATUS_LIST_BASE there, or JWT_STATUS_CLAIM to allowed"),
            Map.entry("invalid_status", SAME + "PLUGIN_JWT_STATUS_LIST_BASE"),
            Map.entry(
                    "status_unavailable",
                    "the authorizer does not get the status list: look at the log of the publish function, and at PLUGIN_JWT_STATUS_LIST_BASE of the authorizer"),
            Map.entry(
                    "missing_token",
                    "the authorizer looks for keys elsewhere: JWT_TOKEN_SOURCE must name the place that the API's identity sources name"),
            Map.entry("malformed_authorization", "the authorizer wants another scheme: see JWT_TOKEN_SOURCE"),
            Map.entry("refused_by_check", "a check of your own (TokenCheck) refuses it"),
            Map.entry("answer_too_large", "give scopes fewer routes (SCOPE_ROUTES)"),
            Map.entry("unsafe_path", "set POLICY_SCOPE to stage")));

    private Remedy() {}

    static String of(String reason) {
        return BY_REASON.getOrDefault(
                reason,
                reason.isEmpty()
                        ? "set LogLevel to INFO to see the reason, and run this again"
                        : "docs/checks.md tells what " + reason + " means");
    }

    /** For a function that does not start or answers with a failure. */
    static String ofFailure(String failure) {
        if (failure.contains("PLUGIN_")
                || failure.contains("JWT_")
                || failure.contains("_URI")
                || failure.contains("is not a setting")
                || failure.contains(": needs ")) {
            return "set what the message names; docs/settings.md has the forms";
        }
        if (failure.contains("AccessDenied")) {
            return "let the function read the secret: SecretArn, SecretKmsKeyArn";
        }
        return "look at the function's log; docs/troubleshooting.md has the messages";
    }
}
