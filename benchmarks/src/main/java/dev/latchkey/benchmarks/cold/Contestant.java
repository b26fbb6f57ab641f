package dev.latchkey.benchmarks.cold;

import java.io.IOException;

/**
 * One that starts.
 *
 * @param id its name in the targets
 * @param label its name in tables
 */
record Contestant(String id, String label, Start start) {

    /** Starts it once and tells the milliseconds until it had answered. */
    @FunctionalInterface
    interface Start {
        double milliseconds() throws IOException, InterruptedException;
    }
}
