package dev.latchkey.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.local.lambda.JvmSettings;
import dev.latchkey.local.machine.SetupException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentsTest {

    @Test
    void nothingGivenMeansTheDefaults() {
        Arguments arguments = Arguments.parse(List.of());
        assertThat(arguments.template()).isEqualTo(Path.of("template.yaml"));
        assertThat(arguments.options().apiPort()).isEqualTo(3000);
        assertThat(arguments.options().lambdaPort()).isEqualTo(3001);
        assertThat(arguments.options().httpApiPort()).isEqualTo(3002);
        assertThat(arguments.pagePort()).isEqualTo(3003);
        assertThat(arguments.options().jvm()).isEqualTo(JvmSettings.defaults());
        assertThat(arguments.parameters()).isEmpty();
        assertThat(arguments.verbose()).isFalse();
    }

    @Test
    void everythingCanBeGiven(@TempDir Path folder) throws Exception {
        Path variables = Files.writeString(
                folder.resolve("env.json"), "{\"F\": {\"A\": \"x\", \"N\": 1}, \"Parameters\": {\"B\": \"y\"}}");
        Arguments arguments = Arguments.parse(List.of(
                "--template",
                "t.yaml",
                "--port",
                "0",
                "--http-port",
                "4002",
                "--lambda-port",
                "4001",
                "--page-port",
                "4003",
                "--parameter",
                "A=b=c",
                "--parameter",
                "Empty=",
                "--env-vars",
                variables.toString(),
                "--java-home",
                "jdk",
                "--verbose"));
        assertThat(arguments.template()).isEqualTo(Path.of("t.yaml"));
        assertThat(arguments.options().apiPort()).isZero();
        assertThat(arguments.options().httpApiPort()).isEqualTo(4002);
        assertThat(arguments.pagePort()).isEqualTo(4003);
        assertThat(arguments.options().lambdaPort()).isEqualTo(4001);
        assertThat(arguments.parameters()).containsOnly(Map.entry("A", "b=c"), Map.entry("Empty", ""));
        assertThat(arguments.options().environment())
                .containsOnly(Map.entry("F", Map.of("A", "x", "N", "1")), Map.entry("Parameters", Map.of("B", "y")));
        assertThat(arguments.options().jvm().javaHome())
                .isEqualTo(Path.of("jdk").toAbsolutePath());
        assertThat(arguments.verbose()).isTrue();
    }

    @Test
    void aFileOfVariablesThatIsNoneIsNamed(@TempDir Path folder) throws Exception {
        Path list = Files.writeString(folder.resolve("list.json"), "[]");
        assertThatThrownBy(() -> Arguments.parse(List.of("--env-vars", list.toString())))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining(list.toString());
        Path nested = Files.writeString(folder.resolve("nested.json"), "{\"F\": {\"A\": {}}}");
        assertThatThrownBy(() -> Arguments.parse(List.of("--env-vars", nested.toString())))
                .hasMessageContaining("F.A");
    }

    @Test
    void mistakesOnTheCommandLineAreOneLineAndExitCodeTwo() {
        for (List<String> arguments : List.of(
                List.of("--nope"),
                List.of("--port"),
                List.of("--port", "70000"),
                List.of("--parameter", "x"),
                List.of("--template", "/does/not/exist.yaml"),
                List.of("--algorithm", "none"),
                List.of("--template", "../template.yaml", "--parameter", "Nope=1"),
                List.of("--template", "../template.yaml", "--java-home", "/does/not/exist"))) {
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int exit =
                    LocalMain.run(arguments, Map.of(), System.out, new PrintStream(err, true, StandardCharsets.UTF_8));
            assertThat(exit).as("%s", arguments).isEqualTo(2);
            assertThat(err.toString(StandardCharsets.UTF_8)).as("%s", arguments).hasLineCount(1);
        }
    }
}
