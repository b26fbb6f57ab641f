package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.InvalidKeyMaterialException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The settings reader")
class SettingsReaderTest {

    @ParameterizedTest(name = "asked for {0}, with {1} set")
    @DisplayName("takes either spelling for either")
    @CsvSource({"PLUGIN_X,PLUGIN_X", "PLUGIN_X,X", "X,PLUGIN_X", "X,X"})
    void spellings(String asked, String set) {
        assertThat(new SettingsReader(Map.of(set, "v")).text(named(asked))).contains("v");
    }

    @Test
    @DisplayName("removes the prefix only where a name begins with it, and once")
    void prefix() {
        assertThat(new SettingsReader(Map.of("MY_X", "v")).text(named("MY_PLUGIN_X")))
                .isEmpty();
        assertThat(new SettingsReader(Map.of("PLUGIN_X", "v")).text(named("PLUGIN_PLUGIN_X")))
                .contains("v");
    }

    @ParameterizedTest(name = "[{0}]")
    @DisplayName("takes blank for unset")
    @ValueSource(strings = {"", " ", "\t\r\n", "\u2003"})
    void blank(String value) {
        SettingsReader reader = new SettingsReader(Map.of("PLUGIN_X", value, "Y", value));

        assertThat(reader.text(named("PLUGIN_X"))).isEmpty();
        assertThat(reader.list(named("Y"))).isEmpty();
        assertThat(reader.number(Setting.number("Y", "", 7, 0, 9, ""))).isEqualTo(7);
        assertThat(reader.isDeclared(named("Y"))).isTrue();
        assertThat(reader.isDeclared(named("Z"))).isFalse();
        assertThatNoException().isThrownBy(reader::throwIfAnyProblem);
    }

    @Test
    @DisplayName("falls back to the other spelling where one is blank")
    void blankAndSet() {
        SettingsReader reader = new SettingsReader(Map.of("PLUGIN_X", " ", "X", "v"));

        assertThat(reader.text(named("X"))).contains("v");
        assertThatNoException().isThrownBy(reader::throwIfAnyProblem);
    }

    @Test
    @DisplayName("takes both spellings with one value, white space aside, and refuses two values without showing them")
    void conflict() {
        SettingsReader same = new SettingsReader(Map.of("PLUGIN_X", "v", "X", " v\n"));
        SettingsReader different = new SettingsReader(Map.of("PLUGIN_X", "first", "X", "second"));

        assertThat(same.text(named("PLUGIN_X"))).contains("v");
        assertThatNoException().isThrownBy(same::throwIfAnyProblem);
        assertThat(different.text(named("PLUGIN_X"))).contains("first");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(different::throwIfAnyProblem)
                .withMessageContaining("PLUGIN_X and X are both set, to different values")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("first", "second"));
    }

    @Test
    @DisplayName("cuts lists at commas, without white space and empty places")
    void lists() {
        SettingsReader reader = new SettingsReader(Map.of("X", " a , b c,, d ,", "Y", " , ,"));

        assertThat(reader.list(named("X"))).containsExactly("a", "b c", "d");
        assertThat(reader.list(named("Y"))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("takes whole numbers in their range, limits included")
    @ValueSource(strings = {"3", "60", "060", " 42 "})
    void numbers(String value) {
        SettingsReader reader = new SettingsReader(Map.of("X", value));

        assertThat(reader.number(Setting.number("X", "", 5, 3, 60, ""))).isEqualTo(Integer.parseInt(value.strip()));
        assertThatNoException().isThrownBy(reader::throwIfAnyProblem);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("refuses numbers out of range and what is no whole number")
    @ValueSource(strings = {"2", "61", "-3", "+3", "3.0", "3s", "ten", "1e1", "9999999999", "\u0663\u0660"})
    void notNumbers(String value) {
        SettingsReader reader = new SettingsReader(Map.of("X", value));

        assertThat(reader.number(Setting.number("X", "", 5, 3, 60, ""))).isEqualTo(5);
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(reader::throwIfAnyProblem)
                .withMessageContaining("X: needs a whole number from 3 to 60, got \"");
    }

    @Test
    @DisplayName("takes algorithms in any case, and names those it knows when it meets another")
    void algorithms() {
        SettingsReader reader = new SettingsReader(Map.of("X", "hs256, Es384", "Y", "none"));

        assertThat(reader.algorithms(named("X"))).containsExactly(Algorithm.HS256, Algorithm.ES384);
        assertThat(reader.algorithm(named("Y"))).isEmpty();
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(reader::throwIfAnyProblem)
                .withMessageContaining("Y: unknown algorithm \"none\"")
                .withMessageContaining("HS256, HS384")
                .withMessageContaining("ES512");
    }

    @ParameterizedTest(name = "[{0}]")
    @DisplayName("A8: refuses a list of algorithms that is there but blank: it must never mean all")
    @ValueSource(strings = {"", "  ", ",", " , ,"})
    void blankAlgorithms(String value) {
        SettingsReader reader = new SettingsReader(Map.of("JWT_ALGORITHMS", value));

        assertThat(reader.algorithms(named("JWT_ALGORITHMS"))).isEmpty();
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(reader::throwIfAnyProblem)
                .withMessageContaining("JWT_ALGORITHMS: is blank");
    }

    @Test
    @DisplayName("makes a problem of a key that is none, and lets every other failure through")
    void keys() {
        SettingsReader reader = new SettingsReader(Map.of());

        assertThat(reader.key(named("X"), () -> "key")).contains("key");
        assertThat(reader.key(named("X"), () -> {
                    throw new InvalidKeyMaterialException("is a banana");
                }))
                .isEmpty();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> reader.key(named("X"), () -> {
                    throw new IllegalStateException("ours");
                }));
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(reader::throwIfAnyProblem)
                .withMessage("1 problem in the settings:\n- X: is a banana");
    }

    @Test
    @DisplayName("throws nothing without a problem, and else all problems in the order in which they were met")
    void allAtOnce() {
        SettingsReader reader = new SettingsReader(Map.of("A", "x", "B", "y"));
        assertThatNoException().isThrownBy(reader::throwIfAnyProblem);

        reader.number(Setting.number("A", "", 0, 0, 1, ""));
        reader.algorithm(named("B"));

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(reader::throwIfAnyProblem)
                .satisfies(e -> assertThat(e.getMessage()).startsWith("2 problems in the settings:\n- A: "))
                .satisfies(e -> assertThat(e.problems())
                        .satisfiesExactly(
                                first -> assertThat(first).startsWith("A: "),
                                second -> assertThat(second).startsWith("B: ")));
    }

    @Test
    @DisplayName("shows 40 characters of a wrong value, and no control characters")
    void printable() {
        assertThat(SettingsReader.printable("a".repeat(24))).isEqualTo("a".repeat(24));
        assertThat(SettingsReader.printable("a".repeat(25))).isEqualTo("a value of 25 characters");
        assertThat(List.of("\r\n", "\u001b\u0007", "\u2028\u00e9"))
                .allSatisfy(text -> assertThat(SettingsReader.printable(text)).isEqualTo("??"));
    }

    @Test
    @DisplayName("is not moved by changes of the map that it was given")
    void copies() {
        Map<String, String> environment = new java.util.HashMap<>(Map.of("X", "v"));
        SettingsReader reader = new SettingsReader(environment);

        environment.put("X", "w");

        assertThat(reader.text(named("X"))).contains("v");
    }

    @ParameterizedTest(name = "[{0}]")
    @DisplayName("knows the first of two words, in any case, and takes it where there is none")
    @CsvSource({"on,true", "ON,true", "off,false", "Off,false", "'',true"})
    void twoWords(String value, boolean first) {
        SettingsReader reader = new SettingsReader(Map.of("X", value));

        assertThat(reader.isUsual(Setting.choice("X", "", "on", "off", ""))).isEqualTo(first);
        assertThatNoException().isThrownBy(reader::throwIfAnyProblem);
    }

    @Test
    @DisplayName("refuses a third word, and names the two")
    void thirdWord() {
        SettingsReader reader = new SettingsReader(Map.of("X", "yes"));

        assertThat(reader.isUsual(Setting.choice("X", "", "on", "off", ""))).isTrue();
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(reader::throwIfAnyProblem)
                .satisfies(e -> assertThat(e.problems()).containsExactly("X: needs on (the default) or off"));
    }

    @Test
    @DisplayName("gives an address as it stands, and refuses one with a query, or of another kind")
    void address() {
        SettingsReader reader =
                new SettingsReader(Map.of("A", "https://a.example/b", "B", "https://b.example?c", "C", "c"));

        assertThat(reader.address(named("A"))).contains(URI.create("https://a.example/b"));
        assertThat(reader.address(named("Z"))).isEmpty();
        assertThatNoException().isThrownBy(reader::throwIfAnyProblem);
        reader.address(named("B"));
        assertThat(reader.address(named("C"))).isEmpty();
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(reader::throwIfAnyProblem)
                .satisfies(e -> assertThat(e.problems())
                        .satisfiesExactly(
                                query -> assertThat(query).startsWith("B: has a query"),
                                kind -> assertThat(kind).startsWith("C: is not the address of a host")));
    }

    @Test
    @DisplayName(
            "tells its problems with those of a further reading, each once, and passes its result on where there are none")
    void furtherReading() {
        SettingsReader reader = new SettingsReader(Map.of());
        assertThat(reader.<String>throwIfAnyProblemWith(() -> "result")).isEqualTo("result");

        reader.problem(named("A"), "is odd");
        reader.problem(named("B"), "is odd");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> reader.<String>throwIfAnyProblemWith(() -> "result"))
                .satisfies(e -> assertThat(e.problems()).containsExactly("A: is odd", "B: is odd"));
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> reader.<String>throwIfAnyProblemWith(() -> {
                    throw new SettingsException(List.of("B: is odd", "C: is odd"));
                }))
                .satisfies(
                        e -> assertThat(e.problems()).containsExactlyInAnyOrder("A: is odd", "B: is odd", "C: is odd"));
    }

    private static Setting named(String name) {
        return Setting.of(Setting.Kind.TEXT, name, "", "", "", "");
    }
}
