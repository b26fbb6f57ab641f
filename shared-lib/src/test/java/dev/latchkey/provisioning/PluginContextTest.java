package dev.latchkey.provisioning;

import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.Secrets;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A plugin's context")
class PluginContextTest {

    @Test
    @DisplayName("gives a variable by its name, and else by the name without PLUGIN_")
    void fallback() {
        assertThat(context(Map.of("PLUGIN_A", "p", "A", "a")).getConfig("PLUGIN_A"))
                .contains("p");
        assertThat(context(Map.of("A", "a")).getConfig("PLUGIN_A")).contains("a");
        assertThat(context(Map.of("PLUGIN_A", "", "A", "a")).getConfig("PLUGIN_A"))
                .contains("a");
        assertThat(context(Map.of()).getConfig("PLUGIN_A")).isEmpty();
        assertThat(context(Map.of("PLUGIN_A", "", "A", "")).getConfig("PLUGIN_A"))
                .isEmpty();
    }

    @Test
    @DisplayName("does not give the variable with PLUGIN_ for a name without, as the portal's does not")
    void noOtherFallback() {
        assertThat(context(Map.of("PLUGIN_A", "p")).getConfig("A")).isEmpty();
    }

    @Test
    @DisplayName("gives values as they stand, white space included")
    void asTheyStand() {
        assertThat(context(Map.of("PLUGIN_A", " v\n")).getConfig("PLUGIN_A")).contains(" v\n");
        assertThat(context(Map.of("PLUGIN_A", " ")).getConfig("PLUGIN_A")).contains(" ");
    }

    @Test
    @DisplayName("copies the variables, and shows none of them as text")
    void copiesAndHides() {
        Map<String, String> environment = new HashMap<>(Map.of("PLUGIN_JWT_SECRET", SECRET));
        PluginContext context = context(environment);

        environment.clear();

        assertThat(context.getConfig("PLUGIN_JWT_SECRET")).isPresent();
        assertThat(context).hasToString("plugin context of 1 variables");
    }

    static PluginContext context(Map<String, String> environment) {
        return new PluginContext(
                environment,
                new Secrets(
                        extension -> {
                            throw new AssertionError("no secret is needed");
                        },
                        new TurnableClock(TestTokens.NOW),
                        (age, failure) -> {}),
                table -> {
                    throw new AssertionError("no table is needed");
                });
    }
}
