package dev.latchkey.benchmarks.scale;

import dev.latchkey.benchmarks.Contestant;
import dev.latchkey.benchmarks.Measurement;
import dev.latchkey.benchmarks.Run;
import dev.latchkey.benchmarks.Samples;
import dev.latchkey.benchmarks.warm.Compiler;
import dev.latchkey.benchmarks.warm.Jmh;
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

    private final Run run;

    /** A part of a run. */
    public ScaleBenchmark(Run run) {
        this.run = run;
    }

    /** Measures keys, then tokens. */
    public void run() throws Exception {
        keys(new Jmh(run));
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
        run.contest(contestants, 0, run.effort().warmRounds());
    }

    private void tokens() throws IOException, InterruptedException {
        int tokens = run.effort().distinctTokens();
        String count = String.format("%,d distinct HS256 tokens, whole handler", tokens);
        run.progress().next(count);
        List<String> command = new ArrayList<>(List.of(run.place().java().toString(), "-Xmx128m"));
        command.addAll(Compiler.C1.flags());
        command.addAll(List.of("-classpath", System.getProperty("java.class.path")));
        command.addAll(List.of(TokenFlood.class.getName(), String.valueOf(BATCHES), String.valueOf(tokens / BATCHES)));
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
        run.results().add(new Measurement(group, id, "Latchkey, " + label, unit, samples));
    }

    private static Samples column(List<String> lines, int column) {
        return new Samples(lines.stream()
                .map(line -> Double.valueOf(line.split(" ", -1)[column]))
                .toList());
    }
}
