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
 * @param authorizers its Lambda authorizers by name
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

    /** Whether it has no authorizer: anybody may ask it. */
    public boolean isOpen() {
        return authorizers.isEmpty();
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
