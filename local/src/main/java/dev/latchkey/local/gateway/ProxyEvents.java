package dev.latchkey.local.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LocalAccount;
import dev.latchkey.local.machine.Payload;
import dev.latchkey.local.template.Api;
import dev.latchkey.local.template.Route;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The events that functions behind a proxy integration get, payload version 1.0 (API Gateway, Lambda proxy integrations
 * in API Gateway). A body that is UTF-8 goes as text, any other as base64; maps without entries are null.
 */
final class ProxyEvents {
    static final DateTimeFormatter REQUEST_TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ProxyEvents() {}

    /**
     * The event of a request.
     *
     * @param authorizer what goes into {@code requestContext.authorizer}; nothing when empty
     * @param accessKey access key id of the caller; empty when the route is not IAM-authorised
     */
    static byte[] event(
            ApiRequest request, RouteTable.Match match, Api api, Map<String, String> authorizer, String accessKey) {
        Route route = match.route();
        ObjectNode event = JsonTree.object();
        event.put("resource", route.path());
        event.put("path", request.path());
        event.put("httpMethod", request.method());
        putTexts(event, "headers", lastValues(request.headers()));
        putLists(event, "multiValueHeaders", request.headers());
        putTexts(event, "queryStringParameters", lastValues(request.query()));
        putLists(event, "multiValueQueryStringParameters", request.query());
        putTexts(event, "pathParameters", match.pathParameters());
        putTexts(event, "stageVariables", api.stageVariables());
        event.set("requestContext", context(request, route, api, authorizer, accessKey));
        putBody(event, request.body());
        if (request.body().isEmpty()) {
            event.putNull("body");
        }
        return JsonTree.bytes(event);
    }

    /** An id for a resource that stays the same from start to start. */
    static String resourceId(Route route) {
        return String.format(Locale.ROOT, "%08x", route.path().hashCode());
    }

    static Map<String, String> lastValues(Map<String, List<String>> values) {
        Map<String, String> last = new LinkedHashMap<>();
        values.forEach((name, all) -> last.put(name, all.get(all.size() - 1)));
        return last;
    }

    static void putLists(ObjectNode event, String name, Map<String, List<String>> values) {
        if (values.isEmpty()) {
            event.putNull(name);
            return;
        }
        ObjectNode member = event.putObject(name);
        values.forEach((key, all) -> {
            ArrayNode list = member.putArray(key);
            all.forEach(list::add);
        });
    }

    private static void putTexts(ObjectNode event, String name, Map<String, String> values) {
        if (values.isEmpty()) {
            event.putNull(name);
        } else {
            values.forEach(event.putObject(name)::put);
        }
    }

    private static ObjectNode context(
            ApiRequest request, Route route, Api api, Map<String, String> authorizer, String accessKey) {
        ObjectNode context = JsonTree.object();
        context.put("resourceId", resourceId(route));
        context.put("resourcePath", route.path());
        context.put("httpMethod", request.method());
        context.put("extendedRequestId", request.id());
        context.put("requestTime", REQUEST_TIME.format(request.time()));
        context.put("path", "/" + api.stage() + request.path());
        context.put("accountId", LocalAccount.ACCOUNT);
        context.put("protocol", "HTTP/1.1");
        context.put("stage", api.stage());
        context.put("domainPrefix", api.apiId());
        context.put("requestTimeEpoch", request.time().toEpochMilli());
        context.put("requestId", request.id());
        context.put("domainName", api.apiId() + ".execute-api." + LocalAccount.REGION + ".amazonaws.com");
        context.put("apiId", api.apiId());
        ObjectNode identity = context.putObject("identity");
        for (String unset : List.of(
                "cognitoIdentityPoolId",
                "cognitoIdentityId",
                "cognitoAuthenticationType",
                "cognitoAuthenticationProvider",
                "principalOrgId",
                "caller",
                "user",
                "userArn",
                "accountId")) {
            identity.putNull(unset);
        }
        identity.put("sourceIp", request.sourceIp());
        identity.put("userAgent", request.header("User-Agent").orElse(null));
        identity.put("accessKey", accessKey.isEmpty() ? null : accessKey);
        if (!accessKey.isEmpty()) {
            identity.put("accountId", LocalAccount.ACCOUNT);
            identity.put("userArn", LocalAccount.CALLER);
        }
        if (!authorizer.isEmpty()) {
            authorizer.forEach(context.putObject("authorizer")::put);
        }
        return context;
    }

    /** Adds {@code body} and {@code isBase64Encoded}. */
    static void putBody(ObjectNode event, Payload body) {
        byte[] bytes = body.bytes();
        boolean base64 = false;
        try {
            event.put(
                    "body",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException binary) {
            event.put("body", Base64.getEncoder().encodeToString(bytes));
            base64 = true;
        }
        event.put("isBase64Encoded", base64);
    }
}
