package dev.latchkey.provisioning;

import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.config.SettingsException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The plugin loader")
class PluginLoaderTest {

    private static final String SETTING = "PLUGIN_APIM_PROVIDER";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before each test.
    Path folder;

    @Test
    @DisplayName("takes the JWT plugin where none is chosen")
    void byDefault() {
        assertThat(load(PluginLoader.ofClassPath(), Map.of())).isInstanceOf(JwtProvisioningPlugin.class);
    }

    @ParameterizedTest(name = "[{0}]")
    @DisplayName("takes the JWT plugin for jwt and aws, in any case, and for blank")
    @ValueSource(strings = {"jwt", "JWT", " Jwt\n", "aws", "AWS", "", " "})
    void jwtPlugin(String slug) {
        assertThat(load(PluginLoader.ofClassPath(), Map.of(SETTING, slug))).isInstanceOf(JwtProvisioningPlugin.class);
        assertThat(load(PluginLoader.ofClassPath(), Map.of("APIM_PROVIDER", slug)))
                .isInstanceOf(JwtProvisioningPlugin.class);
    }

    @Test
    @DisplayName("refuses a slug that no plugin has, and lists those there are")
    void unknownSlug() {
        PluginLoader loader = new PluginLoader(List.of(new JwtProvisioningPlugin(), new Named("kong")));

        assertProblem(
                loader,
                "apigee",
                "PLUGIN_APIM_PROVIDER: no plugin is called \"apigee\". Found on the class path: jwt, kong");
    }

    @Test
    @DisplayName("refuses a slug that two plugins have, also where it is an alias of one")
    void twoPluginsWithOneSlug() {
        assertProblem(
                new PluginLoader(List.of(new Named("kong"), new Named("KONG"))),
                "kong",
                "more than one plugin is called");
        assertProblem(
                new PluginLoader(List.of(new JwtProvisioningPlugin(), new Named("aws"))),
                "aws",
                "more than one plugin is called \"aws\"");
        assertThat(load(
                        new PluginLoader(List.of(new JwtProvisioningPlugin(), new Named("aws"))),
                        Map.of(SETTING, "jwt")))
                .isInstanceOf(JwtProvisioningPlugin.class);
    }

    @Test
    @DisplayName("compares slugs alike in every language of the machine")
    void turkishMachine() {
        java.util.Locale before = java.util.Locale.getDefault();
        try {
            java.util.Locale.setDefault(java.util.Locale.forLanguageTag("tr-TR"));

            assertThat(load(new PluginLoader(List.of(new Named("apigee-i"))), Map.of(SETTING, "APIGEE-I")))
                    .isInstanceOf(Named.class);
        } finally {
            java.util.Locale.setDefault(before);
        }
    }

    @Test
    @DisplayName("configures the chosen plugin once, and no other")
    void configures() {
        Named chosen = new Named("kong");
        Named other = new Named("apigee");

        load(new PluginLoader(List.of(other, chosen)), Map.of(SETTING, "kong"));

        assertThat(chosen.configured).isEqualTo(1);
        assertThat(other.configured).isZero();
    }

    @Test
    @DisplayName("lets the plugin's own problems with the settings through")
    void badSettings() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> PluginLoader.ofClassPath().load(PluginContextTest.context(Map.of())))
                .withMessageContaining("PLUGIN_JWT_SECRET")
                .withMessageContaining("PLUGIN_JWT_EXPIRES_IN");
    }

    @Test
    @DisplayName("finds a plugin in a jar of the thread's class loader")
    void pluginInAJar() throws IOException {
        Path jar = jar("""
                package acme;
                public class AcmePlugin implements dev.latchkey.provisioning.ProvisioningPlugin {
                    public String slug() { return "acme"; }
                }
                """);

        inLoaderOf(jar, () -> {
            ProvisioningPlugin plugin = load(PluginLoader.ofClassPath(), Map.of(SETTING, "Acme"));

            assertThat(plugin.slug()).isEqualTo("acme");
            assertThat(plugin.getClass().getClassLoader())
                    .isNotSameAs(getClass().getClassLoader());
            assertThat(load(PluginLoader.ofClassPath(), Map.of())).isInstanceOf(JwtProvisioningPlugin.class);
        });
        assertProblem(PluginLoader.ofClassPath(), "acme", "no plugin is called \"acme\"");
    }

    @Test
    @DisplayName("names the plugin on the class path that cannot be made")
    void brokenPlugin() throws IOException {
        Path jar = jar("""
                package acme;
                public class AcmePlugin implements dev.latchkey.provisioning.ProvisioningPlugin {
                    public AcmePlugin() { throw new IllegalStateException("broken"); }
                    public String slug() { return "acme"; }
                }
                """);

        inLoaderOf(jar, () -> assertProblem(PluginLoader.ofClassPath(), "acme", "acme.AcmePlugin"));
    }

    private static void inLoaderOf(Path jar, Runnable test) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            test.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** A jar with the compiled plugin and its entry for the service loader. */
    private Path jar(String source) throws IOException {
        Path java = Files.writeString(folder.resolve("AcmePlugin.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = System.getProperty("java.class.path");
        assertThat(compiler.run(
                        null, null, null, "-proc:none", "-cp", classPath, "-d", folder.toString(), java.toString()))
                .isZero();
        Path jar = folder.resolve("acme.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry("acme/AcmePlugin.class"));
            Files.copy(folder.resolve("acme/AcmePlugin.class"), out);
            out.putNextEntry(new JarEntry("META-INF/services/" + ProvisioningPlugin.class.getName()));
            out.write("acme.AcmePlugin\n".getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static ProvisioningPlugin load(PluginLoader loader, Map<String, String> settings) {
        Map<String, String> environment =
                new HashMap<>(Map.of("PLUGIN_JWT_SECRET", SECRET, "PLUGIN_JWT_EXPIRES_IN", "30d"));
        environment.putAll(settings);
        return loader.load(PluginContextTest.context(environment));
    }

    private static void assertProblem(PluginLoader loader, String slug, String problem) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> load(loader, Map.of(SETTING, slug)))
                .withMessageContaining(problem);
    }

    private static final class Named implements ProvisioningPlugin {
        private final String slug;
        private int configured;

        Named(String slug) {
            this.slug = slug;
        }

        @Override
        public String slug() {
            return slug;
        }

        @Override
        public Set<String> aliases() {
            return Set.of();
        }

        @Override
        public void configure(PluginContext context) {
            configured++;
        }
    }
}
