package dev.latchkey.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What watches a stack")
class WatchTest {

    private static final Map<String, String> MODULES = Map.of(
            "AuthorizerFunction", "authorizer",
            "IssueKeyFunction", "issue-key",
            "PublishFunction", "publish",
            "FlushCachesFunction", "flush-caches",
            "RotateKeysFunction", "rotate-keys");

    /** Metrics of AWS's own with the dimensions that they come by (its services' developer guides). */
    private static final Set<String> OF_AWS = Set.of(
            "AWS/Lambda Errors [FunctionName]",
            "AWS/Lambda Throttles [FunctionName]",
            "AWS/Lambda Invocations [FunctionName]",
            "AWS/Lambda Duration [FunctionName]",
            "AWS/Lambda ConcurrentExecutions [FunctionName]",
            "AWS/ApiGateway 5XXError [ApiName, Stage]",
            "AWS/ApiGateway Latency [ApiName, Stage]",
            "AWS/ApiGateway Count [ApiName, Stage]",
            "AWS/ApiGateway 5xx [ApiId]",
            "AWS/ApiGateway 4xx [ApiId]",
            "AWS/ApiGateway Latency [ApiId]",
            "AWS/ApiGateway Count [ApiId]",
            "AWS/SQS ApproximateNumberOfMessagesVisible [QueueName]");

    /** Fields that CloudWatch Logs adds to each record, and those of Lambda's own (Lambda, Telemetry API schema). */
    private static final Set<String> FIELDS_OF_AWS =
            Set.of("@timestamp", "@log", "type", "record.metrics.initDurationMs", "record.metrics.restoreDurationMs");

    private static final Set<String> WORDS = Set.of(
            "fields",
            "filter",
            "sort",
            "stats",
            "limit",
            "by",
            "and",
            "or",
            "in",
            "as",
            "desc",
            "count",
            "avg",
            "max",
            "bin",
            "ispresent",
            "h");

    private static final Pattern METRIC = Pattern.compile("(?:count|Metric|(counting))\\(\\s*\"([A-Za-z]+)\"");

    private static Watch watch;

    /** The function that writes each metric, and the metrics that are counted by reason, too. */
    private static final Map<String, String> WRITERS = new TreeMap<>();

    private static final Set<String> BY_REASON = new HashSet<>();
    private static final Map<String, String> SOURCES = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        watch = new Watch(Yaml.parse(Files.readString(Path.of("../template.yaml")), "template.yaml"));
        String log = sources("../shared-lib/src/main/java/dev/latchkey/log");
        for (Map.Entry<String, String> module : MODULES.entrySet()) {
            String code = sources("../functions/" + module.getValue() + "/src/main/java");
            SOURCES.put(module.getKey(), code + log);
            Matcher metric = METRIC.matcher(code);
            while (metric.find()) {
                assertThat(WRITERS.put(metric.group(2), module.getKey()))
                        .as("a name is one function's: " + metric.group(2))
                        .isIn(null, module.getKey());
                if (metric.group(1) != null) {
                    BY_REASON.add(metric.group(2));
                }
            }
        }
        assertThat(WRITERS).hasSizeGreaterThan(15);
    }

    @Test
    @DisplayName("names metrics that a function writes, by the name of that function")
    void metricsOfOurs() {
        assertThat(all())
                .filteredOn(metric -> metric.namespace().equals("Latchkey"))
                .hasSizeGreaterThan(25)
                .allSatisfy(metric -> {
                    assertThat(WRITERS).containsKey(metric.name());
                    assertThat(metric.dimensions())
                            .as(metric.where() + ": " + metric.name())
                            .isEqualTo(Map.of("FunctionName", WRITERS.get(metric.name())));
                });
    }

    @Test
    @DisplayName("names metrics that AWS writes, by resources that there are")
    void metricsOfAws() {
        Set<String> resources = watch.template().path("Resources").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        resources.addAll(Set.of("AWS::StackName", "StageName", "FlushFailures.QueueName"));
        assertThat(all())
                .filteredOn(metric -> !metric.namespace().equals("Latchkey"))
                .hasSizeGreaterThan(25)
                .allSatisfy(metric -> {
                    assertThat(OF_AWS)
                            .contains(metric.namespace() + " " + metric.name() + " "
                                    + metric.dimensions().keySet());
                    assertThat(resources).containsAll(metric.dimensions().values());
                });
    }

    @Test
    @DisplayName("shows every metric that the functions write, and every one that an alarm is on")
    void shown() {
        assertThat(watch.shown())
                .filteredOn(metric -> metric.namespace().equals("Latchkey"))
                .extracting(Watch.Metric::name)
                .containsAll(WRITERS.keySet());
        assertThat(watch.shown().stream().map(WatchTest::named))
                .containsAll(watch.alarmed().stream().map(WatchTest::named).toList());
    }

    @Test
    @DisplayName("shows the refusals by reason, of the metrics that have one")
    void byReason() {
        assertThat(watch.searches()).singleElement().satisfies(search -> {
            assertThat(search)
                    .contains("{Latchkey,FunctionName,reason}")
                    .contains("FunctionName=\"AuthorizerFunction\"");
            assertThat(Pattern.compile("MetricName=\"([A-Za-z]+)\"")
                            .matcher(search)
                            .results()
                            .map(found -> found.group(1)))
                    .containsExactlyInAnyOrderElementsOf(BY_REASON);
        });
    }

    @Test
    @DisplayName("asks logs for fields and messages that the functions write whose logs they are")
    void queries() {
        assertThat(watch.queries()).hasSize(6).allSatisfy(query -> {
            String code = query.logGroups().stream()
                    .map(group -> SOURCES.get(group.replace("LogGroup", "Function")))
                    .collect(Collectors.joining());
            assertThat(fields(query.text()))
                    .as(query.where())
                    .isNotEmpty()
                    .allSatisfy(field -> assertThat(FIELDS_OF_AWS.contains(field)
                                    || code.contains('"' + field.replaceFirst("\\.[0-9]$", "") + '"'))
                            .as(field)
                            .isTrue());
            assertThat(literals(query.text()))
                    .as(query.where())
                    .allSatisfy(text -> assertThat(text.startsWith("THE-")
                                    || text.equals("platform.report")
                                    || isLevel(text)
                                    || code.contains('"' + text + '"'))
                            .as(text)
                            .isTrue());
        });
        assertThat(fields("fields a, b.0 | filter c = \"d\" | stats count(*) as n by e | sort n desc"))
                .containsExactlyInAnyOrder("a", "b.0", "c", "e");
    }

    @Test
    @DisplayName("rings for nothing where nobody calls, and tells the topic of each beginning and end")
    void alarms() {
        assertThat(watch.alarms()).hasSizeGreaterThan(10).allSatisfy((id, alarm) -> {
            assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("notBreaching");
            assertThat(alarm.path("AlarmActions").toString()).contains("AlarmTopicArn");
            assertThat(alarm.path("OKActions")).isEqualTo(alarm.path("AlarmActions"));
            assertThat(alarm.path("AlarmDescription").asText()).endsWith(".");
        });
    }

    @Test
    @DisplayName("is told of in docs/operations.md, each alarm and each query")
    void documented() throws IOException {
        String page = Files.readString(Path.of("../docs/operations.md"));
        assertThat(Pattern.compile("(?m)^\\| `([A-Za-z]+Alarm)` \\|")
                        .matcher(page)
                        .results()
                        .map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(watch.alarms().keySet());
        watch.template().path("Resources").forEach(resource -> {
            if (resource.path("Type").asText().equals("AWS::Logs::QueryDefinition")) {
                String name = resource.at("/Properties/Name/Fn::Sub").asText();
                assertThat(page.replace("\n", " ")).contains(name.substring(name.indexOf('/') + 1));
            }
        });
    }

    private static List<Watch.Metric> all() {
        return Stream.of(watch.alarmed(), watch.shown()).flatMap(List::stream).toList();
    }

    private static String named(Watch.Metric metric) {
        return metric.namespace() + " " + metric.name() + " " + metric.dimensions();
    }

    /** The fields of a query, without what it names itself. */
    private static Set<String> fields(String query) {
        String plain = query.replaceAll("\"[^\"]*\"|'[^']*'", "");
        Set<String> own = Pattern.compile("as ([A-Za-z]+)")
                .matcher(plain)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        return Pattern.compile("@?[A-Za-z][A-Za-z0-9.]*")
                .matcher(plain)
                .results()
                .map(found -> found.group())
                .filter(word -> !WORDS.contains(word) && !own.contains(word))
                .collect(Collectors.toSet());
    }

    private static List<String> literals(String query) {
        return Pattern.compile("[\"']([^\"']*)[\"']")
                .matcher(query)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static boolean isLevel(String text) {
        return Stream.of(LogLevel.values()).anyMatch(level -> level.name().equals(text));
    }

    private static String sources(String folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
