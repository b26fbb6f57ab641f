package dev.latchkey.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row of docs/attacks.md has its test. */
class AttackCatalogueTest {

    private static final Path ROOT = Path.of("..");

    @Test
    void everyRowOfTheCatalogueIsTestedOrMarkedWithAReason() throws IOException {
        AttackCatalogue catalogue = AttackCatalogue.read(Files.readString(ROOT.resolve("docs/attacks.md")), ROOT);
        Files.createDirectories(ROOT.resolve("target"));
        Files.writeString(ROOT.resolve("target/attack-report.md"), catalogue.report());
        System.out.println(catalogue.summary());

        assertThat(catalogue.rows()).hasSize(274);
        assertThat(catalogue.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SomeTest, A1, ''",
        "SomeTest, 'B2, A1', B2 is not in the catalogue",
        "SomeTest, B2/A1, B2 is not in the catalogue",
        "SomeTest, B2, A1 (an attack) has no test",
        "OtherTest, A1, A1: OtherTest has no test of that row",
        "'not yet: to come later', B2, B2 is not in the catalogue",
        "'not yet: to come later', A1, 'A1 is marked \"not yet: to come later\" and has tests: [SomeTest: fails]'",
        "'not ours: it is others', A1, 'A1 is marked \"not ours: it is others\" and has tests'",
        "'not ours: no', B2, A1 is marked \"not ours: no\" without a reason",
    })
    void aRowAndItsTestsThatDoNotGoTogetherAreReported(String where, String ids, String problem, @TempDir Path folder)
            throws IOException {
        AttackCatalogue catalogue =
                AttackCatalogue.read("| A1 | an attack | refused | " + where + " |\n", test(folder, ids));

        if (problem.isEmpty()) {
            assertThat(catalogue.problems()).isEmpty();
        } else {
            assertThat(catalogue.problems()).anyMatch(found -> found.startsWith(problem));
        }
    }

    @Test
    void aRowThatIsThereTwiceIsRefused(@TempDir Path folder) {
        String row = "| A1 | an attack | refused | SomeTest |\n";
        assertThatThrownBy(() -> AttackCatalogue.read(row + row, test(folder, "A1")))
                .hasMessageContaining("A1");
    }

    @Test
    void aTestOfThePortalsPackageIsNamedByItsFile(@TempDir Path folder) throws IOException {
        Path tests = Files.createDirectories(folder.resolve("portal-plugin/test"));
        Files.writeString(tests.resolve("router.test.js"), "    it('A1: fails', async () => {");
        assertThat(AttackCatalogue.read("| A1 | an attack | 404 | router.test.js |\n", folder)
                        .problems())
                .isEmpty();
    }

    private static Path test(Path folder, String ids) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("module/src/test/java"));
        String name = "@Display" + "Name(\n\"" + ids + ": fails\")";
        Files.writeString(sources.resolve("SomeTest.java"), name);
        return folder;
    }
}
