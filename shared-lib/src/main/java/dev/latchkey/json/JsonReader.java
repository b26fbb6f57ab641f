package dev.latchkey.json;

import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonBoolean;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A strict reader of one JSON text (RFC 8259) from UTF-8 bytes.
 *
 * <p>Refused, where lax readers guess: a member name that occurs twice, anything after the value, a byte order mark,
 * bytes that are not UTF-8, unpaired surrogates, control characters in strings, comments, trailing commas, leading
 * zeros, {@code NaN}, numbers of more than {@value #MAX_NUMBER_LENGTH} characters, and whatever exceeds the
 * {@link JsonLimits}.
 */
public final class JsonReader {

    private static final int MAX_NUMBER_LENGTH = 64;

    private final byte[] json;
    private final int maxDepth;
    private int position;
    private int depth;

    private JsonReader(byte[] json, int maxDepth) {
        this.json = json;
        this.maxDepth = maxDepth;
    }

    /**
     * Reads a text of any kind.
     *
     * @throws JsonSyntaxException if the bytes are not exactly one JSON value within the limits
     */
    public static JsonValue read(byte[] json, JsonLimits limits) throws JsonSyntaxException {
        if (json.length > limits.bytes()) {
            throw new JsonSyntaxException("longer than " + limits.bytes() + " bytes", limits.bytes());
        }
        JsonReader reader = new JsonReader(json, limits.depth());
        reader.skipWhitespace();
        JsonValue value = reader.value();
        reader.skipWhitespace();
        if (reader.position < json.length) {
            throw reader.problem("text after the value");
        }
        return value;
    }

    /**
     * Reads a text that must be an object.
     *
     * @throws JsonSyntaxException if the bytes are not exactly one JSON object within the limits
     */
    public static JsonObject readObject(byte[] json, JsonLimits limits) throws JsonSyntaxException {
        if (read(json, limits) instanceof JsonObject object) {
            return object;
        }
        throw new JsonSyntaxException("not an object", 0);
    }

    private JsonValue value() throws JsonSyntaxException {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new JsonString(string());
            case 't' -> literal("true", new JsonBoolean(true));
            case 'f' -> literal("false", new JsonBoolean(false));
            case 'n' -> literal("null", JsonValue.NULL);
            default -> number();
        };
    }

    private JsonObject object() throws JsonSyntaxException {
        open();
        Map<String, JsonValue> members = new LinkedHashMap<>();
        if (!closes('}')) {
            do {
                skipWhitespace();
                int start = position;
                String name = string();
                skipWhitespace();
                expect(':');
                skipWhitespace();
                if (members.put(name, value()) != null) {
                    throw new JsonSyntaxException("member name twice", start);
                }
            } while (continues('}'));
        }
        depth--;
        return JsonObject.owning(members);
    }

    private JsonArray array() throws JsonSyntaxException {
        open();
        List<JsonValue> elements = new ArrayList<>();
        if (!closes(']')) {
            do {
                skipWhitespace();
                elements.add(value());
            } while (continues(']'));
        }
        depth--;
        return new JsonArray(elements);
    }

    private void open() throws JsonSyntaxException {
        if (++depth > maxDepth) {
            throw problem("nested deeper than " + maxDepth);
        }
        position++;
    }

    private boolean closes(char end) throws JsonSyntaxException {
        skipWhitespace();
        if (peek() != end) {
            return false;
        }
        position++;
        return true;
    }

    private boolean continues(char end) throws JsonSyntaxException {
        skipWhitespace();
        int next = peek();
        if (next != ',' && next != end) {
            throw problem("neither a comma nor the end");
        }
        position++;
        return next == ',';
    }

    private String string() throws JsonSyntaxException {
        expect('"');
        int start = position;
        skipPlainAscii();
        boolean ascii = peek() == '"';
        for (int b = peek(); b != '"'; b = peek()) {
            if (b == '\\') {
                return stringWithEscapes(start);
            }
            if (b >= 0 && b < 0x20) {
                throw problem("control character in a string");
            }
            position++;
        }
        String text = ascii
                ? new String(json, start, position - start, StandardCharsets.ISO_8859_1)
                : Utf8.decode(json, start, position - start);
        position++;
        return text;
    }

    /** Goes to the next character of a string that is not printable ASCII, or ends it or begins an escape. */
    private void skipPlainAscii() {
        int next = position;
        while (next < json.length && json[next] >= 0x20 && json[next] != '"' && json[next] != '\\') {
            next++;
        }
        position = next;
    }

    private String stringWithEscapes(int start) throws JsonSyntaxException {
        StringBuilder text = new StringBuilder();
        int run = start;
        position = start;
        for (int b = peek(); b != '"'; b = peek()) {
            if (b == '\\') {
                text.append(Utf8.decode(json, run, position - run));
                position++;
                text.append(escape());
                run = position;
            } else if (b >= 0 && b < 0x20) {
                throw problem("control character in a string");
            } else {
                position++;
            }
        }
        text.append(Utf8.decode(json, run, position - run));
        position++;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                throw new JsonSyntaxException("unpaired surrogate in a string", start);
            }
        }
        return text.toString();
    }

    private char escape() throws JsonSyntaxException {
        int b = peek();
        position++;
        return switch (b) {
            case '"', '\\', '/' -> (char) b;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex4();
            default -> throw problem("unknown escape");
        };
    }

    private char hex4() throws JsonSyntaxException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int b = peek();
            int digit = b < 0 ? -1 : Character.digit(b, 16);
            if (digit < 0) {
                throw problem("not a hexadecimal digit");
            }
            value = value << 4 | digit;
            position++;
        }
        return (char) value;
    }

    private JsonNumber number() throws JsonSyntaxException {
        int start = position;
        if (at('-')) {
            position++;
        }
        if (at('0')) {
            position++;
        } else {
            digits();
        }
        int digitsEnd = position;
        if (at('.')) {
            position++;
            digits();
        }
        if (at('e') || at('E')) {
            position++;
            if (at('+') || at('-')) {
                position++;
            }
            digits();
        }
        if (position - start > MAX_NUMBER_LENGTH) {
            throw problem("number longer than " + MAX_NUMBER_LENGTH + " characters");
        }
        String text = new String(json, start, position - start, StandardCharsets.ISO_8859_1);
        if (digitsEnd == position && position - start <= JsonNumber.MAX_WHOLE_DIGITS) {
            return JsonNumber.of(Long.parseLong(text));
        }
        try {
            BigDecimal value = new BigDecimal(text);
            if ((long) value.precision() - 1 - value.scale() <= Integer.MAX_VALUE) {
                return new JsonNumber(value);
            }
        } catch (NumberFormatException e) {
            throw new JsonSyntaxException("number out of range", start);
        }
        // Its text would have an exponent that cannot be read again.
        throw new JsonSyntaxException("number out of range", start);
    }

    private void digits() throws JsonSyntaxException {
        int start = position;
        while (position < json.length && json[position] >= '0' && json[position] <= '9') {
            position++;
        }
        if (position == start) {
            throw problem("not a JSON value");
        }
    }

    private <T extends JsonValue> T literal(String text, T value) throws JsonSyntaxException {
        for (int i = 0; i < text.length(); i++) {
            if (!at(text.charAt(i))) {
                throw problem("not a JSON value");
            }
            position++;
        }
        return value;
    }

    private boolean at(char c) {
        return position < json.length && json[position] == c;
    }

    private void expect(char c) throws JsonSyntaxException {
        if (!at(c)) {
            throw problem("expected " + c);
        }
        position++;
    }

    private int peek() throws JsonSyntaxException {
        if (position >= json.length) {
            throw problem("ends early");
        }
        return json[position];
    }

    private void skipWhitespace() {
        while (position < json.length
                && (json[position] == ' '
                        || json[position] == '\n'
                        || json[position] == '\r'
                        || json[position] == '\t')) {
            position++;
        }
    }

    private JsonSyntaxException problem(String what) {
        return new JsonSyntaxException(what, position);
    }
}
