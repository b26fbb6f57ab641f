package dev.latchkey.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A route")
class RouteTest {

    @ParameterizedTest(name = "{0}")
    @DisplayName("has one segment or one parameter for each value, whatever it holds")
    @CsvSource(quoteCharacter = '"', textBlock = """
            a-b_c.d~1,       a-b_c.d~1
            a/b,             a%2Fb
            ../x,            ..%2Fx
            a?b&c=d#e,       a%3Fb%26c%3Dd%23e
            a b+c,           a%20b%2Bc
            %2F,             %252F
            ü€,              %C3%BC%E2%82%AC
            "a{}b",          a%7B%7Db
            """)
    void encodes(String value, String encoded) {
        assertThat(Route.of("a/{}/b?c={}", value, "x").path()).isEqualTo("a/" + encoded + "/b?c=x");
    }

    @Test
    @DisplayName("holds no line break that could end a request line")
    void lineBreaks() {
        assertThat(Route.of("a/{}", "b\r\nHost: c").path()).isEqualTo("a/b%0D%0AHost%3A%20c");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("takes no value that would lead to another path, and does not show it")
    @ValueSource(strings = {"", ".", ".."})
    void dots(String value) {
        assertThatThrownBy(() -> Route.of("a/{}", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no value of a/{} may be empty or made of dots");
    }

    @Test
    @DisplayName("is shown without its values")
    void shown() {
        assertThat(Route.of("consumers/{}", "a@b.co")).hasToString("consumers/{}");
    }
}
