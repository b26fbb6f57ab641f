package dev.latchkey.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.local.fixture.BrokenHandler;
import dev.latchkey.local.fixture.FixtureMain;
import dev.latchkey.local.fixture.ThrowingHandler;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.template.FunctionDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own loop beside AWS's runtime client, both under one Lambda: callers and log readers see the same. */
@Timeout(120)
class OwnLoopTest {
    /** Where a constructor was called from, which each runtime does in its own way. */
    private static final Pattern CONSTRUCTORS =
            Pattern.compile("\tat [^\n]*(java\\.lang\\.reflect|jdk\\.internal\\.reflect|FixtureMain)[^\n]*\n");

    private final Path folder;

    OwnLoopTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** What came of one run. */
    private record Run(List<String> answers, List<JsonNode> records) {}

    @ParameterizedTest
    @CsvSource({"JSON, INFO", "JSON, TRACE", "JSON, FATAL"})
    void showsCallersAndLogReadersTheSame(String format, String level) throws Exception {
        List<String> events = Stream.of("context", "message", "none", "cause", "checked", "bare", "log", "context")
                .map(name -> "\"" + name + "\"")
                .toList();
        Run aws = run("java25", ThrowingHandler.class, format, level, events);
        Run own = run("provided.al2023", ThrowingHandler.class, format, level, events);
        assertThat(own.answers()).isEqualTo(aws.answers());
        assertThat(own.records()).isEqualTo(aws.records());
        assertThat(own.records()).isNotEmpty();
    }

    @Test
    void writesTextAsItDoes() throws Exception {
        List<String> events = List.of("\"cause\"", "\"log\"");
        Run aws = run("java25", ThrowingHandler.class, "Text", "", events);
        Run own = run("provided.al2023", ThrowingHandler.class, "Text", "", events);
        assertThat(own.records()).isEqualTo(aws.records());
        assertThat(own.records()).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(classes = BrokenHandler.class)
    void tellsOfAFailedStartAsItDoes(Class<?> handler) throws Exception {
        Run aws = run("java25", handler, "JSON", "INFO", List.of("{}"));
        Run own = run("provided.al2023", handler, "JSON", "INFO", List.of("{}"));
        assertThat(own.answers()).isEqualTo(aws.answers());
        assertThat(own.answers().get(0)).contains("JWT_VERIFY_KEY: is missing");
        assertThat(own.records()).isEqualTo(aws.records());
    }

    @Test
    void endsWithoutMemoryAsItDoes() throws Exception {
        List<String> events = List.of("\"memory\"", "\"context\"");
        Run aws = run("java25", ThrowingHandler.class, "JSON", "INFO", events);
        Run own = run("provided.al2023", ThrowingHandler.class, "JSON", "INFO", events);
        assertThat(own.answers()).isEqualTo(aws.answers());
        assertThat(own.answers().get(0)).contains("java.lang.OutOfMemoryError");
    }

    private Run run(String runtime, Class<?> handler, String format, String level, List<String> events)
            throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        FunctionDefinition function = new FunctionDefinition(
                "Fixture",
                runtime,
                zip(runtime, handler),
                handler.getName(),
                Map.of(),
                Duration.ofSeconds(30),
                256,
                format,
                level);
        List<String> answers = new ArrayList<>();
        LogListener listener = (name, stream, line) -> {
            synchronized (lines) {
                lines.add(line);
                lines.notifyAll();
            }
        };
        try (FunctionProcess process = new FunctionProcess(function, Map.of(), JvmSettings.defaults(), listener)) {
            for (String event : events) {
                answers.add(process.invoke("request-1", event.getBytes(StandardCharsets.UTF_8))
                        .asPayload()
                        .text());
            }
            assertThat(process.end(Duration.ofSeconds(20)) || process.pid().isEmpty())
                    .isTrue();
        }
        return new Run(answers.stream().map(OwnLoopTest::comparable).toList(), records(lines));
    }

    /** Answers are compared as JSON: AWS's client escapes other characters. */
    private static String comparable(String answer) {
        return JsonTree.parse(answer.getBytes(StandardCharsets.UTF_8))
                .map(String::valueOf)
                .orElse(answer);
    }

    /** Without the time, which is only looked at. */
    private static List<JsonNode> records(List<String> lines) {
        List<JsonNode> records = new ArrayList<>();
        synchronized (lines) {
            for (String line : lines) {
                JsonNode record = JsonTree.parse(line.getBytes(StandardCharsets.UTF_8))
                        .orElseGet(() -> JsonTree.object().put("text", line));
                if (record instanceof ObjectNode object && object.has("timestamp")) {
                    assertThat(object.remove("timestamp").asText())
                            .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
                }
                if (record instanceof ObjectNode object && object.has("message")) {
                    object.put(
                            "message",
                            CONSTRUCTORS
                                    .matcher(object.path("message").asText())
                                    .replaceAll(""));
                }
                records.add(record);
            }
        }
        return records;
    }

    private Path zip(String runtime, Class<?> handler) throws IOException {
        Path content = Files.createTempDirectory(folder, "content");
        Path zip = folder.resolve(content.getFileName() + ".zip");
        for (Class<?> needed : List.of(handler, FixtureMain.class)) {
            Path source =
                    Path.of("target", "test-classes", needed.getPackageName().replace('.', '/'));
            Path target = content.resolve(needed.getPackageName().replace('.', '/'));
            Files.createDirectories(target);
            try (Stream<Path> files = Files.list(source)) {
                for (Path file : files.toList()) {
                    Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        if (runtime.startsWith("provided")) {
            Path bootstrap = content.resolve("bootstrap");
            Files.writeString(
                    bootstrap,
                    "#!/bin/sh\nexec " + System.getProperty("java.home") + "/bin/java -XX:TieredStopAtLevel=1 -cp \""
                            + System.getProperty("java.class.path") + "\" " + FixtureMain.class.getName()
                            + " \"$_HANDLER\"\n");
            Files.setPosixFilePermissions(bootstrap, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        PackageZip.write(content, zip);
        return zip;
    }
}
