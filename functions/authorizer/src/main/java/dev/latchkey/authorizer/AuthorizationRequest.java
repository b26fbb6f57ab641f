package dev.latchkey.authorizer;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What API Gateway asks: may the bearer of this token call this method?
 *
 * @param shape the kind of event, which decides the kind of answer
 * @param arn the method that is called
 * @param presented the token, or why there is none
 * @param requestId API Gateway's id of the request; null in TOKEN events, which have none
 */
record AuthorizationRequest(
        Shape shape,
        MethodArn arn,
        PresentedToken presented,
        @Nullable String requestId) {

    private static final JsonLimits LIMITS = new JsonLimits(1024 * 1024, 32);

    /** The kinds of authorizer events. */
    enum Shape {
        /** A REST API's TOKEN event. */
        TOKEN,
        /** A REQUEST event of a REST API, of a WebSocket API's $connect, or of an HTTP API with payload format 1.0. */
        REQUEST,
        /** An HTTP API's event with payload format 2.0. */
        HTTP_2
    }

    /**
     * Reads an authorizer event of any kind (API Gateway developer guide, "Input to an API Gateway Lambda authorizer" and
     * "Working with AWS Lambda authorizers for HTTP APIs").
     *
     * @param sources where the token may stand, except in TOKEN events, which have one place
     * @throws UnknownEventException if it is anything else
     */
    static AuthorizationRequest read(byte[] json, List<TokenSource> sources) {
        JsonObject event;
        try {
            event = JsonReader.readObject(json, LIMITS);
        } catch (JsonSyntaxException e) {
            throw new UnknownEventException("the event is not a JSON object: " + e.getMessage());
        }
        Shape shape = shape(event);
        String member = shape == Shape.HTTP_2 ? "routeArn" : "methodArn";
        Optional<String> arn = event.string(member);
        if (arn.isEmpty()) {
            throw new UnknownEventException("the event has no " + member + ", which " + shape + " events have");
        }
        return new AuthorizationRequest(
                shape,
                MethodArn.parse(arn.get()),
                shape == Shape.TOKEN ? token(event) : TokenSource.only(sources, new RequestParts(event)),
                event.object("requestContext").string("requestId").orElse(null));
    }

    private static Shape shape(JsonObject event) {
        String type = event.string("type").orElse("");
        if (type.equals("TOKEN")) {
            return Shape.TOKEN;
        }
        if (!type.equals("REQUEST")) {
            throw new UnknownEventException("the event is not an authorizer's. Expected the member type to be TOKEN or"
                    + " REQUEST; attach the function to an API as a Lambda authorizer");
        }
        String version = event.string("version").orElse("1.0");
        return switch (version) {
            case "1.0" -> Shape.REQUEST;
            case "2.0" -> Shape.HTTP_2;
            default ->
                throw new UnknownEventException(
                        "the event's payload format is not known. Expected the member version to be 1.0 or 2.0");
        };
    }

    private static PresentedToken token(JsonObject event) {
        return PresentedToken.ofHeader(event.string("authorizationToken").orElse(""), "");
    }
}
