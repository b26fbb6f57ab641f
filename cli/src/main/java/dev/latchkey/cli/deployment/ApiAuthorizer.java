package dev.latchkey.cli.deployment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigatewayv2.model.GetAuthorizerResponse;

/**
 * How an API asks a Lambda authorizer.
 *
 * @param uri names the function; empty for an authorizer that is none
 * @param ttl seconds for which an answer is kept
 * @param identitySources what the caller's answer is kept by, in lower case
 * @param isSimple whether it expects simple responses in the place of policies
 * @param hasCredentials whether it invokes the function by a role of its own
 * @param isHttp whether the API is an HTTP API
 */
record ApiAuthorizer(
        String name,
        String uri,
        int ttl,
        List<String> identitySources,
        boolean isSimple,
        boolean hasCredentials,
        boolean isHttp) {

    /** What API Gateway takes where nothing is said (API Gateway API reference, Authorizer). */
    private static final int USUAL_TTL = 300;

    static ApiAuthorizer of(Authorizer authorizer) {
        return new ApiAuthorizer(
                text(authorizer.name()),
                text(authorizer.authorizerUri()),
                Objects.requireNonNullElse(authorizer.authorizerResultTtlInSeconds(), USUAL_TTL),
                Arrays.stream(text(authorizer.identitySource()).split(",", -1))
                        .map(source -> source.strip().toLowerCase(Locale.ROOT))
                        .toList(),
                false,
                authorizer.authorizerCredentials() != null,
                false);
    }

    static ApiAuthorizer of(GetAuthorizerResponse authorizer) {
        return new ApiAuthorizer(
                text(authorizer.name()),
                text(authorizer.authorizerUri()),
                Objects.requireNonNullElse(authorizer.authorizerResultTtlInSeconds(), 0),
                authorizer.identitySource().stream()
                        .map(source -> source.toLowerCase(Locale.ROOT))
                        .toList(),
                Boolean.TRUE.equals(authorizer.enableSimpleResponses()),
                authorizer.authorizerCredentialsArn() != null,
                true);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** Whether it asks this function, by whatever version or alias. */
    boolean asks(String function) {
        return (uri + "/").contains(":function:" + function + "/") || uri.contains(":function:" + function + ":");
    }
}
