package dev.latchkey.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A list at hand")
class HeldListTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final TurnableClock clock = new TurnableClock(TestTokens.NOW);
    private final AtomicInteger fetches = new AtomicInteger();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private volatile Duration timeToLive = Duration.ofSeconds(4);
    private volatile Duration behind = Duration.ZERO;
    private volatile boolean isDown;
    private final AtomicInteger failing = new AtomicInteger();
    private final List<Long> times = Collections.synchronizedList(new ArrayList<>());

    private final HeldList held = new HeldList("https://keys.example/1", this::fetch, HOUR, clock, (age, failure) -> {
        if (failure != null) {
            failures.add(failure.getMessage());
        }
    });

    private StatusListToken fetch(Duration time) {
        fetches.incrementAndGet();
        times.add(time.toMillis());
        if (isDown || failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new UnusableListException("down");
        }
        Instant issuedAt = clock.instant().minus(behind);
        return new StatusListToken(
                "https://keys.example/1",
                issuedAt,
                issuedAt.plus(StatusListToken.LIFETIME),
                timeToLive,
                StatusBits.read(2, new StatusBits.Builder(2, 8).text()),
                Cutoffs.none());
    }

    private void turn(Duration by) {
        clock.turn(by);
    }

    @Test
    @DisplayName("is fetched once for all calls of its time, again from four fifths of it on")
    void refreshed() {
        held.current();
        turn(Duration.ofMillis(3199));
        held.current();
        assertThat(fetches).hasValue(1);

        turn(Duration.ofMillis(1));
        held.current();

        assertThat(fetches).hasValue(2);
        assertThat(held.current().issuedAt()).isEqualTo(clock.instant());
    }

    @ParameterizedTest(name = "ttl {0} s: young for {1} s")
    @CsvSource({"0, 2", "1, 2", "4, 4", "300, 300", "7200, 300"})
    @DisplayName("N14: is young for its ttl, which is 2 seconds to 5 minutes whatever its issuer says")
    void bounds(long ttl, long young) {
        timeToLive = Duration.ofSeconds(ttl);
        held.current();
        turn(Duration.ofSeconds(young).multipliedBy(4).dividedBy(5).minusMillis(1));
        held.current();
        assertThat(fetches).hasValue(1);

        turn(Duration.ofMillis(1));
        held.current();

        assertThat(fetches).hasValue(2);
    }

    @Test
    @DisplayName("N12: is believed for an hour while its source is down, and no second longer")
    void outage() {
        held.current();
        Instant issuedAt = clock.instant();
        isDown = true;
        for (int second = 1; second < HOUR.toSeconds(); second++) {
            turn(Duration.ofSeconds(1));
            assertThat(held.current().issuedAt()).isEqualTo(issuedAt);
        }
        assertThat(fetches.get()).as("not more often than usual").isBetween(880, 910);

        turn(Duration.ofSeconds(1));

        assertThatExceptionOfType(StatusUnavailableException.class)
                .isThrownBy(held::current)
                .withMessageContaining("https://keys.example/1")
                .havingCause()
                .withMessage("down");
        isDown = false;
        turn(Duration.ofSeconds(30));
        assertThat(held.current().issuedAt()).isEqualTo(clock.instant());
    }

    @Test
    @DisplayName(
            "N18: may take long where none, or none of seconds ago, is at hand, so that a server may start, and is soon given up otherwise")
    void timeOfAFetch() {
        isDown = true;
        assertThatExceptionOfType(StatusUnavailableException.class).isThrownBy(held::current);
        isDown = false;
        turn(Duration.ofSeconds(1));
        held.current();
        turn(Duration.ofSeconds(6));
        held.current();
        turn(Duration.ofSeconds(10));
        held.current();
        assertThat(times).containsExactly(5000L, 5000L, 1500L, 5000L);

        isDown = true;
        turn(HOUR);
        assertThatExceptionOfType(StatusUnavailableException.class).isThrownBy(held::current);
        assertThat(times).endsWith(1500L, 5000L, 5000L);
    }

    @Test
    @DisplayName("N19: that is old is not believed for one failure: it is asked for again at once")
    void oneFailure() {
        held.current();
        turn(Duration.ofSeconds(10));
        failing.set(1);

        assertThat(held.current().issuedAt()).isEqualTo(clock.instant());

        assertThat(fetches).hasValue(3);
        assertThat(times).endsWith(5000L, 1500L);
    }

    @Test
    @DisplayName("N19: of seconds ago is believed after one failure, and asked for again a second later")
    void oneFailureOfARecentOne() {
        Instant first = held.current().issuedAt();
        turn(Duration.ofMillis(9999));
        failing.set(1);

        assertThat(held.current().issuedAt()).isEqualTo(first);

        assertThat(fetches).hasValue(2);
        turn(Duration.ofSeconds(1));
        assertThat(held.current().issuedAt()).isEqualTo(clock.instant());
    }

    @Test
    @DisplayName("N19: is asked for 1, 2 and then every 4 seconds after a failure, each time once while that is known")
    void pauses() {
        held.current();
        isDown = true;
        turn(Duration.ofSeconds(60));
        held.current();
        assertThat(fetches).hasValue(3);

        for (int pause : new int[] {2, 4, 4, 4}) {
            int before = fetches.get();
            turn(Duration.ofSeconds(pause).minusMillis(1));
            held.current();
            assertThat(fetches).hasValue(before);
            turn(Duration.ofMillis(1));
            held.current();
            assertThat(fetches).hasValue(before + 1);
        }
        assertThat(times).endsWith(5000L, 1500L, 1500L, 1500L, 1500L, 1500L);

        turn(Duration.ofSeconds(10));
        held.current();
        assertThat(times).endsWith(1500L, 5000L, 1500L);
    }

    @Test
    @DisplayName("N12: is not there when the source was down from the start")
    void downFromTheStart() {
        isDown = true;

        assertThatExceptionOfType(StatusUnavailableException.class).isThrownBy(held::current);
        assertThatExceptionOfType(StatusUnavailableException.class).isThrownBy(held::current);
        assertThat(fetches).hasValue(1);

        turn(Duration.ofSeconds(1));
        isDown = false;
        assertThat(held.current()).isNotNull();
        assertThat(fetches).hasValue(2);
    }

    @Test
    @DisplayName("N7: is believed no longer than it says itself")
    void expires() {
        HeldList patient = new HeldList("u", this::fetch, Duration.ofHours(24), clock, (age, failure) -> {});
        patient.current();
        isDown = true;
        turn(StatusListToken.LIFETIME.minusMillis(1));
        assertThat(patient.current()).isNotNull();

        turn(Duration.ofMillis(1));

        assertThatExceptionOfType(StatusUnavailableException.class).isThrownBy(patient::current);
    }

    @Test
    @DisplayName("N3: stays when an older one comes; one of up to 10 seconds before is another server's")
    void olderOnes() {
        Instant first = held.current().issuedAt();
        turn(Duration.ofSeconds(4));
        behind = Duration.ofSeconds(14);
        assertThat(held.current().issuedAt()).isEqualTo(first);
        assertThat(failures).isEmpty();

        turn(Duration.ofSeconds(4));
        behind = Duration.ofSeconds(19);
        assertThat(held.current().issuedAt()).isEqualTo(first);

        assertThat(failures).containsExactly("is older than the one at hand");
        turn(HOUR.minusSeconds(8));
        assertThatExceptionOfType(StatusUnavailableException.class).isThrownBy(() -> {
            behind = HOUR.plusSeconds(20);
            held.current();
        });
    }

    @Test
    @DisplayName("N13: is asked for again when the clock was set back, and not believed when it is of the future")
    void clockSetBack() {
        held.current();
        turn(Duration.ofSeconds(-1));
        held.current();
        assertThat(fetches).hasValue(2);

        isDown = true;
        turn(Duration.ofSeconds(-62));

        assertThatExceptionOfType(StatusUnavailableException.class).isThrownBy(held::current);
    }

    @Test
    @DisplayName("is fetched by one of many calls at once")
    void singleFlight() throws Exception {
        int threads = 16;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<StatusListToken>> calls = new ArrayList<>();
            Callable<StatusListToken> call = () -> {
                start.await();
                return held.current();
            };
            for (int i = 0; i < threads; i++) {
                calls.add(pool.submit(call));
            }
            start.countDown();
            for (Future<StatusListToken> done : calls) {
                assertThat(done.get()).isNotNull();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(fetches).hasValue(1);
    }
}
