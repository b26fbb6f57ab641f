package dev.latchkey.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.benchmarks.Measurement;
import dev.latchkey.benchmarks.Results;
import dev.latchkey.benchmarks.Samples;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportsTest {

    private static final Machine MACHINE = new Machine(2, "a processor", "a JVM", "v20", "OpenSSL 3");
    private static final LocalDate DATE = LocalDate.of(2026, 3, 1);

    private final Results results = new Results();

    private void cold(String id, String label, double milliseconds) {
        results.add(
                new Measurement("cold, static RS256 key", "cold.static." + id, label, "ms", Samples.of(milliseconds)));
    }

    @Test
    void aLimitIsMetUpToItself() {
        Target target = new Target("cold", "cold.static.ours", "cold.static.peer", 0.75);
        cold("peer", "a peer", 200);
        assertThat(target.outcome(results)).isEqualTo(Target.Outcome.NOT_MEASURED);
        cold("ours", "Latchkey", 150);
        assertThat(target.outcome(results)).isEqualTo(Target.Outcome.MET);
        assertThat(new Target("cold", "cold.static.ours", "cold.static.peer", 0.74).outcome(results))
                .isEqualTo(Target.Outcome.MISSED);
        assertThat(new Target("cold", "cold.static.ours", null, 150).outcome(results))
                .isEqualTo(Target.Outcome.MET);
    }

    @Test
    void theTableShowsPeersAndTargetsSideBySideAndMissesToo() {
        cold("latchkey-managed", "Latchkey, managed", 300);
        cold("node-portal", "the portal's", 200);
        String missed = "| cold, managed, static RS256 key | 300 ms | the portal's: 200 ms | 1.50 | ≤ 0.75 | missed |";
        assertThat(MarkdownReport.of(results, MACHINE, DATE))
                .contains(missed)
                .contains("measured on 2 × a processor, a JVM, Node.js v20, OpenSSL 3, 2026-03-01");
        assertThat(TextReport.of(results)).contains("the portal's", "1.50", "missed", "not measured");
    }

    @Test
    void theJsonHoldsEveryValue() throws IOException {
        cold("latchkey-managed", "Latchkey, managed", 300);
        var json = new ObjectMapper().readTree(JsonReport.of(results, MACHINE, DATE));
        assertThat(json.at("/measurements/0/id").asText()).isEqualTo("cold.static.latchkey-managed");
        assertThat(json.at("/measurements/0/values/0").asDouble()).isEqualTo(300);
        assertThat(json.at("/targets/0/outcome").asText()).isEqualTo("not_measured");
    }

    @Test
    void whatIsMeasuredAgainTakesThePlaceOfWhatThisMachineMeasuredBefore(@TempDir Path folder) throws IOException {
        cold("latchkey-managed", "Latchkey, managed", 300);
        cold("node-portal", "the portal's", 200);
        Path file = folder.resolve("results.json");
        assertThat(JsonReport.read(file, MACHINE)).isEmpty();
        Files.writeString(file, JsonReport.of(results, MACHINE, DATE));
        Results again = new Results();
        again.add(new Measurement("cold", "cold.static.node-portal", "the portal's", "ms", Samples.of(100)));

        Results all = again.over(JsonReport.read(file, MACHINE));

        assertThat(all.measurements())
                .extracting(one -> one.id() + " " + one.samples().median())
                .containsExactly("cold.static.latchkey-managed 300.0", "cold.static.node-portal 100.0");
        Machine other = new Machine(4, "a processor", "a JVM", "v20", "OpenSSL 3");
        assertThat(JsonReport.read(file, other)).isEmpty();
    }

    @Test
    void theChartIsWellFormed() throws Exception {
        cold("latchkey-managed", "Latchkey, managed", 300);
        cold("peer", "R&D's <peer>", 200);
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(SvgChart.of(results))));
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(2);
        assertThat(document.getDocumentElement().getTextContent()).contains("R&D's <peer>");
    }

    @Test
    void onlyWhatIsBetweenTheMarksOfAPageIsReplaced() throws IOException {
        for (String page : List.of("../docs/performance.md", "../README.md")) {
            String once = MarkedSection.replace(Files.readString(Path.of(page)), "a\n");
            assertThat(once).contains("-->\na\n<!--");
            assertThat(MarkedSection.replace(once, "b\n")).isEqualTo(once.replace("-->\na\n<!--", "-->\nb\n<!--"));
        }
        assertThatThrownBy(() -> MarkedSection.replace("no marks", "a")).hasMessageContaining("no place");
    }

    @Test
    void theReadmesTableIsThePagesOwnInShort() throws IOException {
        List<String> rows = rows("../README.md", "| cold", "| warm", "| peak");
        assertThat(rows).hasSameSizeAs(Targets.HEADLINES);
        for (String row : rows) {
            assertThat(rows("../docs/performance.md", row)).isNotEmpty();
        }
    }

    @Test
    void theHeadlinesAreRowsOfTheTable() {
        cold("latchkey-managed", "Latchkey, managed", 120);
        List<String> lines = MarkdownReport.headlines(results).lines().toList();
        assertThat(lines).hasSize(2 + Targets.HEADLINES.size());
        assertThat(lines.get(2)).startsWith("| cold, native, static RS256 key | ");
        String whole = MarkdownReport.of(results, MACHINE, DATE);
        assertThat(lines.subList(2, lines.size()))
                .allSatisfy(line -> assertThat(whole).contains("\n" + line));
    }

    private static List<String> rows(String page, String... beginnings) throws IOException {
        return Files.readString(Path.of(page))
                .lines()
                .filter(line -> Stream.of(beginnings).anyMatch(line::startsWith))
                .toList();
    }
}
