package dev.latchkey.aws;

import static dev.latchkey.aws.FaultingServer.error;
import static dev.latchkey.aws.FaultingServer.nothing;
import static dev.latchkey.testing.TestKeys.OTHER_SECRET;
import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.aws.FaultingServer.Answer;
import dev.latchkey.keys.KeysUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
@DisplayName("A secret over an emulator behind a proxy with faults")
class SecretThroughFaultsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration IN_TIME = Duration.ofSeconds(4);

    private final FaultingServer proxy;
    private final Answer good;
    private final SecretInUse secret;
    private final String token = SecretInUse.token("k1", SECRET);

    SecretThroughFaultsTest() throws IOException {
        proxy = new FaultingServer();
        AwsVariables.set(proxy.endpoint());
        good = proxy.passedOn(Emulator.endpoint());
        proxy.answers(good);
        secret = new SecretInUse();
    }

    @AfterEach
    void stopProxy() {
        proxy.close();
    }

    @AfterAll
    static void clearVariables() {
        AwsVariables.clear();
    }

    @Test
    @DisplayName(
            "K1, K2, K3: refuses 0 good keys in an hour of faults of every kind, and each call ends within 3 seconds")
    void hourOfFaults() {
        List<Answer> faults = List.of(
                error(400, "AccessDeniedException"),
                error(400, "ResourceNotFoundException"),
                error(500, "InternalServiceError"),
                nothing(),
                FaultingServer.secret("{\"keys\":["),
                FaultingServer.secret("SecretBinary", "AAAA"));
        assertThat(secret.accepts(token)).isTrue();
        for (int minute = 1; minute < 65; minute++) {
            proxy.answers(
                    switch (minute) {
                        case 20 -> error(400, "ThrottlingException");
                        case 30 -> proxy.after(20, good);
                        case 40 -> proxy.dribbling(20);
                        default -> faults.get(minute % faults.size());
                    });
            secret.clock.turn(MINUTE);
            assertAcceptedInTime();
        }
        assertThat(secret.failures).hasSizeGreaterThanOrEqualTo(60);
        assertThat(secret.readings).hasValue(1 + secret.failures.size());

        secret.clock.turn(MINUTE);
        assertThatExceptionOfType(KeysUnavailableException.class).isThrownBy(() -> secret.accepts(token));
        proxy.answers(good);
        secret.clock.turn(MINUTE);
        assertThat(secret.accepts(token)).isTrue();
    }

    @Test
    @DisplayName(
            "K1: goes on with its last value through 30 seconds of throttling, asked ever more seldom, and then anew")
    void throttled() {
        assertThat(secret.accepts(token)).isTrue();
        secret.store(SecretInUse.ring(SecretInUse.key("k2", OTHER_SECRET, "active")));
        int before = proxy.requests();
        proxy.answers(error(400, "ThrottlingException"));
        secret.clock.turn(Duration.ofMinutes(5));
        for (int second = 0; second < 30; second++) {
            assertAcceptedInTime();
            secret.clock.turn(SECOND);
        }
        assertThat(secret.readings)
                .as("at first and after 0, 1, 3, 7 and 15 seconds")
                .hasValue(1 + 5);
        assertThat(proxy.requests() - before).as("up to three a reading").isBetween(5, 15);

        proxy.answers(good);
        secret.clock.turn(SECOND);
        assertThat(secret.accepts(SecretInUse.token("k2", OTHER_SECRET))).isTrue();
        assertThat(secret.accepts(token)).isFalse();
    }

    private void assertAcceptedInTime() {
        long start = System.nanoTime();
        assertThat(secret.accepts(token)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME);
    }
}
