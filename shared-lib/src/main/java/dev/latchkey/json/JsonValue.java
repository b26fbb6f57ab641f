package dev.latchkey.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value (RFC 8259 section 3): one of the six kinds below, immutable.
 *
 * <p>{@code toString()} of every kind is its JSON text.
 */
public sealed interface JsonValue {

    /** The literal {@code null}. */
    JsonNull NULL = new JsonNull();

    /** An object: members in the order in which they were read or put, names unique. */
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {

        /** Copies the members. */
        public JsonObject {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** The member of that name; empty where there is none. A member that is {@code null} is {@link #NULL}. */
        public Optional<JsonValue> get(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /** The member of that name where it is a string; empty where it is absent or of another kind. */
        public Optional<String> string(String name) {
            return members.get(name) instanceof JsonString string ? Optional.of(string.value()) : Optional.empty();
        }

        /** The member of that name where it is an object; an object without members where it is absent or of another kind. */
        public JsonObject object(String name) {
            return members.get(name) instanceof JsonObject object ? object : new JsonObject(Map.of());
        }

        /** Tells whether there is a member of that name that is not {@code null}. */
        public boolean has(String name) {
            JsonValue value = members.get(name);
            return value != null && value != NULL;
        }

        @Override
        public String toString() {
            return JsonWriter.write(this);
        }
    }

    /** An array. */
    record JsonArray(List<JsonValue> elements) implements JsonValue {

        /** Copies the elements. */
        public JsonArray {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return JsonWriter.write(this);
        }
    }

    /** A string of Unicode characters without unpaired surrogates. */
    record JsonString(String value) implements JsonValue {
        @Override
        public String toString() {
            return JsonWriter.write(this);
        }
    }

    /** A number, of any size and with its fraction. */
    record JsonNumber(BigDecimal value) implements JsonValue {

        /** A number from a whole one. */
        public static JsonNumber of(long value) {
            return new JsonNumber(BigDecimal.valueOf(value));
        }

        @Override
        public String toString() {
            return JsonWriter.write(this);
        }
    }

    /** {@code true} or {@code false}. */
    record JsonBoolean(boolean value) implements JsonValue {
        @Override
        public String toString() {
            return JsonWriter.write(this);
        }
    }

    /** {@code null}; {@link #NULL} is the only instance that the reader gives. */
    record JsonNull() implements JsonValue {
        @Override
        public String toString() {
            return JsonWriter.write(this);
        }
    }
}
