package dev.latchkey.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

@DisplayName("The files for GitHub")
class ProjectFilesTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern PROGRAM = Pattern.compile("(?<![\\w/.-])(?:scripts/[a-z-]+|\\.ci/run)");

    /** The manifest by which each kind of dependency is known. */
    private static final Map<String, String> MANIFESTS = Map.of(
            "maven", "pom.xml", "npm", "package-lock.json", "pip", "requirements.txt", "github-actions", ".github");

    @Test
    @DisplayName("keep all dependencies fresh: Dependabot knows every folder that locks some, and no other")
    void dependencies() throws IOException {
        List<String> known = new ArrayList<>();
        for (JsonNode update : yaml(ROOT.resolve(".github/dependabot.yml")).path("updates")) {
            String manifest = MANIFESTS.get(update.path("package-ecosystem").asText());
            assertThat(manifest).isNotNull();
            for (JsonNode folder :
                    update.has("directory") ? List.of(update.path("directory")) : update.path("directories")) {
                Path file = ROOT.resolve(folder.asText().substring(1)).resolve(manifest);
                assertThat(file).exists();
                known.add(ROOT.relativize(file).normalize().toString());
            }
        }
        assertThat(known).containsAll(locked()).contains("pom.xml", ".github");
    }

    @ParameterizedTest
    @MethodSource("workflows")
    @DisplayName("run programs that there are, and may read the repository and no more")
    void workflows(Path file) throws IOException {
        JsonNode workflow = yaml(file);
        assertThat(workflow.path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
        List<String> run = new ArrayList<>();
        workflow.path("jobs")
                .forEach(job -> job.path("steps")
                        .forEach(step -> PROGRAM.matcher(step.path("run").asText())
                                .results()
                                .forEach(found -> run.add(found.group()))));
        assertThat(run)
                .isNotEmpty()
                .allSatisfy(program -> assertThat(ROOT.resolve(program)).isExecutable());
    }

    @Test
    @DisplayName("run every check by what CONTRIBUTING.md names, and ask for what its forms need")
    void forms() throws IOException {
        assertThat(Files.readString(ROOT.resolve(".github/workflows/tests.yml")))
                .contains("- run: .ci/run\n");
        try (Stream<Path> forms = Files.list(ROOT.resolve(".github/ISSUE_TEMPLATE"))) {
            assertThat(forms.filter(form -> !form.endsWith("config.yml")).toList())
                    .hasSize(2)
                    .allSatisfy(form -> {
                        JsonNode read = yaml(form);
                        assertThat(read.path("name").asText()).isNotEmpty();
                        assertThat(read.path("description").asText()).isNotEmpty();
                        assertThat(read.path("body"))
                                .isNotEmpty()
                                .allSatisfy(part -> assertThat(part.path("type").asText())
                                        .isIn("markdown", "textarea", "input", "checkboxes"));
                    });
        }
    }

    static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(".github/workflows"))) {
            return files.toList();
        }
    }

    private static List<String> locked() throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT,
                6,
                (file, attributes) -> attributes.isRegularFile()
                        && (file.endsWith("package-lock.json") || file.endsWith("requirements.txt"))
                        && !Pattern.compile("/(node_modules|\\.venv|target|\\.node|\\.aws-sam)/")
                                .matcher(file.toString())
                                .find())) {
            return files.map(file -> ROOT.relativize(file).toString()).toList();
        }
    }

    private static JsonNode yaml(Path file) throws IOException {
        Object read = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        return new ObjectMapper().valueToTree(read);
    }
}
