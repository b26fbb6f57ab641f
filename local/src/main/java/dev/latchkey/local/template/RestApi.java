package dev.latchkey.local.template;

import java.util.List;
import java.util.Map;

/**
 * A REST API as the template describes it.
 *
 * @param logicalId its name in the template
 * @param stage name of its one stage
 * @param stageVariables variables of the stage
 * @param routes its methods
 * @param authorizers its Lambda authorizers by name
 * @param refusalHeaders further headers of the answers that it gives in place of an integration
 */
public record RestApi(
        String logicalId,
        String stage,
        Map<String, String> stageVariables,
        List<Route> routes,
        Map<String, AuthorizerDefinition> authorizers,
        Map<String, String> refusalHeaders)
        implements Api {

    /** Copies the collections. */
    public RestApi {
        stageVariables = Map.copyOf(stageVariables);
        routes = List.copyOf(routes);
        authorizers = Map.copyOf(authorizers);
        refusalHeaders = Map.copyOf(refusalHeaders);
    }

    @Override
    public String apiId() {
        return "local00api";
    }

    @Override
    public String stagePath() {
        return "/" + stage;
    }
}
