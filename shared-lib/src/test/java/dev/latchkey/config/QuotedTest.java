package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A list with quotes")
class QuotedTest {

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("is split at separators outside quotes")
    @CsvSource(delimiter = ';', quoteCharacter = '^', textBlock = """
            a, b ,c              ; a/b/c
            "a,b", c             ; "a,b"/c
            x="a,b"|"c|d", y     ; x="a,b"|"c|d"/y
            x= "a\\"," , y       ; x= "a\\","/y
            5", 6"               ; 5"/6"
            a"b,c"d              ; a"b/c"d
            """)
    void split(String text, String parts) {
        assertThat(String.join("/", Quoted.split(text, ','))).isEqualTo(parts);
    }

    @Test
    @DisplayName("has parts without their quotes")
    void plain() {
        assertThat(Quoted.plain("\"a,b\"")).isEqualTo("a,b");
        assertThat(Quoted.plain("\"a\\\"\\\\b\"")).isEqualTo("a\"\\b");
        assertThat(Quoted.plain("a\"")).isEqualTo("a\"");
        assertThat(Quoted.plain("\"a\" \"b\"")).isEqualTo("\"a\" \"b\"");
        assertThat(Quoted.plain("\"")).isEqualTo("\"");
        assertThat(Quoted.plain("\"\"")).isEmpty();
        assertThat(Quoted.split("a=b=c", '=', 2)).containsExactly("a", "b=c");
    }

    @Test
    @DisplayName("is refused where a quote is not closed")
    void open() {
        assertThatThrownBy(() -> Quoted.split("a, \"b", ',')).hasMessage("a quote is not closed");
        assertThatThrownBy(() -> Quoted.split("a=\"b\\\"", ',')).hasMessage("a quote is not closed");
    }
}
