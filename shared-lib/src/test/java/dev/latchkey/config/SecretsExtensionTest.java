package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestKeys;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The Secrets extension")
class SecretsExtensionTest {

    private static final String PORT = "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT";
    private static final String CACHE = "PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED";
    private static final String TOKEN = LeakGuard.secret("IQoJb3JpZ2luX2VjEXAMPLE/+=");
    private static final Map<String, String> GOOD =
            Map.of("JWT_SECRET_ID", "a/b", PORT, "2773", CACHE, "false", "AWS_SESSION_TOKEN", TOKEN);

    @Test
    @DisplayName("is used by both sides where its port is named")
    void used() {
        assertThat(opened(GOOD)).containsExactly(new SecretsExtension(2773, TOKEN));

        List<@Nullable SecretsExtension> opened = new ArrayList<>();
        SigningSettings.read(with("JWT_EXPIRES_IN", "30d"), secrets(opened));
        assertThat(opened).containsExactly(new SecretsExtension(2773, TOKEN));
    }

    @Test
    @DisplayName("is not used where its port is not named, or no secret is")
    void notUsed() {
        assertThat(opened(Map.of("JWT_SECRET_ID", "a/b"))).containsExactly((SecretsExtension) null);
        assertThat(opened(with(PORT, " "))).containsExactly((SecretsExtension) null);
        assertThat(opened(Map.of("JWT_VERIFY_KEY", TestKeys.SECRET, PORT, "2773")))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("needs a port that there is")
    @ValueSource(strings = {"0", "65536", "-1", "2773a", "localhost:2773"})
    void port(String port) {
        assertProblem(with(PORT, port), PORT + ": needs a whole number from 1 to 65535");
    }

    @Test
    @DisplayName("may keep no secrets of its own, which would put off a revocation")
    void cache() {
        assertProblem(with(CACHE, "true"), CACHE + ": must be false where " + PORT + " is set");
        assertProblem(with(CACHE, ""), CACHE + ": must be false where " + PORT + " is set");
        assertProblem(with(CACHE, " false"), CACHE + ": must be false where " + PORT + " is set");
        assertThat(opened(with(CACHE, "FALSE"))).containsExactly(new SecretsExtension(2773, TOKEN));
    }

    @Test
    @DisplayName("is told of by AWS's names alone, which the extension itself reads")
    void exactNames() {
        Map<String, String> prefixed = with(CACHE, "");
        prefixed.put("PLUGIN_" + CACHE, "false");
        assertProblem(prefixed, CACHE + ": must be false");
        assertThat(opened(Map.of("JWT_SECRET_ID", "a/b", "PLUGIN_" + PORT, "2773")))
                .containsExactly((SecretsExtension) null);
    }

    @Test
    @DisplayName("needs the function's session token, in one line")
    void token() {
        assertProblem(with("AWS_SESSION_TOKEN", ""), PORT + ": needs AWS_SESSION_TOKEN, which is not set");
        assertProblem(with("AWS_SESSION_TOKEN", "a\r\nHost: b"), PORT + ": needs AWS_SESSION_TOKEN");
        assertThatIllegalArgumentException().isThrownBy(() -> new SecretsExtension(2773, "a\nb"));
        assertThatIllegalArgumentException().isThrownBy(() -> new SecretsExtension(0, TOKEN));
        assertThatIllegalArgumentException().isThrownBy(() -> new SecretsExtension(65_536, TOKEN));
        assertThat(new SecretsExtension(65_535, TOKEN).port()).isEqualTo(65_535);
        assertThat(new SecretsExtension(2773, TOKEN)).hasToString("Secrets extension at port 2773");
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> environment = new HashMap<>(GOOD);
        environment.put(name, value);
        return environment;
    }

    private static List<@Nullable SecretsExtension> opened(Map<String, String> environment) {
        List<@Nullable SecretsExtension> opened = new ArrayList<>();
        VerificationSettings.read(new SettingsReader(environment), secrets(opened));
        return opened;
    }

    private static Secrets secrets(List<@Nullable SecretsExtension> opened) {
        return new Secrets(
                extension -> {
                    opened.add(extension);
                    return id -> "";
                },
                Clock.systemUTC(),
                (age, failure) -> {});
    }

    private static void assertProblem(Map<String, String> environment, String problem) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> opened(environment))
                .withMessageContaining(problem)
                .satisfies(e -> assertThat(LeakGuard.leaks(e.toString())).isFalse());
    }
}
