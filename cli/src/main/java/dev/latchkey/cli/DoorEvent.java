package dev.latchkey.cli;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;

/** The events by which API Gateway asks an authorizer (API Gateway developer guide, "Input to a Lambda authorizer"). */
enum DoorEvent {
    TOKEN("REST API, TOKEN", "prod/GET/orders"),
    REQUEST("REST API, REQUEST", "prod/GET/orders"),
    HTTP_1("HTTP API, format 1.0", "$default/GET/orders"),
    HTTP_2("HTTP API, format 2.0", "$default/GET/orders"),
    WEBSOCKET("WebSocket API, $connect", "prod/$connect");

    private static final String API = "arn:aws:execute-api:us-east-1:123456789012:latchkeydr/";
    private static final String PATH = "/orders";

    private final String title;
    private final String route;

    DoorEvent(String title, String route) {
        this.title = title;
        this.route = route;
    }

    String title() {
        return title;
    }

    /** The event of a request with these values of the Authorization header. */
    JsonObject with(String... authorization) {
        String arn = API + route;
        JsonObjectBuilder event = new JsonObjectBuilder();
        if (this == TOKEN) {
            return event.put("type", "TOKEN")
                    .put("methodArn", arn)
                    .put("authorizationToken", authorization[0])
                    .build();
        }
        String last = authorization[authorization.length - 1];
        JsonObject headers = new JsonObjectBuilder().put("authorization", last).build();
        if (this == HTTP_2) {
            JsonObject http = new JsonObjectBuilder()
                    .put("method", "GET")
                    .put("path", PATH)
                    .build();
            return event.put("version", "2.0")
                    .put("type", "REQUEST")
                    .put("routeArn", arn)
                    .put("identitySource", list(authorization))
                    .put("routeKey", "GET " + PATH)
                    .put("rawPath", PATH)
                    .put("headers", headers)
                    .put("requestContext", context("$default").put("http", http).build())
                    .build();
        }
        if (this == HTTP_1) {
            event.put("version", "1.0");
        }
        event.put("type", "REQUEST").put("methodArn", arn);
        if (this == WEBSOCKET) {
            JsonObjectBuilder context =
                    context("prod").put("eventType", "CONNECT").put("routeKey", "$connect");
            event.put("requestContext", context.build());
        } else {
            event.put("path", PATH)
                    .put("httpMethod", "GET")
                    .put(
                            "requestContext",
                            context("prod").put("httpMethod", "GET").build());
        }
        return event.put("headers", headers)
                .put(
                        "multiValueHeaders",
                        new JsonObjectBuilder()
                                .put("authorization", list(authorization))
                                .build())
                .build();
    }

    private static JsonObjectBuilder context(String stage) {
        return new JsonObjectBuilder()
                .put("requestId", "latchkey-doctor")
                .put("stage", stage)
                .put("apiId", "latchkeydr");
    }

    private static JsonArray list(String... texts) {
        List<JsonValue> values = new ArrayList<>();
        for (String text : texts) {
            values.add(new JsonString(text));
        }
        return new JsonArray(values);
    }
}
