package dev.latchkey.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rotations of the signing key, two and a third hours apart, by a time of day that runs {@value RotationUnderLoad#SPEED} times
 * as fast, in a process of its own. {@code -Dlatchkey.rotations} and {@code -Dlatchkey.answers} tell how many there are at
 * least.
 */
@Tag("load")
@DisplayName("While the signing key rotates under load, no door answers a key wrongly")
class RotationLoadTest {

    private static final Path SOURCES = Path.of("src/test/resources/rotation").toAbsolutePath();

    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("with functions that live")
    void plain() throws Exception {
        run(RotationUnderLoad.Fault.NONE);
    }

    @Test
    @DisplayName("with functions that are killed at random")
    void killed() throws Exception {
        run(RotationUnderLoad.Fault.KILLS);
    }

    private void run(RotationUnderLoad.Fault fault) throws IOException, InterruptedException {
        Path library = folder.resolve("fast_clock.so");
        await(
                new ProcessBuilder(
                        "gcc",
                        "-O2",
                        "-shared",
                        "-fPIC",
                        "-o",
                        library.toString(),
                        SOURCES.resolve("fast_clock.c").toString()),
                1);
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-classpath",
                System.getProperty("java.class.path"),
                RotationUnderLoad.class.getName(),
                System.getProperty("latchkey.rotations", "4"),
                System.getProperty("latchkey.answers", "5000"),
                fault.name());
        program.environment().put("LD_PRELOAD", library.toString());
        program.environment()
                .put("LATCHKEY_CLOCK_FROM", String.valueOf(Instant.now().getEpochSecond()));
        program.environment().put("LATCHKEY_CLOCK_SPEED", String.valueOf(RotationUnderLoad.SPEED));
        program.environment().put("PYTHONPATH", SOURCES.toString());
        await(program, 60);
    }

    private static void await(ProcessBuilder builder, int minutes) throws IOException, InterruptedException {
        Path output = Files.createTempFile("rotation", ".log");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile()))
                .start();
        boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
        process.destroy();
        List<String> lines = Files.readAllLines(output);
        Files.delete(output);
        lines.forEach(System.out::println);
        assertThat(ended).isTrue();
        assertThat(process.exitValue()).as(() -> String.join("\n", lines)).isZero();
    }
}
