package dev.latchkey.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.jwt.Reason;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages for readers say, held against the code and each other. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern IN_TABLE = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]+))?\\)");
    private static final Pattern SCRIPT = Pattern.compile("(?<![\\w/.-])scripts/[a-z-]+(?:\\.[a-z]+)?");

    @Test
    void theReadmeIsOnePageWithTenOfTheSettings() throws IOException {
        String readme = page("README.md");
        assertThat(readme.lines()).hasSizeLessThanOrEqualTo(110);
        assertThat(IN_TABLE.matcher(readme).results().map(found -> found.group(1)))
                .hasSize(10)
                .isSubsetOf(Settings.all().stream().map(Setting::name).toList());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAPageAndHeadingAndEveryScriptIsThere(Path page) throws IOException {
        String text = Files.readString(page);
        Matcher links = LINK.matcher(text);
        while (links.find()) {
            Path target = links.group(1).isEmpty() ? page : page.resolveSibling(links.group(1));
            assertThat(target).exists();
            if (links.group(2) != null) {
                assertThat(anchors(target)).as("headings of " + target).contains(links.group(2));
            }
        }
        assertThat(SCRIPT.matcher(text).results().map(found -> ROOT.resolve(found.group())))
                .allSatisfy(script -> assertThat(script).exists());
    }

    @Test
    void theIndexKnowsEveryPage() throws IOException {
        String index = page("docs/README.md");
        assertThat(files(ROOT.resolve("docs"), 1))
                .filteredOn(page -> !page.endsWith("README.md"))
                .hasSizeGreaterThan(10)
                .allSatisfy(page -> assertThat(index).contains("(" + page.getFileName() + ")"));
        String decisions = page("docs/decisions/README.md");
        assertThat(files(ROOT.resolve("docs/decisions"), 1))
                .filteredOn(page -> !page.endsWith("README.md"))
                .allSatisfy(page -> assertThat(decisions).contains("(" + page.getFileName() + ")"));
    }

    @Test
    void theChecksNameEveryReasonOnce() throws IOException {
        assertThat(firstColumn(page("docs/checks.md"), "Why a key was refused"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Reason.values()).map(Reason::code).toList());
    }

    @Test
    void theOperatorsPageNamesEveryMetricAndOnlyMessagesThatAreThere() throws IOException {
        String page = page("docs/operations.md");
        String code = sources();
        List<String> metrics = Pattern.compile("(?:count|Metric|counting)\\(\\s*\"([A-Za-z]+)\"")
                .matcher(code)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(firstColumn(page, "Metrics")).containsExactlyInAnyOrderElementsOf(metrics);
        assertThat(firstColumn(page, "Logs"))
                .hasSizeGreaterThan(10)
                .allSatisfy(message -> assertThat(code).contains('"' + message + '"'));
    }

    @Test
    void whatToLookForInLogsIsWhatTheFunctionsWrite() throws IOException {
        String page = page("docs/troubleshooting.md");
        String code = sources();
        List<String> reasons = Stream.of(Reason.values()).map(Reason::code).toList();
        assertThat(Pattern.compile("`([a-z]+_[a-z_]+)`").matcher(page).results().map(found -> found.group(1)))
                .hasSizeGreaterThan(10)
                .isSubsetOf(reasons);
        assertThat(Pattern.compile("`([A-Za-z]+(?: [a-z]+)+)`")
                        .matcher(page)
                        .results()
                        .map(found -> '"' + found.group(1) + '"'))
                .hasSizeGreaterThan(5)
                .allSatisfy(message -> assertThat(code).contains(message));
        assertThat(Pattern.compile("(?s)```\n(.*?)```").matcher(page).results())
                .hasSize(4)
                .flatMap(query -> Pattern.compile("(?:fields|filter|by|and|,) ([a-z][A-Za-z]+)\\b(?!\\()")
                        .matcher(query.group(1))
                        .results()
                        .map(found -> '"' + found.group(1) + '"')
                        .toList())
                .contains("\"requestId\"", "\"reason\"", "\"by\"")
                .allSatisfy(field -> assertThat(code).contains(field));
    }

    @Test
    void thePluginExampleCompilesAgainstTheSharedLibrary(@TempDir Path folder) throws IOException {
        Matcher code = Pattern.compile("(?s)```java\n(.*?)```").matcher(page("docs/plugins.md"));
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

    static List<Path> pages() throws IOException {
        Stream<Path> others = Stream.of(
                        "README.md",
                        "CONTRIBUTING.md",
                        "SECURITY.md",
                        ".github/PULL_REQUEST_TEMPLATE.md",
                        "portal-plugin/README.md",
                        "benchmarks/README.md",
                        "events/README.md")
                .map(ROOT::resolve);
        return Stream.concat(others, files(ROOT.resolve("docs"), 2).stream()).toList();
    }

    private static List<Path> files(Path folder, int depth) throws IOException {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }

    private static String page(String name) throws IOException {
        return Files.readString(ROOT.resolve(name));
    }

    /** What is in backticks in the first column of the table under a heading. */
    private static List<String> firstColumn(String page, String heading) {
        String section = page.split("\n## " + heading + "\n", -1)[1].split("\n## ", -1)[0];
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> Pattern.compile("`([^`]+)`")
                        .matcher(line.split("\\|", -1)[1])
                        .results())
                .map(found -> found.group(1))
                .toList();
    }

    /** The headings of a page, as GitHub makes anchors of them. */
    private static Set<String> anchors(Path page) throws IOException {
        return Files.readString(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String module : List.of(
                "shared-lib",
                "functions/authorizer",
                "functions/issue-key",
                "functions/publish",
                "functions/flush-caches",
                "functions/rotate-keys",
                "cli")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    all.append(Files.readString(file));
                }
            }
        }
        return all.toString();
    }
}
