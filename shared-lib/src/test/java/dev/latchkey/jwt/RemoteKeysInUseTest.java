package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.keys.RemoteKeys;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.HostileKeyServer;
import dev.latchkey.testing.TestFetches;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("J: Remote keys in use")
class RemoteKeysInUseTest {

    private static final KeyPair NEXT = TestKeys.rsa("next");
    private static final String KEY = HostileKeyServer.rsa("key-1", Door.RSA);
    private static final String NEXT_KEY = HostileKeyServer.rsa("key-2", NEXT);
    private static final String TOKEN = token("key-1", Door.RSA);
    private static final String NEXT_TOKEN = token("key-2", NEXT);
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final Duration DUE = Duration.ofMinutes(8);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration TICK = Duration.ofNanos(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final HostileKeyServer server;
    private final TurnableClock clock = new TurnableClock(TestTokens.NOW);
    private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    private final Door door;

    RemoteKeysInUseTest() throws IOException {
        server = new HostileKeyServer().answers(HostileKeyServer.keys(KEY));
        KeySource<KeySet> keys = RemoteKeys.at(server.uri(), List.of(), clock, TestFetches.failuresTo(failures));
        door = new Door(new TokenVerifier(keys, VerificationRules.DEFAULT, clock), clock);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    @DisplayName("J12: a new key is taken with its first token")
    void newKey() {
        door.accepts(TOKEN);
        server.answers(HostileKeyServer.keys(KEY, NEXT_KEY));
        door.accepts(NEXT_TOKEN);
        door.accepts(TOKEN);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    @DisplayName(
            "J12: a key whose token came before it was published is taken once 30 seconds have passed since the last fetch")
    void signerAhead() {
        door.accepts(TOKEN);
        door.refuses(NEXT_TOKEN, Reason.UNKNOWN_KEY);
        server.answers(HostileKeyServer.keys(KEY, NEXT_KEY));
        clock.turn(PAUSE.minus(TICK));
        door.refuses(NEXT_TOKEN, Reason.UNKNOWN_KEY);
        clock.turn(TICK);
        door.accepts(NEXT_TOKEN);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    @DisplayName("J16: a new key is taken with its first token while a bad one a second holds the pause open")
    void newKeyBesideBadTokens() {
        door.accepts(TOKEN);
        String other = token("key-of-nobody", NEXT);
        for (int second = 0; second < 45; second++) {
            door.refuses(other, Reason.UNKNOWN_KEY);
            clock.turn(SECOND);
        }
        server.answers(HostileKeyServer.keys(KEY, NEXT_KEY));
        door.accepts(NEXT_TOKEN);
    }

    @Test
    @DisplayName("J12, F19: a removed key is refused 8 minutes after the last fetch, so within 10")
    void removedKey() {
        door.accepts(TOKEN);
        server.answers(HostileKeyServer.keys(NEXT_KEY));
        clock.turn(DUE.minus(TICK));
        door.accepts(TOKEN);
        clock.turn(TICK);
        door.refuses(TOKEN, Reason.UNKNOWN_KEY);
        door.accepts(NEXT_TOKEN);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    @DisplayName("J7: a kid that comes to stand for two keys is refused, and neither is tried")
    void duplicateKid() {
        door.accepts(TOKEN);
        server.answers(HostileKeyServer.keys(KEY, HostileKeyServer.rsa("key-1", NEXT), NEXT_KEY));
        clock.turn(TTL);
        door.refuses(TOKEN, Reason.UNKNOWN_KEY);
        door.refuses(token("key-1", NEXT), Reason.UNKNOWN_KEY);
        door.accepts(NEXT_TOKEN);
    }

    @Test
    @DisplayName("J8: an unknown kid a second fetches no faster while the source is down")
    void missFloodInOutage() throws IOException {
        door.accepts(TOKEN);
        server.close();
        for (int second = 0; second < 60; second++) {
            door.refuses(NEXT_TOKEN, Reason.UNKNOWN_KEY);
            door.accepts(TOKEN);
            clock.turn(SECOND);
        }
        assertThat(failures).hasSize(2);
    }

    @Test
    @DisplayName(
            "J10: an outage of an hour after a warm start refuses 0 good tokens; then keys are unavailable, never 401")
    void outage() throws IOException {
        door.accepts(TOKEN);
        server.close();
        int accepted = 0;
        for (int minute = 1; minute < 70; minute++) {
            clock.turn(Duration.ofMinutes(1));
            door.accepts(TOKEN);
            accepted++;
        }
        clock.turn(Duration.ofMinutes(1).minus(TICK));
        door.accepts(TOKEN);
        clock.turn(TICK);
        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> door.verifier().verify(TOKEN));
        assertThat(accepted).isEqualTo(69);
        assertThat(failures).hasSize(63).hasOnlyElementsOfType(KeysUnavailableException.class);
    }

    @Test
    @DisplayName("J13: a set that is emptied is a fault: the earlier keys go on for their hour and no longer")
    void emptiedSet() {
        door.accepts(TOKEN);
        server.answers(HostileKeyServer.keys());
        clock.turn(TTL);
        door.accepts(TOKEN);
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("holds no usable key, of 0"));
        clock.turn(Duration.ofHours(1));
        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> door.verifier().verify(TOKEN));
    }

    @Test
    @DisplayName("J11: a cold start in an outage asks again after 1, 2, 4, 8, 16, 30 and 30 seconds")
    void coldStart() {
        server.answers(HostileKeyServer.status(503, ""));
        List<Integer> asked = new ArrayList<>();
        for (int second = 0; second <= 91; second++) {
            int before = server.requests().size();
            assertThatExceptionOfType(KeysUnavailableException.class)
                    .isThrownBy(() -> door.verifier().verify(TOKEN));
            if (server.requests().size() > before) {
                asked.add(second);
            }
            clock.turn(SECOND);
        }
        assertThat(asked).containsExactly(0, 1, 3, 7, 15, 31, 61, 91);
        server.answers(HostileKeyServer.keys(KEY));
        clock.turn(PAUSE);
        door.accepts(TOKEN);
    }

    @Test
    @DisplayName("J15: 100 threads that miss at once make one fetch, cold and warm")
    void stampede() throws Exception {
        assertThat(inThreads(() -> door.verifier().verify(TOKEN) instanceof Verification.Verified))
                .hasSize(100)
                .containsOnly(true);
        assertThat(server.requests()).hasSize(1);

        clock.turn(PAUSE);
        inThreads(() -> door.verifier().verify(NEXT_TOKEN) instanceof Verification.Verified);
        assertThat(server.requests()).hasSize(2);
    }

    private static String token(String kid, KeyPair pair) {
        return TestTokens.good("RS256")
                .header("kid", kid)
                .claim("exp", TestTokens.NOW.plusSeconds(86_400).getEpochSecond())
                .rs256(pair.getPrivate());
    }

    private static List<Boolean> inThreads(Callable<Boolean> call) throws Exception {
        CountDownLatch all = new CountDownLatch(100);
        ExecutorService threads = Executors.newFixedThreadPool(100);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(threads.submit(() -> {
                    all.countDown();
                    all.await();
                    return call.call();
                }));
            }
            List<Boolean> seen = new ArrayList<>();
            for (Future<Boolean> answer : answers) {
                seen.add(answer.get());
            }
            return seen;
        } finally {
            threads.shutdownNow();
        }
    }
}
