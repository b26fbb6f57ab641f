package dev.latchkey.benchmarks;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The command line.
 *
 * @param benchmarks what to measure
 * @param effort how much
 * @param write whether to write benchmarks/results and the tables of docs/performance.md and the README
 */
record Options(List<String> benchmarks, Effort effort, boolean write) {

    private static final List<String> ALL = List.of("cold", "warm", "sign", "memory", "size", "scale");

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it cannot be understood
     */
    static Options parse(List<String> arguments) {
        List<String> benchmarks = new ArrayList<>();
        Effort effort = Effort.full();
        boolean write = false;
        for (Iterator<String> words = arguments.iterator(); words.hasNext(); ) {
            String word = words.next();
            if (word.equals("--smoke")) {
                effort = Effort.smoke();
            } else if (word.equals("--runs")) {
                effort = effort.withRuns(runs(words.hasNext() ? words.next() : ""));
            } else if (word.equals("--write")) {
                write = true;
            } else if (word.equals("all")) {
                benchmarks.addAll(ALL);
            } else if (ALL.contains(word)) {
                benchmarks.add(word);
            } else {
                throw new IllegalArgumentException("unknown argument " + word + ". Known: " + String.join(", ", ALL)
                        + ", all, --smoke, --runs N, --write");
            }
        }
        if (benchmarks.isEmpty()) {
            throw new IllegalArgumentException("nothing to measure. Choose of " + String.join(", ", ALL) + ", or all");
        }
        List<String> distinct = benchmarks.stream().distinct().toList();
        if (write && !effort.isSerious()) {
            throw new IllegalArgumentException("--write needs figures, and not those of --smoke");
        }
        return new Options(distinct, effort, write);
    }

    private static int runs(String text) {
        if (!text.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException("--runs needs a number from 1 to 9999, got " + text);
        }
        return Integer.parseInt(text);
    }
}
