package dev.latchkey.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.template.FunctionDefinition;
import dev.latchkey.local.testing.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FunctionProcessTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static Path folder = Path.of("");

    private static Path zip = Path.of("");

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @BeforeAll
    static void zipTheFixtures(@TempDir Path temporary) throws IOException {
        folder = temporary;
        zip = Fixtures.zip(folder);
    }

    @Test
    void aFunctionGetsAndGivesTheExactBytes() {
        try (FunctionProcess function = start("FixtureHandler", LONG)) {
            assertThat(invoke(function, "{ \"a\" :\t\"\u00e9\u20ac\" }"))
                    .isEqualTo(Fixtures.success("{ \"a\" :\t\"\u00e9\u20ac\" }"));
            assertThat(function.invoke("8476a536-e9f4-11e8-9739-2dfe598c3fcd", bytes("\"id\"")))
                    .isEqualTo(Fixtures.success("\"8476a536-e9f4-11e8-9739-2dfe598c3fcd\""));
        }
    }

    @Test
    void aFunctionSeesLambdasEnvironmentAndNothingOfTheDevelopers() {
        FunctionDefinition definition = Fixtures.function(zip, "FixtureHandler", LONG);
        JvmSettings settings = JvmSettings.defaults().withFlags(List.of("-Dfile.encoding=ISO-8859-1"));
        try (FunctionProcess function = new FunctionProcess(
                definition, Map.of("OVERRIDDEN", "for this run", "AWS_ACCESS_KEY_ID", "mine"), settings, this::line)) {
            JsonNode seen = JsonTree.parse(
                            invoke(function, "\"environment\"").asPayload().text())
                    .orElseThrow();

            assertThat(seen.path("FROM_TEMPLATE").asText()).isEqualTo("template");
            assertThat(seen.path("OVERRIDDEN").asText()).isEqualTo("for this run");
            assertThat(seen.path("AWS_ACCESS_KEY_ID").asText()).isEqualTo("mine");
            assertThat(seen.path("AWS_LAMBDA_FUNCTION_NAME").asText()).isEqualTo("Fixture");
            assertThat(seen.path("AWS_LAMBDA_FUNCTION_VERSION").asText()).isEqualTo("$LATEST");
            assertThat(seen.path("AWS_LAMBDA_LOG_LEVEL").asText()).isEqualTo("DEBUG");
            assertThat(seen.path("user.dir").asText())
                    .isEqualTo(seen.path("LAMBDA_TASK_ROOT").asText());
            assertThat(seen.path("file.encoding").asText()).isEqualTo("ISO-8859-1");
            assertThat(seen.path("loader").asText()).isEqualTo("CustomerClassLoader");
            assertThat(seen.path("java.class.path").asText())
                    .contains("runtime-interface-client")
                    .doesNotContain("junit");
            assertThat(seen.path("maxMemory").asLong()).isBetween(200L << 20, 218L << 20);
            assertThat(seen.has("HOME")).isFalse();
        }
    }

    @Test
    void whatTheHandlerThrowsIsAFunctionErrorAndTheProcessStays() {
        try (FunctionProcess function = start("FixtureHandler", LONG)) {
            assertThat(invoke(function, "\"throw\""))
                    .isInstanceOfSatisfying(InvocationResult.FunctionError.class, error -> {
                        assertThat(error.errorType()).isEqualTo("java.lang.IllegalStateException");
                        assertThat(error.errorMessage()).isEqualTo("thrown on purpose");
                        assertThat(error.payload().text()).contains("stackTrace");
                    });
            long pid = function.pid().orElseThrow();
            assertThat(invoke(function, "1")).isEqualTo(Fixtures.success("1"));
            assertThat(function.pid()).contains(pid);
        }
    }

    @Test
    void aHandlerThatCannotBeMadeIsACrashWithItsMessage() {
        try (FunctionProcess function = start("BrokenHandler", LONG)) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThat(invoke(function, "1"))
                        .isInstanceOfSatisfying(
                                InvocationResult.Crash.class,
                                crash -> assertThat(crash.message()).isEqualTo("JWT_VERIFY_KEY: is missing"));
            }
        }
    }

    @Test
    void aFunctionThatExitsIsACrashAndIsReplaced() {
        try (FunctionProcess function = start("FixtureHandler", LONG)) {
            assertThat(invoke(function, "\"exit\""))
                    .isInstanceOfSatisfying(
                            InvocationResult.Crash.class,
                            crash -> assertThat(crash.message()).contains("exit status 3"));
            assertThat(invoke(function, "1")).isEqualTo(Fixtures.success("1"));
        }
    }

    @Test
    void aFunctionThatWasKilledWhileIdleIsReplacedUnnoticed() {
        try (FunctionProcess function = start("FixtureHandler", LONG)) {
            invoke(function, "1");
            ProcessHandle process =
                    ProcessHandle.of(function.pid().orElseThrow()).orElseThrow();
            process.destroyForcibly();
            process.onExit().join();
            assertThat(invoke(function, "2")).isEqualTo(Fixtures.success("2"));
        }
    }

    @Test
    void aFunctionThatHangsTimesOutAndIsReplaced() {
        try (FunctionProcess function = start("FixtureHandler", Duration.ofSeconds(1))) {
            invoke(function, "1");
            ProcessHandle hanging =
                    ProcessHandle.of(function.pid().orElseThrow()).orElseThrow();
            assertThat(invoke(function, "\"hang\"")).isInstanceOf(InvocationResult.Timeout.class);
            assertThat(hanging.isAlive()).isFalse();
            assertThat(invoke(function, "2")).isEqualTo(Fixtures.success("2"));
        }
    }

    @Test
    void concurrentCallersWaitForEachOther() {
        try (FunctionProcess function = start("FixtureHandler", LONG)) {
            List<CompletableFuture<InvocationResult>> calls = IntStream.range(0, 20)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> invoke(function, String.valueOf(i))))
                    .toList();
            for (int i = 0; i < calls.size(); i++) {
                assertThat(calls.get(i).join()).isEqualTo(Fixtures.success(String.valueOf(i)));
            }
        }
    }

    @Test
    void logLinesReachTheListener() throws InterruptedException {
        try (FunctionProcess function = start("FixtureHandler", LONG)) {
            invoke(function, "\"log\"");
            List<String> seen = new ArrayList<>();
            while (!(seen.contains("STDOUT to stdout: \u00e9") && seen.contains("STDERR to stderr"))) {
                String line = lines.poll(10, TimeUnit.SECONDS);
                assertThat(line).as("more lines after %s", seen).isNotNull();
                seen.add(line);
            }
        }
    }

    @Test
    void closingLeavesNoProcessAndNoFiles() {
        FunctionProcess function = start("FixtureHandler", LONG);
        JsonNode seen = JsonTree.parse(
                        invoke(function, "\"environment\"").asPayload().text())
                .orElseThrow();
        ProcessHandle process = ProcessHandle.of(function.pid().orElseThrow()).orElseThrow();
        Path taskRoot = Path.of(seen.path("LAMBDA_TASK_ROOT").asText());
        assertThat(taskRoot).exists();

        function.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(taskRoot).doesNotExist();
        assertThat(function.pid()).isEmpty();
    }

    @Test
    void closingEndsAnInvocationUnderWay() throws InterruptedException {
        FunctionProcess function = start("FixtureHandler", LONG);
        invoke(function, "1");
        CompletableFuture<InvocationResult> hanging =
                CompletableFuture.supplyAsync(() -> invoke(function, "[\"log\", \"hang\"]"));
        function.close();
        assertThat(hanging.handle((result, closed) -> closed != null || result instanceof InvocationResult.Crash)
                        .join())
                .isTrue();
    }

    @Test
    void aZipThatReachesOutOfItsFolderIsRefused() throws IOException {
        Path evil = folder.resolve("evil.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(evil))) {
            out.putNextEntry(new ZipEntry("../evil"));
        }
        FunctionDefinition definition = Fixtures.function(evil, "FixtureHandler", LONG);
        try (FunctionProcess function = new FunctionProcess(definition, Map.of(), JvmSettings.defaults(), this::line)) {
            assertThat(invoke(function, "1"))
                    .isInstanceOfSatisfying(
                            InvocationResult.Crash.class,
                            crash -> assertThat(crash.message()).contains("Cannot unpack the function", "../evil"));
        }
    }

    private FunctionProcess start(String handler, Duration timeout) {
        return new FunctionProcess(
                Fixtures.function(zip, handler, timeout), Map.of(), JvmSettings.defaults(), this::line);
    }

    private void line(String function, LogListener.Stream stream, String line) {
        lines.add(stream + " " + line);
    }

    private static InvocationResult invoke(FunctionProcess function, String event) {
        return function.invoke("11111111-2222-3333-4444-555555555555", bytes(event));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
