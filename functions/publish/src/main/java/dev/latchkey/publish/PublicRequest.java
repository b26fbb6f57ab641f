package dev.latchkey.publish;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import java.util.Locale;

/**
 * A request of anybody, as an HTTP API hands it over (payload format 2.0).
 *
 * @param method the HTTP method
 * @param path the path without the stage
 * @param domain the API's domain name, which API Gateway knows and no caller chooses
 * @param headers headers by their names in lower case
 */
record PublicRequest(String method, String path, String domain, JsonObject headers) {

    private static final JsonLimits LIMITS = new JsonLimits(1024 * 1024, 16);

    static PublicRequest read(byte[] event) {
        try {
            JsonObject json = JsonReader.readObject(event, LIMITS);
            JsonObject context = json.object("requestContext");
            String stage = context.string("stage").orElse("$default");
            String path = json.string("rawPath").orElse("");
            String prefix = "/" + stage;
            return new PublicRequest(
                    context.object("http").string("method").orElse(""),
                    path.startsWith(prefix + "/") ? path.substring(prefix.length()) : path,
                    context.string("domainName").orElse(""),
                    json.object("headers"));
        } catch (JsonSyntaxException e) {
            throw new IllegalArgumentException("the event is not one of an HTTP API", e);
        }
    }

    /** A header's value in lower case; blank where it is not there. */
    String header(String name) {
        return headers.string(name).orElse("").toLowerCase(Locale.ROOT);
    }
}
