package dev.latchkey.authorizer;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What API Gateway asks: may the bearer of this header call this method? {@code toString()} does not show the header.
 *
 * @param arn the method that is called
 * @param authorizations the distinct values of the Authorization header, in any spelling of its name
 * @param requestId API Gateway's id of the request; null in TOKEN events, which have none
 */
record AuthorizationRequest(
        MethodArn arn, Set<String> authorizations, @Nullable String requestId) {

    private static final JsonLimits LIMITS = new JsonLimits(1024 * 1024, 32);
    private static final String HEADER = "authorization";

    /**
     * Reads a TOKEN or REQUEST event of a REST API.
     *
     * @throws UnknownEventException if it is anything else
     */
    static AuthorizationRequest read(byte[] json) {
        JsonObject event;
        try {
            event = JsonReader.readObject(json, LIMITS);
        } catch (JsonSyntaxException e) {
            throw new UnknownEventException("the event is not a JSON object: " + e.getMessage());
        }
        String type = event.string("type").orElse("");
        if (!type.equals("TOKEN") && !type.equals("REQUEST")) {
            throw new UnknownEventException("the event is not an authorizer's. Expected the member type to be TOKEN or"
                    + " REQUEST; attach the function to an API as a Lambda authorizer");
        }
        MethodArn arn = MethodArn.parse(event.string("methodArn")
                .orElseThrow(() -> new UnknownEventException("the event has no methodArn. Expected a " + type
                        + " event of a REST API, or of an HTTP API with payload format 1.0")));
        return type.equals("TOKEN")
                ? new AuthorizationRequest(arn, token(event), null)
                : new AuthorizationRequest(arn, headers(event), requestId(event));
    }

    private static Set<String> token(JsonObject event) {
        return event.string("authorizationToken").map(Set::of).orElse(Set.of());
    }

    private static @Nullable String requestId(JsonObject event) {
        return event.object("requestContext").string("requestId").orElse(null);
    }

    private static Set<String> headers(JsonObject event) {
        Set<String> values = new LinkedHashSet<>();
        addAuthorizations(event.object("headers"), values);
        addAuthorizations(event.object("multiValueHeaders"), values);
        return values;
    }

    private static void addAuthorizations(JsonObject headers, Set<String> values) {
        for (Map.Entry<String, JsonValue> header : headers.members().entrySet()) {
            if (header.getKey().equalsIgnoreCase(HEADER)) {
                addTexts(header.getValue(), values);
            }
        }
    }

    private static void addTexts(JsonValue value, Set<String> values) {
        if (value instanceof JsonString text) {
            values.add(text.value());
        } else if (value instanceof JsonArray array) {
            array.elements().forEach(element -> addTexts(element, values));
        }
    }

    /** API Gateway's id of the request; empty in TOKEN events. */
    Optional<String> gatewayRequestId() {
        return Optional.ofNullable(requestId);
    }

    @Override
    public String toString() {
        return "authorization request for " + arn;
    }
}
