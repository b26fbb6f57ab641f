package dev.latchkey.aws;

import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.testing.LeakGuard;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A secret that cannot be used, over an emulator,")
@ExtendWith(OverEmulator.class)
class SecretOutageTest {

    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);
    private static final Duration BRIDGED = Duration.ofMinutes(65);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TICK = Duration.ofNanos(1);

    private final SecretInUse secret = new SecretInUse();

    @Test
    @DisplayName("K1, K3: is used on for an hour after its five minutes when it cannot be read, and no longer")
    void lastGoodValue() {
        assertThat(secret.accepts(SecretInUse.token("k1", SECRET))).isTrue();
        secret.aws.deleteSecret(delete -> delete.secretId(secret.name));

        secret.clock.turn(TIME_TO_LIVE);
        assertThat(secret.accepts(SecretInUse.token("k1", SECRET))).isTrue();
        assertThat(secret.failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .isInstanceOf(KeysUnavailableException.class)
                        .hasMessageContaining(secret.name));
        secret.clock.turn(BRIDGED.minus(TIME_TO_LIVE).minus(SECOND));
        assertThat(secret.accepts(SecretInUse.token("k1", SECRET))).isTrue();
        secret.clock.turn(SECOND);
        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> secret.accepts(SecretInUse.token("k1", SECRET)));
    }

    @Test
    @DisplayName("K3: is asked for after 1, 2, 4, 8, 16 and 30 seconds while it cannot be read, and taken when it can")
    void noRetryStorm() {
        secret.aws.deleteSecret(delete -> delete.secretId(secret.name));
        int readings = 0;
        for (int wait : List.of(0, 1, 2, 4, 8, 16, 30)) {
            if (wait > 0) {
                secret.clock.turn(Duration.ofSeconds(wait).minus(TICK));
                unavailable();
                assertThat(secret.readings).hasValue(readings);
                secret.clock.turn(TICK);
            }
            unavailable();
            unavailable();
            assertThat(secret.readings).hasValue(++readings);
        }

        secret.aws.restoreSecret(restore -> restore.secretId(secret.name));
        secret.clock.turn(Duration.ofSeconds(30));

        assertThat(secret.accepts(SecretInUse.token("k1", SECRET))).isTrue();
        assertThat(secret.readings).hasValue(readings + 1);
    }

    private void unavailable() {
        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> secret.accepts(SecretInUse.token("k1", SECRET)));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("K4: is an error when it is malformed, and not a blank key nor a part of one, nor in the message")
    @ValueSource(
            strings = {
                " ",
                "tooShort",
                "\ufeff{\"keys\":[]}",
                "{\"keys\":[]}",
                "{\"password\":\"Zk3Vn8qW1xYb7RtLp0sMd5HgCe9UaJf2\"}",
                "{\"kty\":\"oct\",\"k\":\"\"}",
                "[\"Zk3Vn8qW1xYb7RtLp0sMd5HgCe9UaJf2\"]",
                "\"Zk3Vn8qW1xYb7RtLp0sMd5HgCe9UaJf2\"",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"Zk3Vn8qW1xYb7RtLp0sMd5HgCe9UaJf2\"}",
                "-----BEGIN PRIVATE KEY-----\nAAAA"
            })
    void malformed(String value) {
        secret.store(value);

        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> secret.accepts(SecretInUse.token("k1", SECRET)))
                .satisfies(
                        e -> assertThat(LeakGuard.leaks(e + " " + e.getCause())).isFalse());
        assertThatExceptionOfType(KeysUnavailableException.class).isThrownBy(secret::issue);
    }

    @Test
    @DisplayName("K4: means the same with a line break at its end")
    void trailingNewline() {
        secret.store(SECRET + "\r\n");

        assertThat(secret.accepts(SecretInUse.token("k1", SECRET))).isTrue();
        assertThat(secret.accepts(secret.issue())).isTrue();
    }

    @Test
    @DisplayName("K4: leaves the last good keys in use when it becomes malformed")
    void malformedLater() {
        assertThat(secret.accepts(SecretInUse.token("k1", SECRET))).isTrue();
        secret.store("{\"keys\":[");

        secret.clock.turn(TIME_TO_LIVE);

        assertThat(secret.accepts(SecretInUse.token("k1", SECRET))).isTrue();
        assertThat(secret.failures).hasSize(1);
    }
}
