package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.testing.TestFetches;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Refreshed keys")
class RefreshingKeySourceTest {

    private static final Duration TTL = Duration.ofMinutes(5);
    private static final Duration DUE = Duration.ofMinutes(4);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration STALE = Duration.ofHours(1);
    private static final RefreshPolicy POLICY = new RefreshPolicy(TTL, PAUSE, STALE);
    private static final int MISS = "key-2".hashCode();
    private static final Duration TICK = Duration.ofNanos(1);

    private final TurnableClock clock = new TurnableClock(TestTokens.NOW);
    private final AtomicInteger fetches = new AtomicInteger();
    private final List<RuntimeException> failures = new ArrayList<>();
    private volatile boolean down;
    private final RefreshingKeySource<String> source = source(this::fetch);

    @Test
    @DisplayName("are not fetched before they are needed, and then once")
    void fetchedWhenNeeded() {
        assertThat(fetches).hasValue(0);
        assertThat(source.current()).isEqualTo("keys 1");
        assertThat(source.current()).isEqualTo("keys 1");
        assertThat(fetches).hasValue(1);
    }

    @Test
    @DisplayName("that were forgotten are fetched anew, without regard to when they were fetched or failed to be")
    void forgotten() {
        source.current();
        source.forget();
        assertThat(source.current()).isEqualTo("keys 2");

        down = true;
        source.forget();
        assertThatThrownBy(source::current).isInstanceOf(KeysUnavailableException.class);

        down = false;
        source.forget();
        assertThat(source.current()).startsWith("keys ");
    }

    @Test
    @DisplayName("are used until just before four fifths of their time are over and fetched anew then")
    void timeToLive() {
        source.current();
        clock.turn(DUE.minus(TICK));
        assertThat(source.current()).isEqualTo("keys 1");
        clock.turn(TICK);
        assertThat(source.current()).isEqualTo("keys 2");
        assertThat(failures).isEmpty();
    }

    @Test
    @DisplayName(
            "stay good when a fetch ahead of their time fails, for the whole of their time and the bound of staleness")
    void failureAhead() {
        source.current();
        down = true;
        clock.turn(DUE);
        assertThat(source.current()).isEqualTo("keys 1");
        clock.turn(TTL.minus(DUE).plus(STALE).minus(TICK));
        assertThat(source.current()).isEqualTo("keys 1");
        clock.turn(TICK);
        assertThatThrownBy(source::current).isInstanceOf(KeysUnavailableException.class);
    }

    @Test
    @DisplayName("tell of every fetch how old the keys at hand are after it")
    void ages() {
        List<String> told = new ArrayList<>();
        RefreshingKeySource<String> observed = new RefreshingKeySource<>(
                this::fetch, POLICY, clock, (age, failure) -> told.add(age + (failure == null ? " good" : " failed")));
        down = true;
        assertThatThrownBy(observed::current).isInstanceOf(KeysUnavailableException.class);
        down = false;
        clock.turn(PAUSE);
        observed.current();
        down = true;
        clock.turn(DUE);
        observed.current();
        clock.turn(PAUSE);
        observed.current();
        assertThat(told).containsExactly("PT0S failed", "PT0S good", "PT4M failed", "PT4M10S failed");
    }

    @Test
    @DisplayName(
            "are fetched after a miss, but for one that was seen before not before the pause since the last fetch is over")
    void pauseAfterMiss() {
        source.current();
        assertThat(source.afterMiss(MISS)).isEqualTo("keys 2");
        clock.turn(PAUSE.minus(TICK));
        assertThat(source.afterMiss(MISS)).isEqualTo("keys 2");
        clock.turn(TICK);
        assertThat(source.afterMiss(MISS)).isEqualTo("keys 3");
        assertThat(source.afterMiss(MISS)).isEqualTo("keys 3");
        assertThat(source.current()).isEqualTo("keys 3");
        assertThat(fetches).hasValue(3);
    }

    @Test
    @DisplayName("J16: are fetched at once for a new miss, while an old one a second holds the pause open")
    void newMissBesideOldOnes() {
        source.current();
        for (int second = 0; second < 100; second++) {
            source.afterMiss(MISS);
            source.afterMiss(MISS + 1);
            clock.turn(Duration.ofSeconds(1));
        }
        source.afterMiss(MISS);
        int before = fetches.get();
        assertThat(source.afterMiss(MISS + 2)).isEqualTo("keys " + (before + 1));
    }

    @Test
    @DisplayName("J8, J16: are fetched for three new misses at once, then for one in a pause")
    void newMissesWithoutEnd() {
        source.current();
        for (int i = 0; i < 1000; i++) {
            source.afterMiss(i);
        }
        assertThat(fetches).hasValue(4);
        clock.turn(PAUSE.minus(TICK));
        source.afterMiss(1000);
        assertThat(fetches).hasValue(4);
        clock.turn(TICK);
        for (int i = 1001; i < 2000; i++) {
            source.afterMiss(i);
        }
        assertThat(fetches).hasValue(6);
    }

    @Test
    @DisplayName("are fetched in spite of a clock that was set back")
    void clockSetBack() {
        source.current();
        clock.turn(Duration.ofDays(-1));
        assertThat(source.afterMiss(MISS)).isEqualTo("keys 2");
    }

    @Test
    @DisplayName("K16: stay in use when a fetch fails and the clock was set back, within the bound and no further")
    void clockSetBackInAnOutage() {
        source.current();
        down = true;
        Duration bound = TTL.plus(STALE);
        clock.turn(bound.minus(TICK).negated());
        assertThat(source.current()).isEqualTo("keys 1");
        clock.turn(TICK.negated());
        assertThatThrownBy(source::current).isInstanceOf(KeysUnavailableException.class);
        down = false;
        clock.turn(Duration.ofDays(-1));
        assertThat(source.current()).isEqualTo("keys " + fetches.get());
    }

    @Test
    @DisplayName("J10: stay in use when a fetch fails, until just before the bound of staleness, and then no longer")
    void lastGoodKeys() {
        source.current();
        down = true;
        clock.turn(TTL);
        assertThat(source.current()).isEqualTo("keys 1");
        assertThat(failures).hasSize(1);
        clock.turn(STALE.minus(TICK));
        assertThat(source.current()).isEqualTo("keys 1");
        clock.turn(TICK);
        assertThatThrownBy(source::current)
                .isInstanceOf(KeysUnavailableException.class)
                .hasMessage("no keys can be had and there are no earlier ones to use")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> source.afterMiss(MISS)).isInstanceOf(KeysUnavailableException.class);
        down = false;
        clock.turn(PAUSE);
        assertThat(source.current()).isEqualTo("keys " + fetches.get());
    }

    @Test
    @DisplayName("K1: are asked for after a failure when 1, 2, 4, 8, 16, then each time 30 seconds are over")
    void backOff() {
        source.current();
        down = true;
        clock.turn(TTL);
        int asked = 1;
        for (int seconds : List.of(0, 1, 2, 4, 8, 16, 30, 30, 30)) {
            if (seconds > 0) {
                clock.turn(Duration.ofSeconds(seconds).minus(TICK));
                assertThat(source.current()).isEqualTo("keys 1");
                assertThat(fetches).hasValue(asked);
                clock.turn(TICK);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(source.current()).isEqualTo("keys 1");
                assertThat(source.afterMiss(MISS)).isEqualTo("keys 1");
            }
            assertThat(fetches).hasValue(++asked);
        }
        assertThat(failures).hasSize(9).allSatisfy(e -> assertThat(e).hasMessage("down"));
    }

    @Test
    @DisplayName("K1: begin the back-off anew after a success")
    void backOffBeginsAnew() {
        down = true;
        for (int seconds : List.of(1, 2, 4)) {
            assertThatThrownBy(source::current).isInstanceOf(KeysUnavailableException.class);
            clock.turn(Duration.ofSeconds(seconds));
        }
        down = false;
        assertThat(source.current()).isEqualTo("keys 4");
        down = true;
        clock.turn(TTL);
        source.current();
        clock.turn(Duration.ofSeconds(1));
        source.current();
        assertThat(fetches).hasValue(6);
    }

    @Test
    @DisplayName("J8: are fetched after a miss not before the pause is over, even when the last such fetch failed")
    void missAfterFailure() {
        source.current();
        down = true;
        clock.turn(PAUSE);
        assertThat(source.afterMiss(MISS)).isEqualTo("keys 1");
        clock.turn(PAUSE.minus(TICK));
        assertThat(source.afterMiss(MISS)).isEqualTo("keys 1");
        assertThat(fetches).hasValue(2);
        clock.turn(TICK);
        assertThat(source.afterMiss(MISS)).isEqualTo("keys 1");
        assertThat(fetches).hasValue(3);
    }

    @Test
    @DisplayName("J11: cannot be had at a cold start in an outage, and are after a pause when it is over")
    void coldFailure() {
        down = true;
        assertThatThrownBy(source::current)
                .isInstanceOf(KeysUnavailableException.class)
                .hasRootCauseMessage("down");
        assertThatThrownBy(source::current).isInstanceOf(KeysUnavailableException.class);
        assertThat(fetches).hasValue(1);
        assertThat(failures).hasSize(1);

        down = false;
        clock.turn(Duration.ofSeconds(1).minus(TICK));
        assertThatThrownBy(source::current).isInstanceOf(KeysUnavailableException.class);
        clock.turn(TICK);
        assertThat(source.current()).isEqualTo("keys 2");
    }

    @Test
    @DisplayName("J15: are fetched once for twenty threads that need them at the same time at a cold start")
    void singleFlightWhenCold() throws Exception {
        CountDownLatch all = new CountDownLatch(20);
        List<String> seen = inThreads(20, () -> {
            all.countDown();
            all.await();
            return source.current();
        });

        assertThat(seen).hasSize(20).containsOnly("keys 1");
        assertThat(fetches).hasValue(1);
    }

    @Test
    @DisplayName("J15: are used on by other threads while one fetches")
    void othersGoOn() throws Exception {
        CountDownLatch fetching = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        RefreshingKeySource<String> slow = source(() -> {
            if (fetches.get() > 0) {
                fetching.countDown();
                await(release);
            }
            return fetch();
        });
        slow.current();
        clock.turn(TTL);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<String> fetched = thread.submit(slow::current);
            fetching.await();
            assertThat(slow.current()).isEqualTo("keys 1");
            assertThat(slow.afterMiss(MISS)).isEqualTo("keys 1");
            release.countDown();
            assertThat(fetched.get()).isEqualTo("keys 2");
        } finally {
            release.countDown();
            thread.shutdownNow();
        }
        assertThat(fetches).hasValue(2);
    }

    @Test
    @DisplayName("need a policy without negative durations")
    void policy() {
        assertThat(new RefreshPolicy(Duration.ZERO, Duration.ZERO, Duration.ZERO).pause())
                .isZero();
        Duration negative = Duration.ofNanos(-1);
        assertThatThrownBy(() -> new RefreshPolicy(negative, PAUSE, STALE))
                .hasMessage("a refresh policy needs durations of zero or more");
        assertThatThrownBy(() -> new RefreshPolicy(TTL, negative, STALE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RefreshPolicy(TTL, PAUSE, negative)).isInstanceOf(IllegalArgumentException.class);
    }

    private String fetch() {
        int number = fetches.incrementAndGet();
        if (down) {
            throw new IllegalStateException("down");
        }
        return "keys " + number;
    }

    private RefreshingKeySource<String> source(Supplier<String> origin) {
        return new RefreshingKeySource<>(origin, POLICY, clock, TestFetches.failuresTo(failures));
    }

    private static List<String> inThreads(int count, Callable<String> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                calls.add(call);
            }
            List<String> seen = new ArrayList<>();
            for (Future<String> answer : threads.invokeAll(calls)) {
                seen.add(answer.get());
            }
            return seen;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
