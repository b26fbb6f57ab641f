package dev.latchkey.local.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.jwt.Reason;
import dev.latchkey.local.check.Flaw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageFilesTest {
    private static final Path FOLDER = Path.of("src/main/resources/dev/latchkey/local/page");

    @Test
    void everyFileOfThePageIsServedAsItIs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                var served = PageFiles.at("/" + file.getFileName()).orElseThrow();
                assertThat(served.body().bytes()).isEqualTo(Files.readAllBytes(file));
            }
        }
        assertThat(PageFiles.at("/")).isEqualTo(PageFiles.at("/index.html"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/none",
                "/page/page.js",
                "/../page/page.js",
                "//page.js",
                "/page.js/",
                "/%70age.js",
                "/PAGE.JS"
            })
    void nothingElseIsServed(String path) {
        assertThat(PageFiles.at(path)).isEmpty();
    }

    @Test
    void nothingInItLeavesThisMachineOrRunsInline() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file).replace("http://www.w3.org/2000/svg", "");
                assertThat(text)
                        .as("%s", file)
                        .doesNotContain("http://", "https://", "innerHTML", "insertAdjacentHTML");
            }
        }
        String page = Files.readString(FOLDER.resolve("index.html"));
        assertThat(Pattern.compile("\\s(on[a-z]+|style)=|<style|<script(?! type=\"module\" src=)")
                        .matcher(page)
                        .find())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonHasItsWords(Reason reason) throws IOException {
        assertThat(Files.readString(FOLDER.resolve("words.js"))).contains("\n  " + reason.code() + ": \"");
    }

    @ParameterizedTest
    @EnumSource(Flaw.class)
    void everyFlawHasItsButtonWithASentence(Flaw flaw) throws IOException {
        assertThat(Files.readString(FOLDER.resolve("index.html")))
                .contains("data-attempt=\"" + flaw.id() + "\" aria-describedby=\"about-" + flaw.id() + "\"")
                .contains("<p id=\"about-" + flaw.id() + "\">");
    }

    @Test
    void scriptsHaveTheTypeThatModulesNeed() {
        assertThat(PageFiles.at("/page.js").orElseThrow().headers())
                .containsEntry("Content-Type", List.of("text/javascript; charset=utf-8"));
    }
}
