package dev.latchkey.local.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.local.machine.SetupException;
import org.junit.jupiter.api.Test;

class OwnRuntimeSizeTest {

    @Test
    void aPackageIsAtMostAsBigAsLambdaTakesIt() {
        long mega = 1024 * 1024;
        assertThat(OwnRuntime.checked(50 * mega, 250 * mega)).isEqualTo("50 MB zipped, 250 MB unpacked");
        assertThatThrownBy(() -> OwnRuntime.checked(50 * mega + 1, 250 * mega))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("51 MB zipped");
        assertThatThrownBy(() -> OwnRuntime.checked(50 * mega, 250 * mega + 1))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("251 MB unpacked");
    }
}
