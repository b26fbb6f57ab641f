package dev.latchkey.jwt;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.util.Map;

/**
 * How much memory a verified token takes: its text and every value of its claims, by the sizes of the objects that a 64-bit
 * Java runtime makes for them.
 */
final class TokenWeight {

    private static final int TOKEN = 600;
    private static final int OBJECT = 112;
    private static final int TABLE = 80;
    private static final int MEMBER = 64;
    private static final int ARRAY = 64;
    private static final int ELEMENT = 8;
    private static final int TEXT = 56;
    private static final int WHOLE_NUMBER = 32;
    private static final int OTHER_NUMBER = 160;
    private static final int LITERAL = 16;

    private TokenWeight() {}

    /** The bytes that a token of that text with these claims takes. */
    static int of(String text, JsonObject claims) {
        return TOKEN + text.length() + value(claims);
    }

    private static int value(JsonValue value) {
        if (value instanceof JsonObject object) {
            int bytes = object.members().isEmpty() ? OBJECT : OBJECT + TABLE;
            for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                bytes += MEMBER + TEXT + characters(member.getKey()) + value(member.getValue());
            }
            return bytes;
        }
        if (value instanceof JsonArray array) {
            int bytes = ARRAY;
            for (JsonValue element : array.elements()) {
                bytes += ELEMENT + value(element);
            }
            return bytes;
        }
        if (value instanceof JsonString string) {
            return TEXT + characters(string.value());
        }
        if (value instanceof JsonNumber number) {
            return number.isWhole()
                    ? WHOLE_NUMBER
                    : OTHER_NUMBER + number.value().precision() / 2;
        }
        return LITERAL;
    }

    private static int characters(String text) {
        return 2 * text.length();
    }
}
