package dev.latchkey.json;

import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonBoolean;
import dev.latchkey.json.JsonValue.JsonNull;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.util.Map;

/**
 * Writes JSON values as compact text.
 *
 * <p>The text is plain ASCII: everything else is escaped (RFC 8259 section 7), so that it means the same in every
 * encoding and a log line can hold neither a line break nor a terminal's control sequence.
 */
public final class JsonWriter {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private JsonWriter() {}

    /** The JSON text of a value, without white space. */
    public static String write(JsonValue value) {
        return text(value).toString();
    }

    /** The JSON text of a value, without white space but a line break at its end. */
    public static String writeLine(JsonValue value) {
        return text(value).append('\n').toString();
    }

    private static StringBuilder text(JsonValue value) {
        StringBuilder out = new StringBuilder(512);
        append(out, value);
        return out;
    }

    private static void append(StringBuilder out, JsonValue value) {
        if (value instanceof JsonString string) {
            append(out, string.value());
        } else if (value instanceof JsonObject object) {
            append(out, object);
        } else if (value instanceof JsonArray array) {
            append(out, array);
        } else if (value instanceof JsonNumber number) {
            out.append(number);
        } else if (value instanceof JsonBoolean bool) {
            out.append(bool.value());
        } else if (value instanceof JsonNull) {
            out.append("null");
        }
    }

    private static void append(StringBuilder out, JsonObject object) {
        out.append('{');
        String separator = "";
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            out.append(separator);
            append(out, member.getKey());
            out.append(':');
            append(out, member.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private static void append(StringBuilder out, JsonArray array) {
        out.append('[');
        String separator = "";
        for (JsonValue element : array.elements()) {
            out.append(separator);
            append(out, element);
            separator = ",";
        }
        out.append(']');
    }

    private static void append(StringBuilder out, String text) {
        out.append('"');
        if (isPlain(text)) {
            out.append(text);
        } else {
            appendEscaped(out, text);
        }
        out.append('"');
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
    }

    private static void appendEscaped(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                out.append(c);
            } else if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else {
                out.append("\\u")
                        .append(HEX[c >> 12])
                        .append(HEX[c >> 8 & 15])
                        .append(HEX[c >> 4 & 15])
                        .append(HEX[c & 15]);
            }
        }
    }
}
