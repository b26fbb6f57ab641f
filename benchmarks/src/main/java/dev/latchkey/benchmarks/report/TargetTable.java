package dev.latchkey.benchmarks.report;

import dev.latchkey.benchmarks.Measurement;
import dev.latchkey.benchmarks.Results;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The targets as rows: what, ours, the peer's, the figure that counts, the limit, met or missed. */
final class TargetTable {

    static final List<String> HEAD = List.of("what", "Latchkey", "peer", "ratio", "target", "outcome");

    private TargetTable() {}

    static List<List<String>> rows(Results results) {
        return Targets.ALL.stream().map(target -> row(target, results)).toList();
    }

    static List<List<String>> headlines(Results results) {
        return Targets.HEADLINES.stream().map(target -> row(target, results)).toList();
    }

    private static List<String> row(Target target, Results results) {
        Optional<Measurement> ours = target.ours(results);
        Optional<Measurement> peer = target.peer(results);
        String unit = ours.map(Measurement::unit).orElse("");
        boolean isRatio = target.peer() != null;
        return List.of(
                target.what(),
                ours.map(TargetTable::median).orElse("–"),
                peer.map(one -> one.label() + ": " + median(one)).orElse(isRatio ? target.peer() + ": –" : ""),
                isRatio ? target.value(results).map(Figure::of).orElse("–") : "",
                "≤ " + (isRatio ? Figure.of(target.limit()) : Figure.of(target.limit(), unit)),
                target.outcome(results).name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private static String median(Measurement measurement) {
        return Figure.of(measurement.samples().median(), measurement.unit());
    }
}
