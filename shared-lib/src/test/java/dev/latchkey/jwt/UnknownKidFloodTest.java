package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.RemoteKeys;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.HostileKeyServer;
import dev.latchkey.testing.TestFetches;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("J: A flood of unknown kids")
class UnknownKidFloodTest {

    private static final int SECONDS = 60;

    private final HostileKeyServer server;
    private final HostileKeyServer calmServer;
    private final TurnableClock clock = new TurnableClock(TestTokens.NOW);
    private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    private final String known = Door.goodRs256();
    private final List<String> unknown = new ArrayList<>();
    private final ExecutorService attacker = Executors.newSingleThreadExecutor();

    UnknownKidFloodTest() throws IOException {
        server = new HostileKeyServer().answers(HostileKeyServer.keys(HostileKeyServer.rsa(Door.KID, Door.RSA)));
        calmServer = new HostileKeyServer().answers(HostileKeyServer.keys(HostileKeyServer.rsa(Door.KID, Door.RSA)));
        for (int i = 0; i < 1000; i++) {
            unknown.add(TestTokens.signed(
                    TestTokens.good("RS256").header("kid", "unknown-" + i).signingInput(), new byte[256]));
        }
    }

    @AfterEach
    void close() throws IOException {
        attacker.shutdownNow();
        server.close();
        calmServer.close();
    }

    @Test
    @DisplayName(
            "J8: of 1,000 a second for 60 seconds makes 6 fetches, and known kids take at most twice their usual time")
    void flood() throws Exception {
        TokenVerifier flooded = verifier(server);
        TokenVerifier calm = verifier(calmServer);
        nanoseconds(flooded, 500);
        nanoseconds(calm, 500);
        List<Long> usual = new ArrayList<>();
        List<Long> inFlood = new ArrayList<>();

        for (int second = 0; second < SECONDS; second++) {
            CountDownLatch begun = new CountDownLatch(10);
            Future<Integer> refused = attacker.submit(() -> refused(flooded, begun));
            begun.await();
            do {
                usual.add(nanoseconds(calm, 1));
                inFlood.add(nanoseconds(flooded, 1));
            } while (!refused.isDone());
            assertThat(refused.get()).isEqualTo(1000);
            clock.turn(Duration.ofSeconds(1));
        }

        assertThat(server.requests()).hasSize(6);
        assertThat(failures).isEmpty();
        assertThat(median(inFlood)).isLessThan(2 * median(usual));
    }

    private TokenVerifier verifier(HostileKeyServer source) {
        KeySource<KeySet> keys = RemoteKeys.at(source.uri(), List.of(), clock, TestFetches.failuresTo(failures));
        return new TokenVerifier(keys, VerificationRules.DEFAULT, clock);
    }

    private int refused(TokenVerifier verifier, CountDownLatch begun) {
        int refused = 0;
        for (String token : unknown) {
            if (verifier.verify(token) instanceof Verification.Rejected rejected
                    && rejected.reason() == Reason.UNKNOWN_KEY) {
                refused++;
            }
            begun.countDown();
        }
        return refused;
    }

    private long nanoseconds(TokenVerifier verifier, int times) {
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            assertThat(verifier.verify(known)).isInstanceOf(Verification.Verified.class);
        }
        return System.nanoTime() - start;
    }

    private static long median(List<Long> samples) {
        return samples.stream().sorted().skip(samples.size() / 2).findFirst().orElseThrow();
    }
}
