package dev.latchkey.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonBoolean;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import dev.latchkey.testing.Collisions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The JSON reader")
class JsonReaderTest {

    private static final JsonLimits LIMITS = new JsonLimits(1000, 5);

    @Test
    @DisplayName("reads all six kinds of values and keeps the order of members")
    void readsAllKinds() throws JsonSyntaxException {
        JsonObject json = JsonReader.readObject(
                utf8("{\"z\":{},\"s\":\"text\",\"n\":-1.50,\"t\":true,\"f\":false,\"0\":null,\"a\":[1,\"x\",[]]}"),
                LIMITS);

        assertThat(json.members().keySet()).containsExactly("z", "s", "n", "t", "f", "0", "a");
        assertThat(json.get("z")).contains(new JsonObject(java.util.Map.of()));
        assertThat(json.string("s")).contains("text");
        assertThat(json.get("n")).contains(new JsonNumber(new BigDecimal("-1.50")));
        assertThat(json.get("t")).contains(new JsonBoolean(true));
        assertThat(json.get("f")).contains(new JsonBoolean(false));
        assertThat(json.get("0")).containsSame(JsonValue.NULL);
        assertThat(json.get("a"))
                .contains(new JsonArray(List.of(JsonNumber.of(1), new JsonString("x"), new JsonArray(List.of()))));
    }

    @Test
    @DisplayName("M11: takes ten thousand members whose names have one hash as fast as others")
    void oneHash() throws JsonSyntaxException {
        String members =
                Collisions.of(13).stream().map(name -> "\"" + name + "\":0").collect(Collectors.joining(",", "{", "}"));

        long start = System.nanoTime();
        JsonObject json = JsonReader.readObject(utf8(members), new JsonLimits(1_000_000, 2));

        assertThat(json.members()).hasSize(1 << 13);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @ParameterizedTest(name = "{0} is read, {1} is refused: {2}")
    @DisplayName("refuses what lax readers guess, and reads its correct twin")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"a":1,"b":2}          | {"a":1,"a":2}          | member name twice at byte 7
        {"a":1,"b":1}          | {"a":1,"a":1}          | member name twice at byte 7
        {"a":1,"b":1}          | {"a":1,"\\u0061":1}    | member name twice at byte 7
        {"x":[{"a":0,"b":0}]}  | {"x":[{"a":0,"a":0}]}  | member name twice at byte 13
        {"a":null,"b":null}    | {"a":null,"a":null}    | member name twice at byte 10
        {}                     | {}{}                   | text after the value at byte 2
        1                      | 1 2                    | text after the value at byte 2
        {}                     | {}x                    | text after the value at byte 2
        [1]                    | [1]]                   | text after the value at byte 3
        ""                     | ""/**/                 | text after the value at byte 2
        {"a":1}                | {"a":/**/1}            | not a JSON value at byte 5
        {"a":1}                | {//\\n"a":1}           | expected " at byte 1
        [1,2]                  | [1,2,]                 | not a JSON value at byte 5
        [1,2]                  | [1,,2]                 | not a JSON value at byte 3
        [1,2]                  | [1 2]                  | neither a comma nor the end at byte 3
        {"a":1}                | {"a":1,}               | expected " at byte 7
        {"a":1}                | {"a" 1}                | expected : at byte 5
        {"a":1}                | {a:1}                  | expected " at byte 1
        {"a":1}                | {'a':1}                | expected " at byte 1
        {"a":1}                | {1:1}                  | expected " at byte 1
        {"a":1}                | {"a":1]                | neither a comma nor the end at byte 6
        [1]                    | [1}                    | neither a comma nor the end at byte 2
        0                      | 00                     | text after the value at byte 1
        0                      | 01                     | text after the value at byte 1
        -0                     | -01                    | text after the value at byte 2
        1                      | +1                     | not a JSON value at byte 0
        0.5                    | .5                     | not a JSON value at byte 0
        5.0                    | 5.                     | not a JSON value at byte 2
        -5                     | -                      | not a JSON value at byte 1
        1e5                    | 1e                     | not a JSON value at byte 2
        1E-5                   | 1E-                    | not a JSON value at byte 3
        1e+5                   | 1e+-5                  | not a JSON value at byte 3
        1                      | 0x1                    | text after the value at byte 1
        1                      | NaN                    | not a JSON value at byte 0
        1                      | Infinity               | not a JSON value at byte 0
        -1                     | -Infinity              | not a JSON value at byte 1
        1e9                    | 1e9999999999           | number out of range at byte 0
        1e2147483647           | 10e2147483647          | number out of range at byte 0
        true                   | True                   | not a JSON value at byte 0
        true                   | tru                    | not a JSON value at byte 3
        false                  | falsy                  | not a JSON value at byte 4
        null                   | nul                    | not a JSON value at byte 3
        null                   | undefined              | not a JSON value at byte 0
        "a"                    | "a                     | ends early at byte 2
        "a"                    | 'a'                    | not a JSON value at byte 0
        [1]                    | [1                     | ends early at byte 2
        {"a":1}                | {"a":1                 | ends early at byte 6
        {"a":1}                | {"a":                  | ends early at byte 5
        {}                     | {                      | ends early at byte 1
        """)
    void refusesLaxJson(String good, String bad, String problem) throws JsonSyntaxException {
        assertThat(JsonReader.read(utf8(good), LIMITS)).isNotNull();
        assertThatThrownBy(() -> JsonReader.read(utf8(bad), LIMITS))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessage(problem);
    }

    @ParameterizedTest
    @DisplayName("refuses a text without a value")
    @ValueSource(strings = {"", " ", "\n\t\r "})
    void refusesEmptyText(String text) {
        refuses(utf8(text), "ends early at byte " + text.length());
    }

    @Test
    @DisplayName("takes the four kinds of white space round every token and no other")
    void takesWhitespace() throws JsonSyntaxException {
        assertThat(read(" \t\r\n{ \"a\" :\t[\r1 ,\n2 ] } \n")).hasToString("{\"a\":[1,2]}");
        refuses(utf8("\f{}"), "not a JSON value at byte 0");
        refuses(utf8("{}\u00a0"), "text after the value at byte 2");
        refuses(utf8("{}\0"), "text after the value at byte 2");
    }

    @Test
    @DisplayName("refuses a value that is no object where an object is needed")
    void refusesOtherThanObject() throws JsonSyntaxException {
        assertThat(JsonReader.readObject(utf8("{}"), LIMITS).members()).isEmpty();
        for (String other : List.of("[]", "\"{}\"", "1", "true", "null")) {
            assertThatThrownBy(() -> JsonReader.readObject(utf8(other), LIMITS))
                    .isInstanceOf(JsonSyntaxException.class)
                    .hasMessage("not an object at byte 0");
        }
    }

    @Test
    @DisplayName("reads a text of the greatest length and refuses one byte more")
    void limitsBytes() throws JsonSyntaxException {
        JsonLimits ten = new JsonLimits(10, 5);

        assertThat(JsonReader.read(utf8("\"12345678\""), ten)).isEqualTo(new JsonString("12345678"));
        assertThatThrownBy(() -> JsonReader.read(utf8("\"123456789\""), ten))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessage("longer than 10 bytes at byte 10");
    }

    @ParameterizedTest(name = "{0} is deep enough, {1} is too deep")
    @DisplayName("reads the deepest nesting and refuses one level more, in objects and arrays")
    @CsvSource(delimiter = '|', textBlock = """
        [[[[[]]]]]                          | [[[[[[]]]]]]
        [[[[{}]]]]                          | [[[[[{}]]]]]
        {"a":{"a":{"a":{"a":{"a":1}}}}}     | {"a":{"a":{"a":{"a":{"a":{}}}}}}
        """)
    void limitsDepth(String good, String bad) throws JsonSyntaxException {
        assertThat(read(good)).hasToString(good);
        assertThatThrownBy(() -> read(bad))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessageStartingWith("nested deeper than 5");
    }

    @Test
    @DisplayName("counts depth, not the number of objects: many siblings are fine")
    void countsDepthOnly() throws JsonSyntaxException {
        assertThat(((JsonArray) read("[" + "[],{},".repeat(50) + "[]]")).elements())
                .hasSize(101);
    }

    @Test
    @DisplayName("refuses a hundred thousand opening brackets without running out of stack")
    void refusesBracketBomb() {
        JsonLimits roomy = new JsonLimits(1_000_000, 16);

        for (String opening : List.of("[", "{\"a\":")) {
            assertThatThrownBy(() -> JsonReader.read(utf8(opening.repeat(100_000)), roomy))
                    .isInstanceOf(JsonSyntaxException.class)
                    .hasMessageStartingWith("nested deeper than 16");
        }
    }

    @Test
    @DisplayName("reads a number of 64 characters and refuses one of 65")
    void limitsNumbers() throws JsonSyntaxException {
        String longest = "1".repeat(64);

        assertThat(read(longest)).isEqualTo(new JsonNumber(new BigDecimal(longest)));
        assertThatThrownBy(() -> read(longest + "1"))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessage("number longer than 64 characters at byte 65");
    }

    @Test
    @DisplayName("keeps numbers exact that a double would round")
    void keepsNumbersExact() throws JsonSyntaxException {
        assertThat(read("9007199254740993")).isEqualTo(new JsonNumber(new BigDecimal("9007199254740993")));
        assertThat(read("0.1")).isEqualTo(new JsonNumber(new BigDecimal("0.1")));
        assertThat(read("1e400")).isEqualTo(new JsonNumber(new BigDecimal("1E+400")));
    }

    @Test
    @DisplayName("tells in its message neither names nor values of the text")
    void messageHoldsNothingOfTheText() {
        assertThatThrownBy(() -> read("{\"password\":\"hunter2\",\"password\":hunter2}"))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessageNotContaining("password")
                .hasMessageNotContaining("hunter");
    }

    private static JsonValue read(String text) throws JsonSyntaxException {
        return JsonReader.read(utf8(text), LIMITS);
    }

    private static void refuses(byte[] bytes, String problem) {
        assertThatThrownBy(() -> JsonReader.read(bytes, LIMITS))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessage(problem);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
