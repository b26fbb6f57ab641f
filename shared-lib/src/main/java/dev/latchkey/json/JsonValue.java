package dev.latchkey.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value (RFC 8259 section 3): one of the six kinds below, immutable.
 *
 * <p>{@code toString()} of every kind is its JSON text.
 */
public sealed interface JsonValue {

    /** The literal {@code null}. */
    JsonNull NULL = new JsonNull();

    /** An object: members in the order in which they were read or put, names unique. */
    final class JsonObject implements JsonValue {

        private static final JsonObject EMPTY = new JsonObject(Map.of());

        private final Map<String, JsonValue> members;

        /** Copies the members. */
        public JsonObject(Map<String, JsonValue> members) {
            this(members, true);
        }

        private JsonObject(Map<String, JsonValue> members, boolean copies) {
            this.members = Collections.unmodifiableMap(copies ? new LinkedHashMap<>(members) : members);
        }

        /** An object that takes the members over; nobody may change them afterwards. */
        static JsonObject owning(Map<String, JsonValue> members) {
            return new JsonObject(members, false);
        }

        /** The members by name, in their order. */
        public Map<String, JsonValue> members() {
            return members;
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
            return members.get(name) instanceof JsonObject object ? object : EMPTY;
        }

        /** Tells whether there is a member of that name that is not {@code null}. */
        public boolean has(String name) {
            JsonValue value = members.get(name);
            return value != null && value != NULL;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof JsonObject object && members.equals(object.members);
        }

        @Override
        public int hashCode() {
            return members.hashCode();
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

    /** A number, of any size and with its fraction. A whole number that a {@code long} holds needs no {@link BigDecimal}. */
    final class JsonNumber implements JsonValue {

        /** The most digits with which every whole number fits into a {@code long}. */
        static final int MAX_WHOLE_DIGITS = 18;

        private final long whole;
        private final @Nullable BigDecimal other;

        /** A number from a decimal one. */
        public JsonNumber(BigDecimal value) {
            boolean isWhole = value.scale() == 0 && value.precision() <= MAX_WHOLE_DIGITS;
            this.whole = isWhole ? value.longValue() : 0;
            this.other = isWhole ? null : value;
        }

        private JsonNumber(long value) {
            this.whole = value;
            this.other = null;
        }

        /** A number from a whole one. */
        public static JsonNumber of(long value) {
            return new JsonNumber(value);
        }

        /** The number. */
        public BigDecimal value() {
            return other == null ? BigDecimal.valueOf(whole) : other;
        }

        /** Tells whether it is kept as a whole number, so that {@link #whole()} is all of it. */
        public boolean isWhole() {
            return other == null;
        }

        /** The number where it {@link #isWhole()}. */
        public long whole() {
            return whole;
        }

        @Override
        public boolean equals(@Nullable Object object) {
            return object instanceof JsonNumber number && value().equals(number.value());
        }

        @Override
        public int hashCode() {
            return value().hashCode();
        }

        @Override
        public String toString() {
            return other == null ? Long.toString(whole) : other.toString();
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
