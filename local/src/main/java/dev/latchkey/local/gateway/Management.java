package dev.latchkey.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LoopbackServer.Response;
import dev.latchkey.local.machine.Payload;
import dev.latchkey.local.template.Api;
import dev.latchkey.local.template.RestApi;
import java.util.List;
import java.util.Map;

/**
 * Of API Gateway's management API the two operations by which it forgets answers of authorizers: FlushStageAuthorizersCache
 * for REST APIs and ResetAuthorizersCache for HTTP APIs (Amazon API Gateway API references, versions 1 and 2).
 */
public final class Management {

    private final List<ApiGateway> apis;

    /** Manages these APIs. */
    public Management(List<ApiGateway> apis) {
        this.apis = List.copyOf(apis);
    }

    /** Answers one request. */
    public Response handle(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        for (ApiGateway gateway : apis) {
            Api api = gateway.api();
            boolean isRest = api instanceof RestApi;
            String operation = (isRest ? "/restapis/" : "/v2/apis/") + api.logicalId() + "/stages/" + api.stage()
                    + "/cache/authorizers";
            if (exchange.getRequestMethod().equals("DELETE") && path.equals(operation)) {
                gateway.forgetAuthorizersAnswers();
                return new Response(isRest ? 202 : 204, Map.of(), new Payload(new byte[0]));
            }
        }
        return Response.json(404, JsonTree.message("message", "Not found"), Map.of());
    }
}
