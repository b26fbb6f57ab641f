package dev.latchkey.local.gateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LocalAccount;
import dev.latchkey.local.template.Api;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Set;

/**
 * The events that authorizer functions get, made from AWS's own event type and its serializer (API Gateway, Input to a
 * Lambda authorizer). The type has more members than a TOKEN event; those that are unset are left out.
 */
final class AuthorizerEvents {
    private static final Set<String> TOKEN_MEMBERS = Set.of("type", "authorizationToken", "methodArn");
    private static final Set<String> REQUEST_MEMBERS = Set.of(
            "type",
            "methodArn",
            "resource",
            "path",
            "httpMethod",
            "headers",
            "queryStringParameters",
            "pathParameters",
            "stageVariables",
            "requestContext");

    private AuthorizerEvents() {}

    static byte[] token(String token, String methodArn) {
        return JsonTree.bytes(tree(APIGatewayCustomAuthorizerEvent.builder()
                        .withType("TOKEN")
                        .withAuthorizationToken(token)
                        .withMethodArn(methodArn)
                        .build())
                .retain(TOKEN_MEMBERS));
    }

    static byte[] request(ApiRequest request, RouteTable.Match match, Api api, String methodArn) {
        var identity = APIGatewayCustomAuthorizerEvent.Identity.builder()
                .withSourceIp(request.sourceIp())
                .build();
        var context = APIGatewayCustomAuthorizerEvent.RequestContext.builder()
                .withPath("/" + api.stage() + request.path())
                .withAccountId(LocalAccount.ACCOUNT)
                .withResourceId(ProxyEvents.resourceId(match.route()))
                .withStage(api.stage())
                .withRequestId(request.id())
                .withIdentity(identity)
                .withResourcePath(match.route().path())
                .withHttpMethod(request.method())
                .withApiId(api.apiId())
                .build();
        ObjectNode event = tree(APIGatewayCustomAuthorizerEvent.builder()
                        .withType("REQUEST")
                        .withMethodArn(methodArn)
                        .withResource(match.route().path())
                        .withPath(request.path())
                        .withHttpMethod(request.method())
                        .withHeaders(ProxyEvents.lastValues(request.headers()))
                        .withQueryStringParameters(ProxyEvents.lastValues(request.query()))
                        .withPathParameters(Map.copyOf(match.pathParameters()))
                        .withStageVariables(api.stageVariables())
                        .withRequestContext(context)
                        .build())
                .retain(REQUEST_MEMBERS);
        ProxyEvents.putLists(event, "multiValueHeaders", request.headers());
        ProxyEvents.putLists(event, "multiValueQueryStringParameters", request.query());
        return JsonTree.bytes(event);
    }

    private static ObjectNode tree(APIGatewayCustomAuthorizerEvent event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LambdaEventSerializers.serializerFor(
                        APIGatewayCustomAuthorizerEvent.class, AuthorizerEvents.class.getClassLoader())
                .toJson(event, out);
        JsonNode tree = JsonTree.parse(out.toByteArray()).orElseGet(JsonTree::object);
        return (ObjectNode) tree;
    }
}
