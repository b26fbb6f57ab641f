package dev.latchkey.authorizer;

import dev.latchkey.jwt.ClaimPath;
import dev.latchkey.jwt.Mismatch;
import dev.latchkey.jwt.Reason;
import dev.latchkey.jwt.VerifiedToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a good key permits.
 *
 * @param scope how far an Allow reaches
 * @param routes the routes by scope for {@link PolicyScope#SCOPED}; null otherwise
 * @param required the scopes without which no key is let in
 * @param context what API Gateway is told
 * @param usageKey the usage plan's API key; null for none
 */
record Permissions(
        PolicyScope scope,
        @Nullable ScopeRoutes routes,
        RequiredScopes required,
        ContextClaims context,
        @Nullable UsageKey usageKey) {

    /** Decides on a key that names a company. */
    Decision decide(VerifiedToken token, String company, MethodArn arn) {
        if (!required.areMetBy(token)) {
            return new Decision.Deny(company, Reason.MISSING_SCOPE, missing(token, required.inWords()));
        }
        Optional<List<String>> resources = resources(token, arn);
        if (resources.isEmpty()) {
            return routes == null
                    ? new Decision.Deny(company, Reason.UNSAFE_PATH)
                    : new Decision.Deny(company, Reason.MISSING_SCOPE, missing(token, "a scope of SCOPE_ROUTES"));
        }
        String usage = usageKey == null ? null : usageKey.of(token).orElse(null);
        List<String> leftOut = new ArrayList<>();
        Map<String, String> told = context.of(token, company, leftOut);
        return new Decision.Allow(
                company,
                resources.get(),
                told,
                usage,
                leftOut,
                elsewhere(token, resources.get(), arn),
                usageKey != null && usage == null);
    }

    /** API Gateway keeps the policy for the routes that it opens, and refuses this call by the same policy. */
    private @Nullable Mismatch elsewhere(VerifiedToken token, List<String> resources, MethodArn arn) {
        return routes == null || ScopeRoutes.cover(resources, arn)
                ? null
                : missing(token, "a scope of SCOPE_ROUTES for this route");
    }

    private static Mismatch missing(VerifiedToken token, String scopes) {
        return new Mismatch(ClaimPath.names(token.mapping().scopes()), scopes);
    }

    private Optional<List<String>> resources(VerifiedToken token, MethodArn arn) {
        if (routes != null) {
            return routes.resources(arn, token.scopes());
        }
        Optional<String> resource = scope.resource(arn);
        return resource.isEmpty() ? Optional.empty() : Optional.of(List.of(resource.get()));
    }
}
