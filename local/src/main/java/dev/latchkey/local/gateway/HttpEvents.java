package dev.latchkey.local.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LocalAccount;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.template.Api;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The events that functions of an HTTP API get, payload format 2.0 (API Gateway, Working with AWS Lambda authorizers for
 * HTTP APIs; Working with AWS Lambda proxy integrations for HTTP APIs). Header names are in lower case, repeated values
 * joined by commas, cookies apart from the other headers, the path decoded and the query string as sent. What a request
 * does not have is absent.
 *
 * <p>A body that is UTF-8 goes as text, any other as base64; API Gateway goes by the content type.
 */
final class HttpEvents {
    private static final String COOKIE = "cookie";

    private HttpEvents() {}

    /** The event of an authorizer, with the values of its identity sources. */
    static byte[] authorizer(
            ApiRequest request, RouteTable.Match match, Api api, List<String> identity, String routeArn) {
        ObjectNode event = JsonTree.object();
        event.put("version", "2.0");
        event.put("type", "REQUEST");
        event.put("routeArn", routeArn);
        putList(event, "identitySource", identity);
        putRequest(event, request, match, api, Optional.empty());
        return JsonTree.bytes(event);
    }

    /**
     * The event of a proxy integration.
     *
     * @param authorizer what goes into {@code requestContext.authorizer}; empty when no authorizer was asked
     */
    static byte[] proxy(ApiRequest request, RouteTable.Match match, Api api, Optional<ObjectNode> authorizer) {
        ObjectNode event = JsonTree.object();
        event.put("version", "2.0");
        putRequest(event, request, match, api, authorizer);
        ProxyEvents.putBody(event, request.body());
        if (request.body().isEmpty()) {
            event.remove("body");
        }
        return JsonTree.bytes(event);
    }

    private static void putRequest(
            ObjectNode event, ApiRequest request, RouteTable.Match match, Api api, Optional<ObjectNode> authorizer) {
        String path = path(request);
        event.put("routeKey", routeKey(match));
        event.put("rawPath", path);
        event.put("rawQueryString", request.rawQuery());
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, all) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", all)));
        headers.remove(COOKIE);
        putList(event, "cookies", cookies(request));
        putTexts(event, "headers", headers);
        Map<String, String> query = new LinkedHashMap<>();
        request.query().forEach((name, all) -> query.put(name, String.join(",", all)));
        putTexts(event, "queryStringParameters", query);
        ObjectNode requestContext = event.putObject("requestContext");
        requestContext.put("accountId", LocalAccount.ACCOUNT);
        requestContext.put("apiId", api.apiId());
        authorizer.ifPresent(values -> requestContext.set("authorizer", values));
        requestContext.put("domainName", api.apiId() + ".execute-api." + LocalAccount.REGION + ".amazonaws.com");
        requestContext.put("domainPrefix", api.apiId());
        ObjectNode http = requestContext.putObject("http");
        http.put("method", request.method());
        http.put("path", path);
        http.put("protocol", "HTTP/1.1");
        http.put("sourceIp", request.sourceIp());
        http.put("userAgent", request.header("User-Agent").orElse(""));
        requestContext.put("requestId", request.id());
        requestContext.put("routeKey", routeKey(match));
        requestContext.put("stage", api.stage());
        requestContext.put("time", ProxyEvents.REQUEST_TIME.format(request.time()));
        requestContext.put("timeEpoch", request.time().toEpochMilli());
        putTexts(event, "pathParameters", match.pathParameters());
        putTexts(event, "stageVariables", api.stageVariables());
    }

    private static String routeKey(RouteTable.Match match) {
        return match.route().method() + " " + match.route().path();
    }

    /** Decoded, as API Gateway gives it to functions of HTTP APIs; a plus sign stays one. */
    private static String path(ApiRequest request) {
        return LoopbackServer.decode(request.path().replace("+", "%2B"));
    }

    private static List<String> cookies(ApiRequest request) {
        List<String> cookies = new ArrayList<>();
        for (String header : request.headers().getOrDefault(COOKIE, List.of())) {
            for (String cookie : header.split(";", -1)) {
                if (!cookie.isBlank()) {
                    cookies.add(cookie.strip());
                }
            }
        }
        return cookies;
    }

    private static void putTexts(ObjectNode event, String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            values.forEach(event.putObject(name)::put);
        }
    }

    private static void putList(ObjectNode event, String name, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode list = event.putArray(name);
            values.forEach(list::add);
        }
    }
}
