package dev.latchkey.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.LeakGuard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A secret in a variable")
class LocaleOfEnvironmentTest {

    private static final String SECRET = LeakGuard.secret("Zürich-8qW1xYb7RtLp0sMd5HgCe9UaJ");

    /** Reads the settings of this process as issue-key does, and signs. */
    static final class Reading {
        private Reading() {}

        public static void main(String[] arguments) {
            Secrets none = new Secrets(
                    extension -> id -> {
                        throw new IllegalStateException("no secret is needed");
                    },
                    Clock.systemUTC(),
                    (age, failure) -> {});
            try {
                SigningSettings.read(System.getenv(), none);
                System.out.println("read");
            } catch (SettingsException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /** What a process in that locale says to a secret whose bytes are UTF-8. */
    private static String said(String locale, String secret) throws IOException, InterruptedException {
        String program = "export PLUGIN_JWT_SECRET=\"$(printf '%b' '" + octal(secret) + "')\"; exec \"$@\"";
        ProcessBuilder builder = new ProcessBuilder(List.of(
                "bash",
                "-c",
                program,
                "bash",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Reading.class.getName()));
        builder.environment().put("LC_ALL", locale);
        builder.environment().put("PLUGIN_JWT_EXPIRES_IN", "30d");
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }

    private static String octal(String text) {
        StringBuilder octal = new StringBuilder();
        for (byte one : text.getBytes(UTF_8)) {
            octal.append(String.format("\\0%03o", one & 0xff));
        }
        return octal.toString();
    }

    @Test
    @DisplayName("is refused where its characters do not survive the locale, and is not shown")
    void mangled() throws IOException, InterruptedException {
        assertThat(said("POSIX", SECRET))
                .contains("PLUGIN_JWT_SECRET: holds characters that did not survive the environment")
                .doesNotContain("rich-8qW1");
    }

    @Test
    @DisplayName("is read where they do")
    void whole() throws IOException, InterruptedException {
        assertThat(said("C.UTF-8", SECRET)).isEqualTo("read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POSIX", "C.UTF-8"})
    @DisplayName("of ASCII is read in any locale")
    void ascii(String locale) throws IOException, InterruptedException {
        assertThat(said(locale, "Zuerich-8qW1xYb7RtLp0sMd5HgCe9UaJ")).isEqualTo("read");
    }
}
