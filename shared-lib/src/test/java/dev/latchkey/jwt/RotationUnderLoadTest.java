package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.RemoteKeys;
import dev.latchkey.testing.HostileKeyServer;
import dev.latchkey.testing.RotationLoad;
import dev.latchkey.testing.TestFetches;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("J: Remote keys that are rotated while eight threads verify")
class RotationUnderLoadTest {

    private static final int ROTATIONS = 20;
    private static final int PAIRS = 6;
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final TurnableClock clock = new TurnableClock(TestTokens.NOW);
    private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();

    @Test
    @Timeout(120)
    @DisplayName(
            "J12: give 0 wrong answers, and each rotation is followed by one fetch, and each new kid causes one more at most")
    void rotations() throws Exception {
        try (HostileKeyServer server = new HostileKeyServer().answers(generation(1))) {
            KeySource<KeySet> keys = RemoteKeys.at(server.uri(), List.of(), clock, TestFetches.failuresTo(failures));
            TokenVerifier verifier = new TokenVerifier(keys, VerificationRules.DEFAULT, clock);
            try (RotationLoad load = new RotationLoad(
                    ROTATIONS,
                    token -> verifier.verify(token) instanceof Verification.Verified,
                    key -> token(key, pair(key)),
                    key -> token(key, pair(key + 1)))) {
                for (int rotation = 0; rotation < ROTATIONS; rotation++) {
                    Duration wait = rotation % 2 == 0 ? TTL : PAUSE;
                    load.rotate(next -> server.answers(generation(next)), () -> clock.turn(wait));
                    assertThat(load.wrong()).isEmpty();
                }
                assertThat(load.mustAccept()).isGreaterThan(50 * ROTATIONS);
                assertThat(load.mustRefuse()).isGreaterThan(50 * ROTATIONS);
            }
            assertThat(server.requests()).hasSizeBetween(1 + ROTATIONS, 2 * (1 + ROTATIONS) + 4);
            assertThat(failures).isEmpty();
        }
    }

    private static HostileKeyServer.Answer generation(int number) {
        return HostileKeyServer.keys(jwk(number - 1), jwk(number), jwk(number + 1));
    }

    private static String jwk(int key) {
        return HostileKeyServer.rsa("key-" + key, pair(key));
    }

    /** A few pairs serve many keys, since RSA keys are slow to make. */
    private static KeyPair pair(int key) {
        return TestKeys.rsa("rotated-" + key % PAIRS);
    }

    private static String token(int key, KeyPair pair) {
        return TestTokens.good("RS256")
                .header("kid", "key-" + key)
                .claim("exp", TestTokens.NOW.plusSeconds(864_000).getEpochSecond())
                .rs256(pair.getPrivate());
    }
}
