package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("I2: A secret")
class GuessableSecretTest {

    @Test
    @DisplayName("I2: of eight different characters is taken, of seven it is guessable")
    void differentCharacters() {
        taken("aaaabbbbccccddddeeeeffffgggghhhh");
        guessable("aaaabbbbccccddddeeeeffffgggggggg");
    }

    @Test
    @DisplayName("I2: of one character up to its half is taken, beyond its half it is guessable")
    void oneCharacter() {
        taken("0000000000000000" + "123456789abcdefg");
        guessable("00000000000000000" + "123456789abcdef");
    }

    @Test
    @DisplayName("I2: of a word of half its length, twice, is guessable; the last character makes the difference")
    void repeatedWord() {
        guessable("0123456789abcdef" + "0123456789abcdef");
        taken("0123456789abcdef" + "0123456789abcdeg");
    }

    private static void taken(String secret) {
        assertThat(KeyRing.read(secret).keySet(List.of(), null).keys()).hasSize(1);
    }

    private static void guessable(String secret) {
        KeyRing ring = KeyRing.read(secret);
        assertThatThrownBy(() -> ring.keySet(List.of(), null))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessageContaining("the secret is guessable");
    }
}
