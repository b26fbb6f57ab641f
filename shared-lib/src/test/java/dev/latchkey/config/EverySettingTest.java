package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Every setting")
class EverySettingTest {

    private static final Pattern SETTING = Pattern.compile("\"(?:PLUGIN_)?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\"");

    static Stream<Setting> settings() {
        return SettingsTable.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    @DisplayName("is taken in either spelling")
    void eitherSpelling(Setting setting) {
        assertThat(setting.read(Map.of(setting.prefixed(), setting.good().getKey())))
                .isEqualTo(setting.good().getValue());
        assertThat(setting.read(Map.of(setting.name(), setting.good().getKey())))
                .isEqualTo(setting.good().getValue());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    @DisplayName("is taken without the white space around it")
    void whiteSpace(Setting setting) {
        assertThat(setting.read(Map.of(setting.name(), " \t" + setting.good().getKey() + " \r\n")))
                .isEqualTo(setting.good().getValue());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    @DisplayName("may be there in both spellings with one value")
    void bothSpellingsEqual(Setting setting) {
        String value = setting.good().getKey();

        assertThat(setting.read(Map.of(setting.name(), value, setting.prefixed(), value + " ")))
                .isEqualTo(setting.good().getValue());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    @DisplayName("is a problem with two values in two spellings, and neither is shown")
    void conflict(Setting setting) {
        Map<String, String> both = Map.of(
                setting.name(),
                setting.other(),
                setting.prefixed(),
                setting.good().getKey());

        assertProblem(
                () -> setting.read(both),
                setting.prefixed() + " and " + setting.name() + " are both set, to different values");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    @DisplayName("has a default or is asked for")
    void absent(Setting setting) {
        String absent = setting.absent();
        if (absent == null) {
            assertProblem(() -> setting.read(Map.of()), "is not set");
        } else {
            assertThat(setting.read(Map.of())).isEqualTo(absent);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    @DisplayName("counts as unset where it is blank, but for the allow-list (A8)")
    void blank(Setting setting) {
        for (String spelling : Set.of(setting.name(), setting.prefixed())) {
            Map<String, String> blank = Map.of(spelling, " \n");
            String absent = setting.absent();
            if (setting.name().equals("JWT_ALGORITHMS")) {
                assertProblem(() -> setting.read(blank), "JWT_ALGORITHMS: is blank");
            } else if (absent == null) {
                assertProblem(() -> setting.read(blank), "is not set");
            } else {
                assertThat(setting.read(blank)).isEqualTo(absent);
            }
        }
    }

    static Stream<Arguments> malformedSettings() {
        return SettingsTable.all()
                .flatMap(setting ->
                        Stream.ofNullable(setting.malformed()).map(malformed -> Arguments.of(setting, malformed)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedSettings")
    @DisplayName("is named in the message where it is malformed")
    void malformed(Setting setting, String malformed) {
        assertProblem(() -> setting.read(Map.of(setting.name(), malformed)), setting.problem());
        assertProblem(() -> setting.read(Map.of(setting.prefixed(), malformed)), setting.name() + ": ");
    }

    @Test
    @DisplayName("that the sources name is in the table of these tests")
    void tableIsComplete() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("KnownSettings.java"))
                    // Its variables are AWS's, and are tested beside it.
                    .filter(file -> !file.endsWith("SecretsExtension.java"))
                    .toList()) {
                Matcher settings = SETTING.matcher(Files.readString(source));
                while (settings.find()) {
                    named.add(settings.group(1));
                }
            }
        }

        Set<String> tested = SettingsTable.all().map(Setting::name).collect(Collectors.toSet());

        assertThat(new TreeSet<>(tested)).isEqualTo(named);
        assertThat(KnownSettings.NAMES)
                .containsAll(
                        tested.stream().filter(name -> name.startsWith("JW")).toList());
    }

    @Test
    @DisplayName("that is misspelt is a problem, in either spelling")
    void misspelt() {
        assertProblem(
                () -> VerificationSettings.read(
                        new SettingsReader(Map.of("JWT_VERIFY_KEY", TestKeys.SECRET, "JWT_ISSUERR", "a")),
                        SettingsTable.secrets()),
                "JWT_ISSUERR: is not a setting");
        assertProblem(
                () -> VerificationSettings.read(
                        new SettingsReader(Map.of("JWT_VERIFY_KEY", TestKeys.SECRET, "PLUGIN_JWT_SCOPE", "")),
                        SettingsTable.secrets()),
                "PLUGIN_JWT_SCOPE: is not a setting");
        for (String name : List.of("SCOPE_ROUTE", "PLUGIN_POLICY_SCOP", "HTTP_API_ANSWER", "MOESIF_APPLICATION")) {
            assertProblem(
                    () -> VerificationSettings.read(
                            new SettingsReader(Map.of("JWT_VERIFY_KEY", TestKeys.SECRET, name, "a")),
                            SettingsTable.secrets()),
                    name + ": is not a setting");
        }
    }

    private static void assertProblem(ThrowingCallable reading, String problem) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(reading)
                .withMessageContaining(problem)
                .satisfies(e -> assertThat(e.problems()).hasSize(1))
                .satisfies(e -> assertThat(LeakGuard.leaks(String.valueOf(e.getMessage())))
                        .isFalse());
    }
}
