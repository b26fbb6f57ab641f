package dev.latchkey.benchmarks.scale;

import dev.latchkey.authorizer.TokenFlood;
import dev.latchkey.benchmarks.Contest;
import dev.latchkey.benchmarks.Contestant;
import dev.latchkey.benchmarks.Effort;
import dev.latchkey.benchmarks.Fixtures;
import dev.latchkey.benchmarks.Measurement;
import dev.latchkey.benchmarks.Progress;
import dev.latchkey.benchmarks.Results;
import dev.latchkey.benchmarks.Samples;
import dev.latchkey.benchmarks.Workplace;
import dev.latchkey.benchmarks.warm.Compiler;
import dev.latchkey.benchmarks.warm.Jmh;
import dev.latchkey.jwt.KeySetBenchmark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sets of 1 to 10,000 keys, and very many tokens one after the other. */
public final class ScaleBenchmark {

    private static final int[] KEYS = {1, 50, 1000, 10_000};
    private static final int BATCHES = 100;

    /** Batches that are compared at the beginning, after those that warm up, and at the end. */
    private static final int COMPARED = 5;

    private final Workplace place;
    private final Effort effort;
    private final Progress progress;
    private final Results results;

    /** Adds to results. */
    public ScaleBenchmark(Workplace place, Effort effort, Progress progress, Results results) {
        this.place = place;
        this.effort = effort;
        this.progress = progress;
        this.results = results;
    }

    /** Measures keys, then tokens. */
    public void run(Fixtures fixtures) throws Exception {
        keys(new Jmh(effort, fixtures));
        tokens();
    }

    private void keys(Jmh jmh) throws Exception {
        List<Contestant> contestants = new ArrayList<>();
        for (int keys : KEYS) {
            contestants.add(new Contestant(
                    "keys in a set, new HS256 token, verification alone",
                    "scale.keys." + keys,
                    String.format("Latchkey, %,d", keys),
                    "µs",
                    jmh.attempt(KeySetBenchmark.class, "verify", Compiler.C1, Map.of("keys", String.valueOf(keys)))));
        }
        new Contest(progress, results).run(contestants, 0, effort.warmRounds());
    }

    private void tokens() throws IOException, InterruptedException {
        String count = String.format("%,d distinct HS256 tokens, whole handler", effort.distinctTokens());
        progress.next(count);
        List<String> command = new ArrayList<>(List.of(place.java().toString(), "-Xmx128m"));
        command.addAll(Compiler.C1.flags());
        command.addAll(List.of("-classpath", System.getProperty("java.class.path")));
        command.addAll(List.of(
                TokenFlood.class.getName(),
                String.valueOf(BATCHES),
                String.valueOf(effort.distinctTokens() / BATCHES)));
        Process flood = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(flood.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (flood.waitFor() != 0 || lines.size() != BATCHES) {
            throw new IOException("the flood of tokens ended after " + lines.size() + " of " + BATCHES + " batches");
        }
        List<String> first = lines.subList(COMPARED, 2 * COMPARED);
        List<String> last = lines.subList(BATCHES - COMPARED, BATCHES);
        add(count, "scale.tokens.first", "time, first", "µs", column(first, 0));
        add(count, "scale.tokens.last", "time, last", "µs", column(last, 0));
        add(count, "scale.memory.first", "memory in use, first", "MB", column(first, 1));
        add(count, "scale.memory.last", "memory in use, last", "MB", column(last, 1));
    }

    private void add(String group, String id, String label, String unit, Samples samples) {
        results.add(new Measurement(group, id, "Latchkey, " + label, unit, samples));
    }

    private static Samples column(List<String> lines, int column) {
        return new Samples(lines.stream()
                .map(line -> Double.valueOf(line.split(" ", -1)[column]))
                .toList());
    }
}
