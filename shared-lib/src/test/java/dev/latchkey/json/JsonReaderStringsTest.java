package dev.latchkey.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.json.JsonValue.JsonString;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The JSON reader, in strings,")
class JsonReaderStringsTest {

    private static final JsonLimits LIMITS = new JsonLimits(1000, 5);

    @Test
    @DisplayName("understands all escapes of RFC 8259 section 7")
    void understandsEscapes() throws JsonSyntaxException {
        assertThat(string("\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20AC")).isEqualTo("\"\\/\b\f\n\r\tA\u00e9\u20ac");
        assertThat(string("a\\u0000b")).isEqualTo("a\0b");
    }

    @ParameterizedTest(name = "\\{0}")
    @DisplayName("refuses escapes that are not in RFC 8259")
    @CsvSource(textBlock = """
        a,      unknown escape
        x41,    unknown escape
        U0041,  unknown escape
        0,      unknown escape
        v,      unknown escape
        u,      not a hexadecimal digit
        u004,   not a hexadecimal digit
        u004g,  not a hexadecimal digit
        u+041,  not a hexadecimal digit
        u-041,  not a hexadecimal digit
        """)
    void refusesUnknownEscapes(String escape, String problem) throws JsonSyntaxException {
        assertThat(string("\\u0041")).isEqualTo("A");
        refuses(quoted("\\" + escape), problem);
    }

    @Test
    @DisplayName("takes no digits from other scripts as hexadecimal")
    void refusesForeignDigits() {
        refuses(quoted("\\u\uff10\uff10\uff14\uff11"), "not a hexadecimal digit");
    }

    @Test
    @DisplayName("refuses a backslash at the end")
    void refusesDanglingBackslash() {
        refuses("\"\\".getBytes(UTF_8), "ends early at byte 2");
        refuses("\"\\\"".getBytes(UTF_8), "ends early at byte 3");
        refuses("\"\\u00".getBytes(UTF_8), "ends early at byte 5");
    }

    @Test
    @DisplayName("joins escaped surrogates into one character")
    void joinsSurrogates() throws JsonSyntaxException {
        assertThat(string("\\ud83d\\ude00")).isEqualTo("\ud83d\ude00").isEqualTo(string("\ud83d\ude00"));
    }

    @ParameterizedTest
    @DisplayName("refuses unpaired surrogates")
    @ValueSource(
            strings = {
                "\\ud83d",
                "\\ude00",
                "\\ude00\\ud83d",
                "\\ud83dx",
                "x\\ud83d",
                "\\ud83d\\ud83d\\ude00",
                "\\ud83d\\ude00\\ude00"
            })
    void refusesUnpairedSurrogates(String content) {
        refuses(quoted(content), "unpaired surrogate in a string");
    }

    @ParameterizedTest(name = "character {0}")
    @DisplayName("refuses every control character below a space, and reads it escaped")
    @ValueSource(ints = {0, 1, 8, 9, 10, 13, 27, 31})
    void refusesControlCharacters(int control) throws JsonSyntaxException {
        refuses(quoted("a" + (char) control), "control character in a string");
        refuses(quoted("\\n" + (char) control), "control character in a string");
        assertThat(string(String.format("\\u%04x", control))).isEqualTo(String.valueOf((char) control));
    }

    @Test
    @DisplayName("reads a space and DEL, which RFC 8259 allows as they are")
    void readsSpaceAndDel() throws JsonSyntaxException {
        assertThat(string(" \u007f")).isEqualTo(" \u007f");
    }

    @ParameterizedTest
    @DisplayName("reads UTF-8 of one to four bytes, with and without an escape before it")
    @ValueSource(strings = {"a", "\u00e9", "\u20ac", "\ud83d\ude00", "\u2028", "\uffff"})
    void readsUtf8(String text) throws JsonSyntaxException {
        assertThat(string(text)).isEqualTo(text);
        assertThat(string("\\n" + text)).isEqualTo("\n" + text);
        assertThat(string(text + "\\n" + text)).isEqualTo(text + "\n" + text);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("refuses bytes that are not UTF-8, with and without an escape in the string")
    @CsvSource(textBlock = """
        a continuation byte alone,          80
        a lead byte alone,                  c3
        Latin-1,                            e9
        an overlong slash,                  c0af
        an overlong quote,                  c0a2
        an overlong NUL,                    c080
        three bytes cut to two,             e282
        an encoded surrogate,               eda080
        a character above U+10FFFF,         f4908080
        a byte that never occurs,           ff
        """)
    void refusesMalformedUtf8(String name, String hex) {
        assertThat(name).isNotBlank();
        refuses(quoted(HexFormat.of().parseHex(hex)), "not UTF-8");
        refuses(bytes("225c6e" + hex + "22"), "not UTF-8");
        refuses(bytes("22" + hex + "5c6e22"), "not UTF-8");
    }

    @Test
    @DisplayName("refuses whole texts in UTF-16, UTF-8 with a byte order mark, and Latin-1 outside of strings")
    void refusesOtherEncodings() throws JsonSyntaxException {
        assertThat(JsonReader.read("{}".getBytes(UTF_8), LIMITS)).hasToString("{}");
        refuses("{}".getBytes(UTF_16), "not a JSON value at byte 0");
        refuses("\ufeff{}".getBytes(UTF_8), "not a JSON value at byte 0");
        refuses("{\u00e9}".getBytes(ISO_8859_1), "expected \" at byte 1");
    }

    private static String string(String content) throws JsonSyntaxException {
        return ((JsonString) JsonReader.read(quoted(content), LIMITS)).value();
    }

    private static byte[] quoted(String content) {
        return quoted(content.getBytes(UTF_8));
    }

    private static byte[] quoted(byte[] content) {
        return bytes("22" + HexFormat.of().formatHex(content) + "22");
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static void refuses(byte[] json, String problem) {
        assertThatThrownBy(() -> JsonReader.read(json, LIMITS))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessageStartingWith(problem);
    }
}
