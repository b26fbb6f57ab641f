package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Every setting")
class EverySettingTest {

    private static final Pattern SETTING = Pattern.compile("\"(?:PLUGIN_)?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\"");

    private static final String OTHER = "00000000";

    /** What the functions themselves read, and test. */
    private static final Set<String> OF_FUNCTIONS = Set.of(
            "JWT_REQUIRED_SCOPES",
            "JWT_REQUIRED_SCOPES_MATCH",
            "JWT_TOKEN_SOURCE",
            "JWT_FLUSH_QUEUE_URL",
            "JWT_AUTHORIZER_TTL",
            "GATEWAY_SECRET_ID",
            "GATEWAY_PLAIN_HTTP",
            "KONG_URL",
            "KONG_ADMIN_TOKEN",
            "KONNECT_API_URL",
            "KONNECT_API_VERSION",
            "KONNECT_RUNTIME_GROUP_NAME",
            "KONNECT_PATH",
            "KONNECT_PAT",
            "TYK_GATEWAY_URL",
            "TYK_DASH_ORG_ID",
            "TYK_POLICIES",
            "TYK_GATEWAY_SECRET_KEY",
            "AUTH0_M2M_DOMAIN",
            "AUTH0_M2M_CLIENT_ID",
            "AUTH0_M2M_CLIENT_SECRET",
            "AUTH0_M2M_API_AUDIENCE",
            "AUTH0_M2M_API_SCOPE",
            "AWS_USAGE_PLAN_ID");

    static Stream<SettingTrial> settings() {
        return SettingsTable.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    @DisplayName("is taken in either spelling")
    void eitherSpelling(SettingTrial setting) {
        assertThat(setting.read(Map.of(setting.prefixed(), setting.good().getKey())))
                .isEqualTo(setting.good().getValue());
        assertThat(setting.read(Map.of(setting.name(), setting.good().getKey())))
                .isEqualTo(setting.good().getValue());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    @DisplayName("is taken without the white space around it")
    void whiteSpace(SettingTrial setting) {
        assertThat(setting.read(Map.of(setting.name(), " \t" + setting.good().getKey() + " \r\n")))
                .isEqualTo(setting.good().getValue());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    @DisplayName("may be there in both spellings with one value")
    void bothSpellingsEqual(SettingTrial setting) {
        String value = setting.good().getKey();

        assertThat(setting.read(Map.of(setting.name(), value, setting.prefixed(), value + " ")))
                .isEqualTo(setting.good().getValue());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    @DisplayName("is a problem with two values in two spellings, and neither is shown")
    void conflict(SettingTrial setting) {
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
    void absent(SettingTrial setting) {
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
    void blank(SettingTrial setting) {
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
    void malformed(SettingTrial setting, String malformed) {
        assertProblem(() -> setting.read(Map.of(setting.name(), malformed)), setting.problem());
        assertProblem(() -> setting.read(Map.of(setting.prefixed(), malformed)), setting.name() + ": ");
    }

    @Test
    @DisplayName("is declared once, and those of the library are in the table of these tests")
    void tableIsComplete() {
        Set<String> tested = SettingsTable.all().map(SettingTrial::name).collect(Collectors.toSet());

        assertThat(Settings.all())
                .extracting(Setting::plain)
                .doesNotHaveDuplicates()
                .containsAll(tested);
        assertThat(Settings.all())
                .filteredOn(setting -> setting.plain().startsWith("JW"))
                .extracting(Setting::plain)
                .filteredOn(name -> !OF_FUNCTIONS.contains(name))
                .isSubsetOf(tested);
    }

    @Test
    @DisplayName("stands nowhere in the sources but in its declaration")
    void namedOnce() throws IOException {
        Map<String, List<String>> named = new TreeMap<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("Settings.java"))
                    .toList()) {
                Matcher settings = SETTING.matcher(Files.readString(source));
                while (settings.find()) {
                    if (Settings.named(settings.group(1)).isPresent()) {
                        named.computeIfAbsent(settings.group(1), name -> new ArrayList<>())
                                .add(source.toString());
                    }
                }
            }
        }

        assertThat(named).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"PLUGIN_JWT_SECRET_IDD", "JWT_VERIFY_KYE", "JWKS_URL"})
    @DisplayName("that is misspelt, and so is not there, is one problem and not two")
    void misspeltAndMissing(String name) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> VerificationSettings.read(
                        new SettingsReader(Map.of(name, "a/b", "JWT_CLOCK_SKEW", "999")), SettingsTable.secrets()))
                .satisfies(e -> assertThat(e.problems())
                        .hasSize(2)
                        .anyMatch(problem -> problem.startsWith(name + ": is not a setting"))
                        .anyMatch(problem -> problem.startsWith("JWT_CLOCK_SKEW: ")));
    }

    @Test
    @DisplayName("that is misspelt is a problem, in either spelling")
    void misspelt() {
        assertProblem(
                () -> VerificationSettings.read(
                        new SettingsReader(Map.of("JWT_VERIFY_KEY", TestKeys.SECRET, "JWT_ISSUERR", "a")),
                        SettingsTable.secrets()),
                "JWT_ISSUERR: is not a setting. Correct its spelling or remove it. Is PLUGIN_JWT_ISSUER meant?");
        assertProblem(
                () -> VerificationSettings.read(
                        new SettingsReader(Map.of("JWT_VERIFY_KEY", TestKeys.SECRET, "PLUGIN_JWT_SCOPE", "")),
                        SettingsTable.secrets()),
                "PLUGIN_JWT_SCOPE: is not a setting. Correct its spelling or remove it");
        assertThat(Misspelling.meant("JWT_STATUS_MAXAGES")).contains(Settings.STATUS_MAX_AGE);
        assertThat(Misspelling.meant("JWT_STATUS_MAXAGESS")).isEmpty();
        for (String name : List.of("SCOPE_ROUTE", "PLUGIN_POLICY_SCOP", "HTTP_API_ANSWER", "MOESIF_APPLICATION")) {
            assertProblem(
                    () -> VerificationSettings.read(
                            new SettingsReader(Map.of("JWT_VERIFY_KEY", TestKeys.SECRET, name, "a")),
                            SettingsTable.secrets()),
                    name + ": is not a setting");
        }
    }

    @Test
    @DisplayName("of another release is left out where the template says that it is one's, and is misspelt else")
    void ofAnotherRelease() {
        Map<String, String> settings = Map.of("JWT_VERIFY_KEY", TestKeys.SECRET, "JWT_OF_TOMORROW", "a");
        Map<String, String> updating = new HashMap<>(settings);
        updating.put(SettingsRelease.VARIABLE, OTHER);
        SettingsReader reader = new SettingsReader(updating);

        assertThatNoException().isThrownBy(() -> VerificationSettings.read(reader, SettingsTable.secrets()));
        assertThat(reader.ofAnotherRelease()).containsExactly("JWT_OF_TOMORROW");
        updating.put("JWT_CLOCK_SKEWS", "60");
        assertProblem(
                () -> VerificationSettings.read(new SettingsReader(updating), SettingsTable.secrets()),
                "JWT_CLOCK_SKEWS: is not a setting. Correct its spelling or remove it. Is JWT_CLOCK_SKEW meant?");
        updating.remove("JWT_CLOCK_SKEWS");
        updating.put("JWT_CLOCK_SKEW", "999");
        assertProblem(
                () -> VerificationSettings.read(new SettingsReader(updating), SettingsTable.secrets()),
                "JWT_CLOCK_SKEW: ");
        for (String release : List.of("", " ", SettingsRelease.THIS, "another", "0000000g", OTHER + "0")) {
            Map<String, String> settled = new HashMap<>(settings);
            settled.put(SettingsRelease.VARIABLE, release);
            assertThat(new SettingsReader(settled).ofAnotherRelease()).isEmpty();
            assertProblem(
                    () -> VerificationSettings.read(new SettingsReader(settled), SettingsTable.secrets()),
                    "JWT_OF_TOMORROW: is not a setting");
        }
    }

    @Test
    @DisplayName("has a name that no other is mistaken for, so that code of before takes it for a setting of tomorrow")
    void namesApart() {
        List<String> near = new ArrayList<>();
        for (Setting setting : Settings.all()) {
            for (Setting other : Settings.all()) {
                if (Misspelling.edits(setting.plain(), other.plain()) <= 2
                        && setting.name().compareTo(other.name()) < 0) {
                    near.add(setting.plain() + " " + other.plain());
                }
            }
        }

        assertThat(near)
                .containsExactlyInAnyOrder(
                        "JWT_ISSUERS JWT_ISSUER", "JWT_ALGORITHMS JWT_ALGORITHM", "KONNECT_PAT KONNECT_PATH");
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
