package dev.latchkey.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says, held against the code. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern IN_CODE = Pattern.compile(
            "\"((?:PLUGIN_)?(?:JWT|JWKS|APIM|MOESIF|POLICY|SCOPE|CONTEXT|USAGE|HTTP_API|ISSUE_KEY)_[A-Z_]+|REFUSAL|METRICS"
                    + "|PARAMETERS_SECRETS_EXTENSION_HTTP_PORT)\"");
    private static final Pattern IN_TABLE = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|");

    @Test
    void theSettingsTableListsExactlyTheSettingsInTheCode() throws IOException {
        assertThat(settings(IN_TABLE, readme())).isEqualTo(settings(IN_CODE, sources()));
    }

    @Test
    void everyPathItLinksOrNamesIsThere() throws IOException {
        Matcher links = Pattern.compile("\\]\\(([^)]+)\\)|(scripts/[a-z-]+)").matcher(readme());
        while (links.find()) {
            String path = Objects.requireNonNullElse(links.group(1), links.group(2));
            assertThat(ROOT.resolve(path)).exists();
        }
    }

    @Test
    void thePluginExampleCompilesAgainstTheSharedLibrary(@TempDir Path folder) throws IOException {
        Matcher code = Pattern.compile("(?s)```java\n(.*?)```").matcher(readme());
        assertThat(code.find()).isTrue();
        Path source = folder.resolve("ExamplePlugin.java");
        Files.writeString(source, code.group(1));
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            List<String> options = List.of(
                    "-classpath",
                    ROOT.resolve("shared-lib/target/classes")
                            + File.pathSeparator
                            + System.getProperty("java.class.path"),
                    "-d",
                    folder.toString());
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(source))
                            .call())
                    .isTrue();
        }
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String module : List.of("shared-lib", "functions/authorizer", "functions/issue-key")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    all.append(Files.readString(file));
                }
            }
        }
        return all.toString();
    }

    /** Names without {@code PLUGIN_}, since each is read with and without. */
    private static Set<String> settings(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1).replaceFirst("^PLUGIN_", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
