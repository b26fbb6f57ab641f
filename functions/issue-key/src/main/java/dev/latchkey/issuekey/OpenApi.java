package dev.latchkey.issuekey;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of the HTTP routes, in OpenAPI 3.0. */
final class OpenApi {

    private static final JsonLimits LIMITS = new JsonLimits(256 * 1024, 32);

    private OpenApi() {}

    static JsonObject document() {
        try (InputStream file = OpenApi.class.getResourceAsStream("openapi.json")) {
            if (file == null) {
                throw new IllegalStateException("openapi.json is not in the package");
            }
            return JsonReader.readObject(file.readAllBytes(), LIMITS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException("openapi.json is not a JSON object", e);
        }
    }
}
