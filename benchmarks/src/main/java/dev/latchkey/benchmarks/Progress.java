package dev.latchkey.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells what is being measured, at most every two seconds. */
public final class Progress {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final PrintStream out;
    private final long start = System.nanoTime();
    private long last = start - PAUSE.toNanos();

    /** Prints there. */
    public Progress(PrintStream out) {
        this.out = out;
    }

    /** Tells what comes next. */
    public void next(String what) {
        long now = System.nanoTime();
        if (now - last >= PAUSE.toNanos()) {
            last = now;
            Duration passed = Duration.ofNanos(now - start);
            out.printf(Locale.ROOT, "[%d:%02d] %s%n", passed.toMinutes(), passed.toSecondsPart(), what);
        }
    }
}
