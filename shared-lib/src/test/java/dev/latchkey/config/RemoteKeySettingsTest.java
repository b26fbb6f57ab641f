package dev.latchkey.config;

import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("J: The settings of remote keys")
class RemoteKeySettingsTest {

    private static final String URI = "https://issuer.example/jwks.json";

    @Test
    @DisplayName("J1: name one source of keys; with more, all are named, with none, too")
    void oneSource() {
        assertThat(VerificationSettings.read(new SettingsReader(Map.of("JWKS_URI", URI)), SettingsTable.secrets())
                        .keys())
                .isNotNull();
        assertProblem(
                Map.of("JWKS_URI", URI, "JWT_VERIFY_KEY", SECRET, "JWT_SECRET_ID", "a"),
                "JWT_VERIFY_KEY: there is more than one source of keys: JWT_VERIFY_KEY, PLUGIN_JWT_SECRET_ID, JWKS_URI");
        assertProblem(Map.of("JWKS_URI", URI, "JWT_SECRET_ID", "a"), "more than one source of keys");
        assertProblem(
                Map.of("JWKS_URI", " "), "is not set, nor is PLUGIN_JWT_SECRET_ID, nor JWKS_URI, nor JWT_ISSUERS");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("J1: refuse an address that is plain http elsewhere or carries a user or a fragment")
    @ValueSource(strings = {"http://issuer.example/jwks", "https://u:p@issuer.example", "a.example#b", "file:///jwks"})
    void address(String uri) {
        assertProblem(Map.of("JWKS_URI", uri), "JWKS_URI: ");
    }

    @Test
    @DisplayName("B: refuse an allow-list of secrets only, and a key id for keys that have their own")
    void otherSettings() {
        assertProblem(Map.of("JWKS_URI", URI, "JWT_ALGORITHMS", "HS256,HS512"), "JWT_ALGORITHMS: allows secrets only");
        assertProblem(Map.of("JWKS_URI", URI, "JWT_KID", "a"), "JWT_KID: means nothing beside JWKS_URI");
    }

    @Test
    @DisplayName("load no class of the remote path unless an address is set")
    void lazy() throws Exception {
        assertThat(loadedBy("JWT_VERIFY_KEY", SECRET)).noneMatch(name -> name.contains("Remote"));
        assertThat(loadedBy("JWT_VERIFY_KEY", SECRET)).noneMatch(name -> name.startsWith("java.net."));
        assertThat(loadedBy("JWT_SECRET_ID", "a/b")).noneMatch(name -> name.contains("Remote"));
        assertThat(loadedBy("JWKS_URI", URI)).contains("dev.latchkey.keys.RemoteKeys");
    }

    @Test
    @DisplayName("load no class of the remote path for several issuers whose keys are at hand")
    void lazyIssuers() throws Exception {
        String entry = "{\"issuer\":\"https://a.example\",\"audience\":\"*\"";
        assertThat(loadedBy("JWT_ISSUERS", "[" + entry + ",\"verify_key\":\"" + SECRET + "\"}]"))
                .noneMatch(name -> name.contains("Remote"));
        assertThat(loadedBy("JWT_ISSUERS", "[" + entry + "}]")).contains("dev.latchkey.keys.RemoteKeys");
    }

    /** The classes that are asked for, by a class path of its own, when the settings are read. */
    private static Set<String> loadedBy(String name, String value) throws Exception {
        try (Recording loader = new Recording(Path.of("target/classes"))) {
            Class<?> probe = loader.loadClass("dev.latchkey.config.VerificationSettings");
            Class<?> reader = loader.loadClass("dev.latchkey.config.SettingsReader");
            Class<?> secrets = loader.loadClass("dev.latchkey.config.Secrets");
            Class<?> opening = loader.loadClass("dev.latchkey.config.SecretSources");
            Object sources = Proxy.newProxyInstance(loader, new Class<?>[] {opening}, (self, method, got) -> null);
            Class<?> listening = loader.loadClass("dev.latchkey.keys.KeyFetchListener");
            Object listener = Proxy.newProxyInstance(loader, new Class<?>[] {listening}, (self, method, got) -> null);
            Object made = secrets.getConstructors()[0].newInstance(sources, Clock.systemUTC(), listener);
            probe.getMethod("read", reader, secrets)
                    .invoke(null, reader.getConstructor(Map.class).newInstance(Map.of(name, value)), made);
            return loader.asked;
        }
    }

    private static final class Recording extends URLClassLoader {

        private final Set<String> asked = new TreeSet<>();

        Recording(Path classes) throws MalformedURLException {
            super(new URL[] {classes.toUri().toURL()}, RemoteKeySettingsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            asked.add(name);
            if (!name.startsWith("dev.latchkey.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }

    private static void assertProblem(Map<String, String> settings, String problem) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> VerificationSettings.read(new SettingsReader(settings), SettingsTable.secrets()))
                .satisfies(e -> assertThat(e.problems()).hasSize(1))
                .satisfies(e -> assertThat(List.of(String.valueOf(e.getMessage())))
                        .allMatch(message -> message.contains(problem)));
    }
}
