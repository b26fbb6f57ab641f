package dev.latchkey.benchmarks;

import java.util.List;

/**
 * One run of the benchmarks.
 *
 * @param effort how much to measure
 * @param results where what was measured goes
 */
public record Run(Workplace place, Effort effort, Fixtures fixtures, Progress progress, Results results) {

    /** Lets contestants take turns; see {@link Contest}. */
    public void contest(List<Contestant> contestants, int warmUps, int rounds) throws Exception {
        new Contest(progress, results).run(contestants, warmUps, rounds);
    }
}
