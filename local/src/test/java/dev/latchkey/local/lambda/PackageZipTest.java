package dev.latchkey.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.machine.TemporaryFolder;
import dev.latchkey.local.template.FunctionDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PackageZipTest {
    private final Path zip;
    private final Path folder;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    PackageZipTest(@TempDir Path temporary) throws IOException {
        zip = temporary.resolve("package.zip");
        folder = Files.createDirectory(temporary.resolve("folder"));
    }

    @Test
    void theFilesComeInTheOrderOfTheirNamesWithOneTime() throws IOException {
        Files.writeString(folder.resolve("b"), "b");
        Files.writeString(Files.createDirectory(folder.resolve("a")).resolve("c"), "c");
        PackageZip.write(folder, zip);
        try (ZipFile entries = new ZipFile(zip.toFile())) {
            assertThat(entries.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName))
                    .containsExactly("a/c", "b");
            assertThat(entries.getEntry("b").getLastModifiedTime().toInstant())
                    .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        }
    }

    @Test
    void whatCanBeRunCanBeRunWhenItIsUnpacked() throws IOException {
        program("#!/bin/sh\n");
        Files.writeString(folder.resolve("data"), "data");
        PackageZip.write(folder, zip);
        TemporaryFolder unpacked = PackageZip.unpacked(zip);
        assertThat(unpacked.path().resolve("bootstrap")).isExecutable();
        assertThat(Files.isExecutable(unpacked.path().resolve("data"))).isFalse();
        assertThat(Files.getLastModifiedTime(unpacked.path().resolve("data")).toInstant())
                .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        unpacked.delete();
    }

    @Test
    void aFunctionWithItsOwnRuntimeIsStartedByItsBootstrap() throws IOException {
        program("#!/bin/sh\necho \"handler $_HANDLER, root $LAMBDA_TASK_ROOT, options $JAVA_TOOL_OPTIONS\"\nexit 3\n");
        PackageZip.write(folder, zip);
        try (FunctionProcess function = provided()) {
            assertThat(function.invoke("1", new byte[0]))
                    .isInstanceOfSatisfying(
                            InvocationResult.Crash.class,
                            crash -> assertThat(crash.message()).contains("exit status 3"));
        }
        assertThat(lines)
                .anyMatch(line ->
                        line.matches("handler some.Handler, root /\\S*latchkey-task-\\S*, options -Done -Dtwo"));
    }

    @Test
    void aBootstrapThatCannotBeRunIsToldAsLambdaDoes() throws IOException {
        Files.writeString(folder.resolve("bootstrap"), "#!/bin/sh\n");
        PackageZip.write(folder, zip);
        try (FunctionProcess function = provided()) {
            assertThat(function.invoke("1", new byte[0]))
                    .isInstanceOfSatisfying(
                            InvocationResult.Crash.class,
                            crash -> assertThat(crash.message())
                                    .contains("Cannot start bootstrap", "Permission denied"));
        }
    }

    private void program(String script) throws IOException {
        Path bootstrap = Files.writeString(folder.resolve("bootstrap"), script);
        assertThat(bootstrap.toFile().setExecutable(true)).isTrue();
    }

    private FunctionProcess provided() {
        FunctionDefinition function = new FunctionDefinition(
                "Fixture",
                "provided.al2023",
                zip,
                "some.Handler",
                Map.of(),
                Duration.ofSeconds(30),
                256,
                "JSON",
                "INFO");
        JvmSettings settings = JvmSettings.defaults().withFlags(List.of("-Done", "-Dtwo"));
        return new FunctionProcess(function, Map.of(), settings, (from, stream, line) -> lines.add(line));
    }
}
