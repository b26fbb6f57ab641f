package dev.latchkey.authorizer;

import dev.latchkey.jwt.Reason;
import dev.latchkey.jwt.VerifiedToken;
import java.util.List;
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
            return new Decision.Deny(company, Reason.MISSING_SCOPE);
        }
        Optional<List<String>> resources = resources(token, arn);
        if (resources.isEmpty()) {
            return new Decision.Deny(company, routes == null ? Reason.UNSAFE_PATH : Reason.MISSING_SCOPE);
        }
        String usage = usageKey == null ? null : usageKey.of(token).orElse(null);
        return new Decision.Allow(company, resources.get(), context.of(token, company), usage);
    }

    private Optional<List<String>> resources(VerifiedToken token, MethodArn arn) {
        if (routes != null) {
            return routes.resources(arn, token.scopes());
        }
        Optional<String> resource = scope.resource(arn);
        return resource.isEmpty() ? Optional.empty() : Optional.of(List.of(resource.get()));
    }
}
