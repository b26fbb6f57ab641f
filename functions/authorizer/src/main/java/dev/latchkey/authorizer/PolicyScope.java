package dev.latchkey.authorizer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How far an Allow reaches, the setting {@code POLICY_SCOPE}.
 *
 * <p>API Gateway caches an authorizer's answer for a token, by default for 300 seconds, and uses it for every route of
 * the stage. An Allow for one method alone turns the caller's second route into 403, unless the cache is off.
 */
enum PolicyScope {
    /** Every method of the stage that was called; right for the cache, and the default. */
    STAGE,
    /** Every method of every stage of the API. */
    API,
    /** The method that was called and nothing else; needs the cache to be off. */
    METHOD,
    /** The routes that the key's scopes open, by {@code SCOPE_ROUTES}; right for the cache. */
    SCOPED;

    /** The longest resource that API Gateway takes. */
    private static final int MAX_RESOURCE = 512;

    static Optional<PolicyScope> named(String name) {
        return Arrays.stream(values())
                .filter(scope -> scope.name().equalsIgnoreCase(name))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values())
                .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /**
     * The policy resource for a call; empty where the call's own path holds a wildcard or is too long, so that it
     * cannot stand in a policy for itself.
     */
    Optional<String> resource(MethodArn arn) {
        return switch (this) {
            case STAGE -> Optional.of(arn.api() + "/" + arn.stage() + "/*");
            case API -> Optional.of(arn.api() + "/*");
            case SCOPED -> Optional.empty();
            case METHOD -> Optional.of(arn.toString()).filter(PolicyScope::isExact);
        };
    }

    private static boolean isExact(String resource) {
        return resource.length() <= MAX_RESOURCE
                && resource.chars().noneMatch(c -> c == '*' || c == '?' || Character.isISOControl(c));
    }
}
