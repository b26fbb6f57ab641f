package dev.latchkey.benchmarks.report;

import dev.latchkey.benchmarks.Measurement;
import dev.latchkey.benchmarks.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results for a terminal. */
public final class TextReport {

    private TextReport() {}

    /** All groups with their contestants, the notes, and the targets. */
    public static String of(Results results) {
        StringBuilder text = new StringBuilder();
        byGroup(results).forEach((group, members) -> {
            List<List<String>> rows = new ArrayList<>();
            double ours = members.stream()
                    .filter(Measurement::isOurs)
                    .findFirst()
                    .map(one -> one.samples().median())
                    .orElse(Double.NaN);
            for (Measurement member : members) {
                double median = member.samples().median();
                rows.add(List.of(
                        member.label(),
                        Figure.of(median, member.unit()),
                        Figure.of(member.samples().low()) + " – "
                                + Figure.of(member.samples().high()),
                        member.isOurs() || Double.isNaN(ours) ? "" : Figure.of(ours / median)));
            }
            text.append(table(List.of(group, "median", "10 % – 90 %", "Latchkey to it"), rows))
                    .append('\n');
        });
        text.append(table(TargetTable.HEAD, TargetTable.rows(results)));
        results.notes().forEach(note -> text.append("Note: ").append(note).append('\n'));
        return text.toString();
    }

    /** The measurements by what they can be compared in. */
    static Map<String, List<Measurement>> byGroup(Results results) {
        Map<String, List<Measurement>> groups = new LinkedHashMap<>();
        for (Measurement one : results.measurements()) {
            groups.computeIfAbsent(one.group(), unused -> new ArrayList<>()).add(one);
        }
        return groups;
    }

    private static String table(List<String> head, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(head);
        all.addAll(rows);
        StringBuilder text = new StringBuilder();
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width =
                        all.stream().mapToInt(one -> one.get(at).length()).max().orElse(0);
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(width - cell.length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
