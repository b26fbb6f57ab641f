package dev.latchkey.benchmarks.report;

import dev.latchkey.benchmarks.Results;
import java.time.LocalDate;
import java.util.List;

/** The targets for the README. */
public final class MarkdownReport {

    private MarkdownReport() {}

    /** The chart, the table, and where and when it was measured. */
    public static String of(Results results, Machine machine, LocalDate date) {
        StringBuilder text =
                new StringBuilder("![How long Latchkey and its peers take](benchmarks/results/chart.svg)\n\n");
        text.append(row(TargetTable.HEAD)).append("|---|---|---|---|---|---|\n");
        TargetTable.rows(results).forEach(row -> text.append(row(row)));
        text.append("\nMedians, measured on ")
                .append(machine)
                .append(", ")
                .append(date)
                .append(".\n");
        results.notes().forEach(note -> text.append("Note: ").append(note).append(".\n"));
        return text.toString();
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
