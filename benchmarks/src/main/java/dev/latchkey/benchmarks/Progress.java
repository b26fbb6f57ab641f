package dev.latchkey.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells on standard error what is being measured. */
public final class Progress {

    private final PrintStream out;
    private final long start = System.nanoTime();

    /** Prints there. */
    public Progress(PrintStream out) {
        this.out = out;
    }

    /** Tells what comes next. */
    public void next(String what) {
        Duration passed = Duration.ofNanos(System.nanoTime() - start);
        out.printf(Locale.ROOT, "[%d:%02d] %s%n", passed.toMinutes(), passed.toSecondsPart(), what);
    }
}
