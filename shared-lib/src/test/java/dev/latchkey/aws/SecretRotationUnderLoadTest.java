package dev.latchkey.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.RotationLoad;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("A key ring that is rotated over an emulator while eight threads verify")
@ExtendWith(OverEmulator.class)
class SecretRotationUnderLoadTest {

    private static final int ROTATIONS = 10;
    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final SecretInUse secret = new SecretInUse();

    @Test
    @Timeout(120)
    @DisplayName(
            "K5, K9: gives 0 wrong answers, and each rotation is followed by one reading, and each new kid causes one more at most")
    void rotations() throws InterruptedException {
        secret.store(generation(1));
        try (RotationLoad load = new RotationLoad(
                ROTATIONS,
                secret::accepts,
                key -> SecretInUse.token("k" + key, value(key)),
                key -> SecretInUse.token("k" + key, value(key + 1)))) {
            for (int rotation = 0; rotation < ROTATIONS; rotation++) {
                Duration wait = rotation % 2 == 0 ? TIME_TO_LIVE : PAUSE;
                load.rotate(next -> secret.store(generation(next)), () -> secret.clock.turn(wait));
                assertThat(load.wrong()).isEmpty();
            }
            assertThat(load.mustAccept()).isGreaterThan(50 * ROTATIONS);
            assertThat(load.mustRefuse()).isGreaterThan(50 * ROTATIONS);
        }
        assertThat(secret.readings.get()).isBetween(1 + ROTATIONS, 2 * (1 + ROTATIONS) + 4);
        assertThat(secret.failures).isEmpty();
    }

    private static String generation(int number) {
        return SecretInUse.ring(
                SecretInUse.key("k" + (number - 1), value(number - 1), "previous"),
                SecretInUse.key("k" + number, value(number), "active"),
                SecretInUse.key("k" + (number + 1), value(number + 1), "next"));
    }

    private static String value(int key) {
        return LeakGuard.secret("Zk3Vn8qW1xYb7RtLp0sMd5HgCe9UaJf2" + key);
    }
}
