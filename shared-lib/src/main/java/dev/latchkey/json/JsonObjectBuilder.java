package dev.latchkey.json;

import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonBoolean;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the members of a {@link JsonObject} in order; a name that is put twice keeps its first place and its last value. */
public final class JsonObjectBuilder {

    private Map<String, JsonValue> members = new LinkedHashMap<>();
    private boolean isBuilt;

    /** Puts a value of any kind. */
    public JsonObjectBuilder put(String name, JsonValue value) {
        if (isBuilt) {
            members = new LinkedHashMap<>(members);
            isBuilt = false;
        }
        members.put(name, value);
        return this;
    }

    /** Puts a string. */
    public JsonObjectBuilder put(String name, String value) {
        return put(name, new JsonString(value));
    }

    /** Puts a whole number. */
    public JsonObjectBuilder put(String name, long value) {
        return put(name, JsonNumber.of(value));
    }

    /** Puts {@code true} or {@code false}. */
    public JsonObjectBuilder put(String name, boolean value) {
        return put(name, new JsonBoolean(value));
    }

    /** Puts an array of strings. */
    public JsonObjectBuilder put(String name, List<String> values) {
        return put(
                name,
                new JsonArray(values.stream().<JsonValue>map(JsonString::new).toList()));
    }

    /** The object with the members so far. */
    public JsonObject build() {
        isBuilt = true;
        return JsonObject.owning(members);
    }
}
