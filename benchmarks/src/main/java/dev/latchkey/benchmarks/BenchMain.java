package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.cold.ColdBenchmark;
import dev.latchkey.benchmarks.footprint.MemoryBenchmark;
import dev.latchkey.benchmarks.footprint.SizeBenchmark;
import dev.latchkey.benchmarks.report.TextReport;
import dev.latchkey.benchmarks.scale.ScaleBenchmark;
import dev.latchkey.benchmarks.warm.WarmBenchmark;
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
        WarmBenchmark warm = new WarmBenchmark(place, options.effort(), fixtures, progress, results);
        for (String benchmark : options.benchmarks()) {
            switch (benchmark) {
                case "cold" -> new ColdBenchmark(place, options.effort(), progress, results).run(fixtures);
                case "warm" -> warm.calls();
                case "sign" -> warm.signatures();
                case "memory" -> new MemoryBenchmark(place, options.effort(), progress, results).run(fixtures);
                case "size" -> new SizeBenchmark(place, progress, results).run(fixtures);
                case "scale" -> new ScaleBenchmark(place, options.effort(), progress, results).run(fixtures);
                default -> throw new IllegalArgumentException("no benchmark " + benchmark);
            }
        }
        out.print(TextReport.of(results));
    }
}
