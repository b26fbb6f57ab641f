package dev.latchkey.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonNull;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The JSON writer")
class JsonWriterTest {

    private static final JsonLimits LIMITS = new JsonLimits(10_000_000, 10);

    @Test
    @DisplayName("writes compact text in the order of the members")
    void writesCompactText() {
        JsonObject json = new JsonObjectBuilder()
                .put("b", "x")
                .put("a", 1)
                .put("t", true)
                .put("l", List.of("p", "q"))
                .put("o", new JsonObject(Map.of()))
                .put("n", JsonValue.NULL)
                .build();

        assertThat(JsonWriter.write(json))
                .isEqualTo("{\"b\":\"x\",\"a\":1,\"t\":true,\"l\":[\"p\",\"q\"],\"o\":{},\"n\":null}");
    }

    @Test
    @DisplayName("escapes quotes, backslashes, control characters and everything beyond ASCII")
    void escapes() {
        assertThat(JsonWriter.write(new JsonString("a\"b\\c/d\n\r\t\0\u001b[31m\u007f\u0085\u00e9\u2028\ud83d\ude00")))
                .isEqualTo("\"a\\\"b\\\\c/d\\u000a\\u000d\\u0009\\u0000\\u001b[31m\\u007f\\u0085\\u00e9\\u2028"
                        + "\\ud83d\\ude00\"");
    }

    @Test
    @DisplayName("escapes member names as it escapes strings")
    void escapesNames() {
        assertThat(JsonWriter.write(
                        new JsonObjectBuilder().put("a\"\n\u00e9", "x").build()))
                .isEqualTo("{\"a\\\"\\u000a\\u00e9\":\"x\"}");
    }

    @Test
    @DisplayName("writes every character of Unicode as printable ASCII that the reader reads back")
    void roundTripsEveryCharacter() throws JsonSyntaxException {
        StringBuilder all = new StringBuilder();
        for (int character = 0; character < Character.MIN_SURROGATE; character++) {
            all.append((char) character);
        }
        for (int character = Character.MAX_SURROGATE + 1; character <= Character.MAX_CODE_POINT; character += 7) {
            all.appendCodePoint(character);
        }
        JsonString value = new JsonString(all.toString());

        String written = JsonWriter.write(value);

        assertThat(written.chars()).allMatch(c -> c >= 0x20 && c < 0x7f);
        assertThat(JsonReader.read(written.getBytes(UTF_8), LIMITS)).isEqualTo(value);
    }

    @ParameterizedTest
    @DisplayName("writes back what the reader read")
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"\"",
                "0",
                "-1.50",
                "1E+400",
                "1E-7",
                "true",
                "false",
                "null",
                "{\"a\":[1,{\"b\":null}],\"A\":\"\\u00e9\",\"\":0}",
                "[[],[{}],\"\\\\\\\"\"]"
            })
    void roundTripsTexts(String text) throws JsonSyntaxException {
        assertThat(JsonReader.read(text.getBytes(UTF_8), LIMITS)).hasToString(text);
    }

    @Test
    @DisplayName("writes numbers of any size so that the reader reads them back")
    void roundTripsNumbers() throws JsonSyntaxException {
        for (String number : List.of("0", "-0.0", "1e2147483647", "1e-2147483647", "1234567890123456789012345678")) {
            JsonNumber value = new JsonNumber(new BigDecimal(number));

            assertThat(JsonReader.read(JsonWriter.write(value).getBytes(UTF_8), LIMITS))
                    .isEqualTo(value);
        }
        assertThat(JsonNumber.of(Long.MIN_VALUE)).hasToString("-9223372036854775808");
    }

    @Test
    @DisplayName("writes any null value as null")
    void writesNull() {
        assertThat(JsonWriter.write(new JsonNull())).isEqualTo("null");
    }

    @Test
    @DisplayName("writes values that no longer change once they are made")
    void valuesAreCopies() {
        Map<String, JsonValue> members = new LinkedHashMap<>(Map.of("a", JsonValue.NULL));
        List<JsonValue> elements = new ArrayList<>(List.of(JsonValue.NULL));
        JsonObject object = new JsonObject(members);
        JsonArray array = new JsonArray(elements);

        members.clear();
        elements.clear();

        assertThat(object).hasToString("{\"a\":null}");
        assertThat(array).hasToString("[null]");
        assertThatThrownBy(() -> object.members().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @DisplayName("writes a name that was put twice once, with its last value in its first place")
    void builderKeepsFirstPlaceAndLastValue() {
        assertThat(new JsonObjectBuilder().put("a", 1).put("b", 2).put("a", 3).build())
                .hasToString("{\"a\":3,\"b\":2}");
    }

    @Test
    @DisplayName("shares with the reader the view of an object: absent, null and of another kind are told apart")
    void objectViews() {
        JsonObject json = new JsonObjectBuilder()
                .put("text", "x")
                .put("null", JsonValue.NULL)
                .put("number", 1)
                .build();

        assertThat(json.has("text")).isTrue();
        assertThat(json.has("null")).isFalse();
        assertThat(json.has("none")).isFalse();
        assertThat(json.get("null")).contains(JsonValue.NULL);
        assertThat(json.get("none")).isEmpty();
        assertThat(json.string("number")).isEmpty();
        assertThat(json.object("text").members()).isEmpty();
    }

    @Test
    @DisplayName("has limits beside it that must be positive")
    void limitsArePositive() {
        assertThat(new JsonLimits(1, 1)).isEqualTo(new JsonLimits(1, 1));
        assertThatThrownBy(() -> new JsonLimits(0, 1)).hasMessageContaining("bytes=0");
        assertThatThrownBy(() -> new JsonLimits(1, 0)).hasMessageContaining("depth=0");
    }
}
