package dev.latchkey.benchmarks.report;

import dev.latchkey.benchmarks.Measurement;
import dev.latchkey.benchmarks.Results;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What we want to reach: a limit of our own figure, or of its ratio to a peer's in the same run.
 *
 * @param what what is measured
 * @param ours the id of our figure
 * @param peer the id of the peer's; null for a limit of our own figure
 * @param limit the most that it may be
 */
public record Target(String what, String ours, @Nullable String peer, double limit) {

    /** How it came out. */
    public enum Outcome {
        /** Within the limit. */
        MET,
        /** Above the limit. */
        MISSED,
        /** Ours or the peer's was not measured in this run. */
        NOT_MEASURED
    }

    /** Our measurement; empty when it was not made. */
    public Optional<Measurement> ours(Results results) {
        return results.find(ours);
    }

    /** The peer's measurement; empty when there is none. */
    public Optional<Measurement> peer(Results results) {
        return peer == null ? Optional.empty() : results.find(peer);
    }

    /** What the limit is held against: the ratio of the medians, or our median. */
    public Optional<Double> value(Results results) {
        Optional<Double> mine = ours(results).map(one -> one.samples().median());
        if (peer == null) {
            return mine;
        }
        Optional<Double> other = peer(results).map(one -> one.samples().median());
        return mine.flatMap(value -> other.map(against -> value / against));
    }

    /** Whether it was reached. */
    public Outcome outcome(Results results) {
        return value(results)
                .map(value -> value <= limit ? Outcome.MET : Outcome.MISSED)
                .orElse(Outcome.NOT_MEASURED);
    }
}
