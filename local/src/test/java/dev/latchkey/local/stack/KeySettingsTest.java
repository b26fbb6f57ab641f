package dev.latchkey.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.local.machine.SetupException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"PLUGIN_JWT_SECRET", "JWT_SECRET"})
    void anEmptySecretIsNoThrowAwayOne(String name) {
        assertThatThrownBy(() -> KeySettings.of(Map.of(name, " "), null))
                .isInstanceOf(SetupException.class)
                .hasMessage("PLUGIN_JWT_SECRET is set and empty. Set it to the key to sign with, or unset it for a"
                        + " throw-away one");
    }

    @Test
    void anEmptySecretBesideTheNameOfOneIsNone() {
        assertThat(KeySettings.of(Map.of("PLUGIN_JWT_SECRET", "", "PLUGIN_JWT_SECRET_ID", "ring"), null)
                        .isThrowAway())
                .isFalse();
        assertThat(KeySettings.of(Map.of(), null).isThrowAway()).isTrue();
    }
}
