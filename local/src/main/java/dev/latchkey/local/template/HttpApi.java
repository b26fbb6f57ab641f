package dev.latchkey.local.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP API as the template describes it, with the stage {@code $default} at the root.
 *
 * @param logicalId its name in the template
 * @param stageVariables variables of the stage
 * @param routes its routes
 * @param authorizers its authorizers by name
 * @param cors which pages may call it; empty for none
 */
public record HttpApi(
        String logicalId,
        Map<String, String> stageVariables,
        List<Route> routes,
        Map<String, AuthorizerDefinition> authorizers,
        Optional<Cors> cors)
        implements Api {
    /** Name of the stage that is served at the root. */
    static final String DEFAULT_STAGE = "$default";

    /** Copies the collections. */
    public HttpApi {
        stageVariables = Map.copyOf(stageVariables);
        routes = List.copyOf(routes);
        authorizers = Map.copyOf(authorizers);
    }

    @Override
    public String apiId() {
        return "local0http";
    }

    /** Who guards an HTTP API. */
    public enum Guard {
        /** Nobody: anybody may ask it. */
        NONE,
        /** A function. */
        LAMBDA,
        /** API Gateway itself. */
        API_GATEWAY
    }

    /** Who guards it. */
    public Guard guard() {
        if (authorizers.isEmpty()) {
            return Guard.NONE;
        }
        return authorizers.values().stream().allMatch(AuthorizerDefinition.Jwt.class::isInstance)
                ? Guard.API_GATEWAY
                : Guard.LAMBDA;
    }

    @Override
    public String stage() {
        return DEFAULT_STAGE;
    }

    @Override
    public String stagePath() {
        return "";
    }
}
