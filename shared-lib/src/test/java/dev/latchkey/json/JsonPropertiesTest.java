package dev.latchkey.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonBoolean;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import dev.latchkey.testing.Mutations;
import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for all JSON. */
class JsonPropertiesTest {

    private static final JsonLimits LIMITS = new JsonLimits(64 * 1024, 16);

    @Property(seed = "1", tries = 500)
    void whatIsWrittenIsReadAsTheSameValue(@ForAll("values") JsonValue value) throws JsonSyntaxException {
        String text = JsonWriter.write(value);
        assertThat(JsonReader.read(text.getBytes(UTF_8), LIMITS)).isEqualTo(value);
        assertThat(text.chars()).allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    @Property(seed = "2")
    void anyBytesAreAValueOrASyntaxException(@ForAll byte[] bytes) {
        readsOrRefuses(bytes);
    }

    @Property(seed = "3", tries = 1000)
    void changedTextIsAValueOrASyntaxException(@ForAll("values") JsonValue value, @ForAll long seed) {
        readsOrRefuses(Mutations.of(seed).change(JsonWriter.write(value).getBytes(UTF_8)));
    }

    @Property(seed = "4", tries = 500)
    void whatWasReadIsWrittenAndReadAgainAsTheSameValue(@ForAll("values") JsonValue value, @ForAll long seed)
            throws JsonSyntaxException {
        byte[] changed = Mutations.of(seed).change(JsonWriter.write(value).getBytes(UTF_8));
        JsonValue read;
        try {
            read = JsonReader.read(changed, new JsonLimits(4096, 16));
        } catch (JsonSyntaxException refused) {
            return;
        }
        assertThat(JsonReader.read(JsonWriter.write(read).getBytes(UTF_8), LIMITS))
                .isEqualTo(read);
    }

    private static void readsOrRefuses(byte[] bytes) {
        try {
            assertThat(JsonReader.read(bytes, LIMITS)).isNotNull();
        } catch (JsonSyntaxException refused) {
            assertThat(refused).hasMessageContaining(" at byte ");
        }
    }

    @Provide
    Arbitrary<JsonValue> values() {
        Arbitrary<String> texts = Arbitraries.strings()
                .ofMaxLength(12)
                .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)));
        Arbitrary<JsonValue> flat = Arbitraries.oneOf(
                texts.map(JsonString::new),
                Arbitraries.longs().map(JsonNumber::of),
                Arbitraries.bigDecimals()
                        .between(BigDecimal.TEN.pow(18).negate(), BigDecimal.TEN.pow(18))
                        .ofScale(9)
                        .map(JsonNumber::new),
                Arbitraries.of(true, false).map(JsonBoolean::new),
                Arbitraries.just(JsonValue.NULL));
        return Arbitraries.recursive(
                () -> flat,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(3).map(JsonArray::new),
                        Arbitraries.maps(texts, inner).ofMaxSize(3).map(JsonObject::new)),
                0,
                3);
    }
}
