package dev.latchkey.benchmarks.report;

import dev.latchkey.benchmarks.Results;
import java.time.LocalDate;
import java.util.List;

/** The targets for docs/performance.md, and a few of them for the README. */
public final class MarkdownReport {

    private static final int HEADLINE_COLUMNS = 4;

    private MarkdownReport() {}

    /** The chart, the table, and where and when it was measured. */
    public static String of(Results results, Machine machine, LocalDate date) {
        StringBuilder text =
                new StringBuilder("![How long Latchkey and its peers take](../benchmarks/results/chart.svg)\n\n");
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

    /** The first four columns of a few rows. */
    public static String headlines(Results results) {
        StringBuilder text = new StringBuilder(row(TargetTable.HEAD.subList(0, HEADLINE_COLUMNS)));
        text.append("|---|---|---|---|\n");
        TargetTable.headlines(results).forEach(row -> text.append(row(row.subList(0, HEADLINE_COLUMNS))));
        return text.toString();
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
