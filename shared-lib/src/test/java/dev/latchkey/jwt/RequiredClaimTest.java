package dev.latchkey.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A required claim")
class RequiredClaimTest {

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @DisplayName("without values is met by every value but null")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            tenant     | {"tenant":"t"}            | true
            tenant     | {"tenant":""}             | true
            tenant     | {"tenant":0}              | true
            tenant     | {"tenant":false}          | true
            tenant     | {"tenant":{}}             | true
            tenant     | {"tenant":null}           | false
            tenant     | {"realm":"t"}             | false
            tenant     | {"tenant":[{}]}           | true
            tenant     | {"tenant":[]}             | false
            realm.role | {"realm":{"role":"user"}} | true
            realm.role | {"realm":{}}              | false
            realm.role | {"realm":"role"}          | false
            realm.role | {"role":"user"}           | false
            """)
    void anyValue(String path, String claims, boolean met) {
        assertThat(claim(path).isMetBy(json(claims))).isEqualTo(met);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("with values is met by one of them, alone or in a list, as a text, number or boolean")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "a"           | true
            "7"           | true
            7             | true
            true          | true
            ["x","a"]     | true
            "b"           | false
            "A"           | false
            "a "          | false
            7.5           | false
            false         | false
            ["x","b"]     | false
            []            | false
            [["a"]]       | false
            {"a":"a"}     | false
            null          | false
            """)
    void oneOfValues(String value, boolean met) {
        assertThat(claim("use", "a", "7", "true").isMetBy(json("{\"use\":" + value + "}")))
                .isEqualTo(met);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("of several claims is met by one that has the value")
    @CsvSource(delimiter = ';', quoteCharacter = '^', textBlock = """
            {"scp":"read"}                 ; true
            {"roles":["read"]}             ; true
            {"scp":"write","roles":"read"} ; true
            {"scp":"write","roles":[]}     ; false
            {"scp|roles":"read"}           ; false
            {}                             ; false
            """)
    void oneOfClaims(String claims, boolean met) {
        RequiredClaim required =
                new RequiredClaim(List.of(ClaimPath.parse("scp"), ClaimPath.parse("roles")), List.of("read"));

        assertThat(required.isMetBy(json(claims))).isEqualTo(met);
        assertThat(required.names()).isEqualTo("scp or roles");
    }

    private static RequiredClaim claim(String path, String... values) {
        return new RequiredClaim(List.of(ClaimPath.parse(path)), List.of(values));
    }

    private static JsonObject json(String text) {
        try {
            return JsonReader.readObject(text.getBytes(UTF_8), new JsonLimits(1024, 8));
        } catch (JsonSyntaxException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
