package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest(name = "{0}")
    @DisplayName("I2: that stands in documentation is refused, as a text and as a JWK of the bytes that it spells")
    @ValueSource(
            strings = {
                "a-string-secret-at-least-256-bits-long",
                "a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long",
                "super-secret-jwt-token-with-at-least-32-characters-long",
                "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
                "{\"kty\":\"oct\",\"k\":\"CdJeCU-qbKJVbIGBZrepVjuT9wmfbw9Mqmz2O4jo0-c\"}"
            })
    void known(String secret) {
        KeyRing ring = KeyRing.read(secret);
        assertThatThrownBy(() -> ring.keySet(List.of(), null))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessageContaining("the secret is known to everybody")
                .hasMessageNotContaining(secret);
        assertThatThrownBy(() -> ring.signingKey(Algorithm.HS256, null))
                .hasMessageContaining("the secret is known to everybody");
        taken("a-string-secret-at-least-256-bits-lonG");
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
