package dev.latchkey.issuekey;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonBoolean;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An event as Lambda hands it over: a direct invocation {@code {"action": "createApiKey", ...}}, an API Gateway proxy
 * event of payload format 1.0 or 2.0, or a function URL's, which is a 2.0.
 */
final class RequestEvent {

    /** More than Lambda hands over (6 MB), so that every HTTP request can be answered as one. */
    private static final JsonLimits LIMITS = new JsonLimits(8 * 1024 * 1024, 32);

    private static final JsonLimits BODY_LIMITS = new JsonLimits(16 * 1024, 4);

    private final JsonObject event;

    private RequestEvent(JsonObject event) {
        this.event = event;
    }

    static RequestEvent read(byte[] json) throws RefusedRequest {
        try {
            return new RequestEvent(JsonReader.readObject(json, LIMITS));
        } catch (JsonSyntaxException e) {
            throw RefusedRequest.invalid("the request is not a JSON object: " + e.getMessage());
        }
    }

    Channel channel() {
        return event.has("requestContext") ? Channel.HTTP : Channel.DIRECT;
    }

    /**
     * The request, whose fields are known and not yet read.
     *
     * @throws RefusedRequest if it is not one that the function knows, or nobody vouches for its caller
     */
    IssueRequest request(CallerRule callers) throws RefusedRequest {
        return channel() == Channel.HTTP ? httpRequest(callers) : directRequest();
    }

    private IssueRequest directRequest() throws RefusedRequest {
        Action action = event.string("action")
                .flatMap(name -> Action.named(name, event.has("apikey")))
                .orElseThrow(() -> RefusedRequest.invalid("action must be one of " + Action.names()));
        Map<String, JsonValue> fields = new LinkedHashMap<>(event.members());
        fields.remove("action");
        return new IssueRequest(action, CallerRule.DIRECT, Fields.of(action, new JsonObject(fields)));
    }

    private IssueRequest httpRequest(CallerRule callers) throws RefusedRequest {
        String caller = callers.caller(event.object("requestContext"))
                .orElseThrow(() -> new RefusedRequest(
                        RefusedRequest.Kind.UNAUTHENTICATED,
                        "the request names no IAM identity. Put IAM authorization in front of this function"));
        JsonObject http = event.object("requestContext").object("http");
        String method =
                event.string("httpMethod").or(() -> http.string("method")).orElse("");
        Action action = Action.routed(method, route())
                .orElseThrow(() ->
                        new RefusedRequest(RefusedRequest.Kind.NOT_FOUND, "no such route. Routes: " + Action.routes()));
        JsonObject fields = action.readsBody() ? body() : query();
        return new IssueRequest(
                action, caller, Fields.of(action, action.hasKeyInPath() ? withKeyId(action, fields) : fields));
    }

    /** The fields with the key id of the path, which no other place may tell. */
    private JsonObject withKeyId(Action action, JsonObject fields) throws RefusedRequest {
        if (fields.members().containsKey(Action.KEY_ID)) {
            throw RefusedRequest.invalid("keyId stands in the path, and nowhere else");
        }
        Map<String, JsonValue> all = new LinkedHashMap<>(fields.members());
        String keyId = event.object("pathParameters").string(Action.KEY_ID).orElseGet(() -> action.keyIdIn(route()));
        all.put(Action.KEY_ID, new JsonString(keyId));
        return new JsonObject(all);
    }

    /**
     * The route that API Gateway found, which has no stage or base path: the resource in payload format 1.0, the route key
     * in 2.0; a function URL has the path alone, and so may others.
     */
    private String route() {
        Optional<String> routeKey = event.string("routeKey").filter(key -> !key.equals("$default"));
        return event.string("resource")
                .or(() -> routeKey.map(key -> key.substring(key.indexOf(' ') + 1)))
                .or(() -> event.string("path"))
                .or(() -> event.string("rawPath"))
                .orElse("");
    }

    /** The query's parameters, of which none may be repeated: API Gateway would join or drop values. */
    private JsonObject query() throws RefusedRequest {
        JsonObject query = event.object("queryStringParameters");
        for (String name : query.members().keySet()) {
            if (occurrences(name) > 1) {
                throw RefusedRequest.invalid("a query parameter is given more than once");
            }
        }
        return query;
    }

    private long occurrences(String name) {
        if (event.object("multiValueQueryStringParameters").get(name).orElse(JsonValue.NULL) instanceof JsonArray all) {
            return all.elements().size();
        }
        String raw = event.string("rawQueryString").orElse("");
        return Arrays.stream(raw.split("&", -1))
                .filter(parameter -> parameter.split("=", 2)[0].equals(name))
                .count();
    }

    private JsonObject body() throws RefusedRequest {
        Optional<String> type = contentType();
        if (type.isPresent() && !type.get().equals("application/json")) {
            throw RefusedRequest.invalid("content-type must be application/json");
        }
        String body = event.string("body")
                .orElseThrow(() -> RefusedRequest.invalid("the body must be a JSON object, got none"));
        try {
            return JsonReader.readObject(bytes(body), BODY_LIMITS);
        } catch (JsonSyntaxException e) {
            throw RefusedRequest.invalid("the body is not a JSON object: " + e.getMessage());
        }
    }

    private byte[] bytes(String body) throws RefusedRequest {
        if (!(event.get("isBase64Encoded").orElse(JsonValue.NULL) instanceof JsonBoolean base64) || !base64.value()) {
            return body.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw RefusedRequest.invalid("the body is not the base64 that isBase64Encoded says it is");
        }
    }

    private Optional<String> contentType() {
        return event.object("headers").members().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("content-type"))
                .map(header -> event.object("headers").string(header.getKey()).orElse(""))
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .findFirst();
    }
}
