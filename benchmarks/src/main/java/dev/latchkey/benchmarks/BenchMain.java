package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.cold.ColdBenchmark;
import dev.latchkey.benchmarks.report.TextReport;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What {@code scripts/bench} runs. */
public final class BenchMain {

    private BenchMain() {}

    /** Measures what the first argument names. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Options options = Options.parse(List.of(arguments));
        Workplace place = new Workplace(Path.of(""));
        Results results = new Results();
        Progress progress = new Progress(System.err);
        Fixtures fixtures =
                Fixtures.create(place.work("fixtures"), options.effort().tokens());
        for (String benchmark : options.benchmarks()) {
            switch (benchmark) {
                case "cold" -> new ColdBenchmark(place, options.effort(), progress, results).run(fixtures);
                default -> throw new IllegalArgumentException("no benchmark " + benchmark);
            }
        }
        out.print(TextReport.of(results));
    }
}
