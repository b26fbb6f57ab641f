package dev.latchkey.moesif;

import dev.latchkey.config.SettingsReader;
import dev.latchkey.testing.Collector;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reporters under test, and the threads that they may leave. */
public final class TestReporter {

    private static final Duration NO_HURRY = Duration.ofSeconds(20);

    private TestReporter() {}

    /** A reporter that a slow machine does not make late. */
    public static CustomerReporter patient(MoesifSettings settings) {
        return new MoesifReporter(settings, clock(), NO_HURRY);
    }

    static CustomerReporter patient(String baseUri) {
        return patient(settings(baseUri));
    }

    /** A reporter as the function has it. */
    static CustomerReporter usual(String baseUri) {
        return new MoesifReporter(settings(baseUri), clock());
    }

    static MoesifSettings settings(String baseUri) {
        return MoesifSettings.read(new SettingsReader(
                        Map.of("MOESIF_APPLICATION_ID", Collector.APPLICATION_ID, "MOESIF_BASE_URI", baseUri)))
                .orElseThrow();
    }

    private static Clock clock() {
        return new TurnableClock(TestTokens.NOW.plusMillis(7));
    }

    /** The threads of reporters that do not end within ten seconds. */
    static List<Thread> threadsLeft() throws InterruptedException {
        Thread[] all = new Thread[Thread.activeCount() * 2 + 16];
        int count = Thread.enumerate(all);
        List<Thread> ours = Arrays.stream(all, 0, count)
                .filter(thread -> thread.getName().equals("latchkey-moesif"))
                .toList();
        for (Thread thread : ours) {
            thread.join(10_000);
        }
        return ours.stream().filter(Thread::isAlive).toList();
    }
}
