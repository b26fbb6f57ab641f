package dev.latchkey.local.template;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.config.Lifetime;
import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsRelease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The declared settings")
class SettingsTest {

    private static final Map<String, String> FUNCTIONS = Map.of(
            "AuthorizerFunction", "authorizer",
            "IssueKeyFunction", "issue-key",
            "PublishFunction", "publish",
            "FlushCachesFunction", "flush-caches",
            "RotateKeysFunction", "rotate-keys");

    /** What the template leaves to whoever sets it by hand, by function, and why. */
    private static final Map<String, String> NOT_IN_TEMPLATE = Map.ofEntries(
            entry(
                    "authorizer JWT_KID",
                    "a secret's only key without an id is for tokens of any, also of before KeyId was set"),
            entry("issue-key ISSUE_KEY_CALLERS", "the template's routes want IAM alone"),
            entry("issue-key MOESIF_BASE_URI", "Moesif's own address, but for tests"),
            entry("issue-key KONG_ADMIN_TOKEN", "the template has it in GatewaySecretArn's secret"),
            entry("issue-key KONNECT_PAT", "as Kong's"),
            entry("issue-key TYK_GATEWAY_SECRET_KEY", "as Kong's"),
            entry("issue-key AUTH0_M2M_CLIENT_SECRET", "as Kong's"),
            entry("issue-key PARAMETERS_SECRETS_EXTENSION_HTTP_PORT", "the template's layer is the authorizer's alone"),
            entry("issue-key PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED", "as its port"),
            entry("publish PARAMETERS_SECRETS_EXTENSION_HTTP_PORT", "as issue-key's"),
            entry("publish PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED", "as issue-key's"));

    /** What the template sets in the authorizer's environment without a parameter, and why. */
    private static final Map<String, String> WITHOUT_PARAMETER =
            Map.of("HTTP_API_RESPONSE", "scopes and access logs need policies, as the template's API is told");

    /** Where the template decides otherwise than a function does without it. */
    private static final Map<String, String> OTHER_DEFAULTS =
            Map.of("TokenSource", "", "ExpiresIn", "30d", "AuthorizerTtl", "300");

    private static JsonNode template;

    @BeforeAll
    static void read() throws IOException {
        template = Yaml.parse(Files.readString(Path.of("../template.yaml")), "template.yaml");
    }

    @Test
    @DisplayName("are what docs/settings.md says")
    void documented() throws IOException {
        Path page = Path.of("../docs/settings.md");
        String text = new SettingsDocument(template).text();
        if (Boolean.getBoolean("latchkey.write")) {
            Files.writeString(page, text);
        }
        assertThat(Files.readString(page)).isEqualTo(text);
    }

    @Test
    @DisplayName("have a digest, by which a function knows that its variables are of this release's template")
    void release() throws NoSuchAlgorithmException {
        String names = String.join(
                "\n", Settings.all().stream().map(Setting::plain).sorted().toList());
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(names.getBytes(StandardCharsets.UTF_8));
        String expected = HexFormat.of().formatHex(digest, 0, 4);

        assertThat(SettingsRelease.THIS).isEqualTo(expected);
        assertThat(template.path("Globals")
                        .path("Function")
                        .path("Environment")
                        .path("Variables")
                        .path(SettingsRelease.VARIABLE)
                        .asText())
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("are those of the template's functions, each function's own and all of them")
    void inTheTemplate() {
        Set<String> declared = new TreeSet<>();
        for (Setting setting : Settings.all()) {
            for (String function : setting.functions().split(", ", -1)) {
                declared.add(function + " " + setting.plain());
            }
        }
        Set<String> set = new TreeSet<>();
        template.path("Resources")
                .properties()
                .forEach(resource -> SettingsDocument.names(SettingsDocument.variables(resource.getValue()))
                        .forEach(name -> set.add(FUNCTIONS.get(resource.getKey()) + " "
                                + Settings.named(name).map(Setting::plain).orElse(name))));

        assertThat(set).doesNotContainAnyElementsOf(NOT_IN_TEMPLATE.keySet());
        set.addAll(NOT_IN_TEMPLATE.keySet());
        assertThat(set).isEqualTo(declared);
    }

    @Test
    @DisplayName("of the authorizer each have a parameter, which their variable follows")
    void parameterForEach() {
        JsonNode authorizer = template.path("Resources").path("AuthorizerFunction");
        Set<String> without = new TreeSet<>();
        for (String name : SettingsDocument.names(SettingsDocument.variables(authorizer))) {
            JsonNode value = SettingsDocument.variables(authorizer).path(name);
            if (SettingsDocument.follows(template, value).isEmpty()) {
                without.add(name);
            }
        }

        assertThat(without).isEqualTo(WITHOUT_PARAMETER.keySet());
    }

    @Test
    @DisplayName("have the defaults and bounds of their parameters, whose descriptions name them")
    void parameters() {
        SettingsDocument document = new SettingsDocument(template);
        int compared = 0;
        for (Setting setting : Settings.all()) {
            List<String> names = document.parameters(setting).stream()
                    .filter(name -> template.at("/Parameters/" + name + "/Description")
                            .asText()
                            .contains(setting.plain() + ")"))
                    .toList();
            for (String name : names) {
                JsonNode parameter = template.path("Parameters").path(name);
                assertThat(ofSeconds(setting, parameter.path("Default").asText()))
                        .as(name)
                        .isEqualTo(OTHER_DEFAULTS.getOrDefault(name, setting.usual()));
                if (setting.kind() == Setting.Kind.CHOICE) {
                    assertThat(parameter.path("AllowedValues"))
                            .as(name)
                            .extracting(JsonNode::asText)
                            .containsExactly(setting.usual(), setting.other());
                }
                if (setting.kind() == Setting.Kind.NUMBER) {
                    assertThat(List.of(
                                    parameter.path("MinValue").asInt(),
                                    parameter.path("MaxValue").asInt()))
                            .as(name)
                            .containsExactly(setting.least(), setting.most());
                }
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(25);
    }

    @Test
    @DisplayName("have examples that fit their bounds")
    void examples() {
        assertThat(Settings.all())
                .filteredOn(setting -> setting.kind() == Setting.Kind.DURATION)
                .isNotEmpty()
                .allSatisfy(
                        setting -> assertThat(Lifetime.parse(setting.example()).toSeconds())
                                .isBetween((long) setting.least(), (long) setting.most()));
    }

    /** A default of a duration in seconds, as settings have theirs, where the function has one. */
    private static String ofSeconds(Setting setting, String text) {
        return setting.kind() == Setting.Kind.DURATION && !setting.usual().isEmpty()
                ? String.valueOf(Lifetime.parse(text).toSeconds())
                : text;
    }
}
