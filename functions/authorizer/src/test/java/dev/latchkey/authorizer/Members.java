package dev.latchkey.authorizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Members of a JSON text, replaced. */
final class Members {

    private Members() {}

    /** The object with these members in the place of its own; null takes one out. */
    static String replaced(String object, String members) {
        Map<String, JsonValue> all = new LinkedHashMap<>(read(object).members());
        read("{" + members + "}").members().forEach((name, value) -> {
            if (value == JsonValue.NULL) {
                all.remove(name);
            } else {
                all.put(name, value);
            }
        });
        return new JsonObject(all).toString();
    }

    private static JsonObject read(String text) {
        try {
            return JsonReader.readObject(text.getBytes(UTF_8), new JsonLimits(8192, 8));
        } catch (JsonSyntaxException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
