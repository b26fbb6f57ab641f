package dev.latchkey.benchmarks;

/**
 * How much to measure.
 *
 * @param coldRuns starts per contestant, after one that does not count
 * @param warmRounds JVMs per benchmark, one after the other round-robin
 * @param iterations measured iterations in each JVM, after as many that do not count
 * @param milliseconds length of an iteration
 * @param tokens distinct tokens that are made beforehand
 * @param calls calls to a function whose memory is measured
 * @param distinctTokens distinct tokens in the check that memory stays bounded
 */
public record Effort(
        int coldRuns, int warmRounds, int iterations, int milliseconds, int tokens, int calls, int distinctTokens) {

    /** What the published figures are made with. */
    public static Effort full() {
        return new Effort(21, 3, 4, 500, 2000, 1000, 1_000_000);
    }

    /** Just enough to see that everything still runs; its figures mean nothing. */
    public static Effort smoke() {
        return new Effort(1, 1, 1, 10, 20, 20, 4000);
    }

    /** Tells whether the figures are to be trusted, so that each benchmark needs a JVM of its own. */
    public boolean isSerious() {
        return milliseconds > 100;
    }

    /** The same with another number of starts per contestant and JVMs per benchmark. */
    Effort withRuns(int runs) {
        return new Effort(runs, runs, iterations, milliseconds, tokens, calls, distinctTokens);
    }
}
