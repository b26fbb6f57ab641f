package dev.latchkey.authorizer;

import dev.latchkey.config.MetricSettings;
import dev.latchkey.config.Quoted;
import dev.latchkey.config.Secrets;
import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsReader;
import dev.latchkey.config.VerificationSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the authorizer.
 *
 * @param verification what keys are checked with and by which rules
 * @param sources where a request may carry its token
 * @param permissions what a good key permits
 * @param responses how answers look
 */
record AuthorizerSettings(
        VerificationSettings verification, List<TokenSource> sources, Permissions permissions, Responses responses) {

    /** {@code Bearer} in any case and a token, or a token alone, in the Authorization header. */
    private static final TokenSource AUTHORIZATION = new TokenSource.Header("authorization", "");

    /**
     * Reads the settings.
     *
     * @throws dev.latchkey.config.SettingsException if they do not work
     */
    static AuthorizerSettings read(Map<String, String> environment, Secrets secrets) {
        SettingsReader reader = new SettingsReader(environment);
        List<TokenSource> sources = sources(reader);
        Permissions permissions = permissions(reader);
        boolean simple = isSimple(reader, permissions.routes() != null);
        boolean denies = !reader.isUsual(Settings.REFUSAL);
        MetricSettings.read(reader);
        Responses responses = new Responses(simple, denies);
        return new AuthorizerSettings(VerificationSettings.read(reader, secrets), sources, permissions, responses);
    }

    /** What metrics are counted by; needed before the other settings are read, which tell their problems. */
    static MetricSettings metrics(Map<String, String> environment) {
        return MetricSettings.read(new SettingsReader(environment));
    }

    /** API Gateway reuses a simple response for every route of the same caller: with scopes it would open too many. */
    private static boolean isSimple(SettingsReader reader, boolean hasRoutes) {
        boolean isSimple = reader.isUsual(Settings.HTTP_API_RESPONSE);
        if (isSimple && hasRoutes && reader.text(Settings.HTTP_API_RESPONSE).isPresent()) {
            reader.problem(
                    Settings.HTTP_API_RESPONSE,
                    "must be policy or unset where " + Settings.SCOPE_ROUTES
                            + " is set, and EnableSimpleResponses of the HTTP API's authorizer false");
        }
        return isSimple && !hasRoutes;
    }

    private static Permissions permissions(SettingsReader reader) {
        ScopeRoutes routes = routes(reader);
        PolicyScope scope = scope(reader, routes != null);
        RequiredScopes required = new RequiredScopes(
                scopes(reader, Settings.REQUIRED_SCOPES), reader.isUsual(Settings.REQUIRED_SCOPES_MATCH));
        return new Permissions(scope, routes, required, context(reader), usageKey(reader));
    }

    private static PolicyScope scope(SettingsReader reader, boolean hasRoutes) {
        Optional<String> name = reader.text(Settings.POLICY_SCOPE);
        Optional<PolicyScope> scope = name.isEmpty() ? Optional.empty() : PolicyScope.named(name.get());
        if (name.isPresent() && scope.isEmpty()) {
            reader.problem(Settings.POLICY_SCOPE, "needs one of " + PolicyScope.names());
        }
        if (scope.isPresent() && hasRoutes != (scope.get() == PolicyScope.SCOPED)) {
            reader.problem(
                    Settings.POLICY_SCOPE,
                    hasRoutes
                            ? "must be scoped or unset where " + Settings.SCOPE_ROUTES + " is set"
                            : "scoped needs " + Settings.SCOPE_ROUTES + ", which is not set");
        }
        return hasRoutes ? PolicyScope.SCOPED : scope.orElse(PolicyScope.STAGE);
    }

    private static @Nullable ScopeRoutes routes(SettingsReader reader) {
        Optional<String> text = reader.text(Settings.SCOPE_ROUTES);
        try {
            return text.isEmpty() ? null : ScopeRoutes.parse(text.get());
        } catch (IllegalArgumentException e) {
            reader.problem(Settings.SCOPE_ROUTES, String.valueOf(e.getMessage()));
            return new ScopeRoutes(Map.of());
        }
    }

    private static List<TokenSource> sources(SettingsReader reader) {
        List<String> entries = reader.list(Settings.TOKEN_SOURCE);
        List<TokenSource> sources = new ArrayList<>();
        for (String entry : entries) {
            TokenSource.parse(entry).ifPresent(sources::add);
        }
        if (sources.size() < entries.size()) {
            reader.problem(
                    Settings.TOKEN_SOURCE,
                    "needs entries such as header X-Api-Key, header Authorization Bearer, query access_token, cookie key"
                            + " or websocket-protocol, separated by commas");
        }
        return sources.isEmpty() ? List.of(AUTHORIZATION) : sources;
    }

    private static ContextClaims context(SettingsReader reader) {
        List<String> entries = reader.quotedList(Settings.CONTEXT_CLAIMS);
        List<ContextClaims.Entry> claims = new ArrayList<>();
        for (String entry : entries) {
            try {
                claims.add(ContextClaims.Entry.parse(entry));
            } catch (IllegalArgumentException e) {
                reader.problem(Settings.CONTEXT_CLAIMS, String.valueOf(e.getMessage()));
            }
        }
        if (entries.size() > ContextClaims.MAX_CLAIMS) {
            reader.problem(
                    Settings.CONTEXT_CLAIMS,
                    "needs at most " + ContextClaims.MAX_CLAIMS
                            + " claims such as plan or realm.name, separated by commas");
        }
        return new ContextClaims(claims);
    }

    private static @Nullable UsageKey usageKey(SettingsReader reader) {
        Optional<String> text = reader.text(Settings.USAGE_KEY);
        try {
            return text.isEmpty() ? null : UsageKey.parse(text.get());
        } catch (IllegalArgumentException e) {
            reader.problem(
                    Settings.USAGE_KEY,
                    "needs a claim, or a claim and the usage plans' API keys: plan: gold=KEY1, silver=KEY2. It "
                            + e.getMessage());
            return null;
        }
    }

    /** Words separated by spaces or commas, or texts in quotes that may hold both. */
    private static List<String> scopes(SettingsReader reader, Setting setting) {
        List<String> scopes = new ArrayList<>();
        for (String part : reader.quotedList(setting)) {
            if (part.startsWith("\"")) {
                scopes.add(Quoted.plain(part));
            } else {
                scopes.addAll(List.of(part.split(" +", -1)));
            }
        }
        return scopes;
    }
}
