package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.cold.ColdBenchmark;
import dev.latchkey.benchmarks.footprint.MemoryBenchmark;
import dev.latchkey.benchmarks.footprint.SizeBenchmark;
import dev.latchkey.benchmarks.report.JsonReport;
import dev.latchkey.benchmarks.report.Machine;
import dev.latchkey.benchmarks.report.MarkdownReport;
import dev.latchkey.benchmarks.report.MarkedSection;
import dev.latchkey.benchmarks.report.SvgChart;
import dev.latchkey.benchmarks.report.TextReport;
import dev.latchkey.benchmarks.scale.ScaleBenchmark;
import dev.latchkey.benchmarks.warm.WarmBenchmark;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** What {@code scripts/bench} runs. */
public final class BenchMain {

    private BenchMain() {}

    /** Measures what the first argument names. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (IllegalArgumentException mistake) {
            System.err.println(mistake.getMessage());
            System.exit(2);
            return;
        }
        Workplace place = new Workplace(Path.of(""));
        Effort effort = options.effort();
        Fixtures fixtures = Fixtures.create(place.work("fixtures"), effort.tokens());
        Results results = new Results();
        if (!effort.isSerious()) {
            results.note("these are the figures of --smoke, which mean nothing");
        }
        Run run = new Run(place, effort, fixtures, new Progress(System.err), results);
        for (String benchmark : options.benchmarks()) {
            switch (benchmark) {
                case "cold" -> new ColdBenchmark(run).run();
                case "warm" -> new WarmBenchmark(run).calls();
                case "sign" -> new WarmBenchmark(run).signatures();
                case "memory" -> new MemoryBenchmark(run).run();
                case "size" -> new SizeBenchmark(run).run();
                case "scale" -> new ScaleBenchmark(run).run();
                default -> throw new IllegalArgumentException("no benchmark " + benchmark);
            }
        }
        out.print(TextReport.of(results));
        if (options.write()) {
            write(results, place);
        }
    }

    private static void write(Results measured, Workplace place) throws IOException, InterruptedException {
        Machine machine = Machine.here();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Path folder = Files.createDirectories(place.root().resolve("benchmarks/results"));
        Path file = folder.resolve("results.json");
        Results results = measured.over(JsonReport.read(file, machine));
        Files.writeString(file, JsonReport.of(results, machine, today));
        Files.writeString(folder.resolve("chart.svg"), SvgChart.of(results));
        fill(place.root().resolve("docs/performance.md"), MarkdownReport.of(results, machine, today));
        fill(place.root().resolve("README.md"), MarkdownReport.headlines(results));
    }

    private static void fill(Path page, String content) throws IOException {
        Files.writeString(page, MarkedSection.replace(Files.readString(page), content));
    }
}
