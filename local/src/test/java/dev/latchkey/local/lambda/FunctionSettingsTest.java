package dev.latchkey.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.template.FunctionDefinition;
import dev.latchkey.local.testing.Fixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionSettingsTest {

    @Test
    void aSettingIsReadInEitherSpellingAndBlankIsUnset() {
        FunctionSettings settings = new FunctionSettings(Map.of(
                "PLUGIN_JWT_KID", "prefixed", "JWT_ISSUER", "bare", "PLUGIN_JWT_ISSUER", " ", "JWT_AUDIENCE", ""));
        assertThat(settings.value("JWT_KID")).contains("prefixed");
        assertThat(settings.value("JWT_ISSUER")).contains("bare");
        assertThat(settings.value("JWT_AUDIENCE")).isEmpty();
        assertThat(settings.value("JWT_ALGORITHM")).isEmpty();
    }

    @Test
    void whatIsSetForThisRunWinsOverTheTemplate() {
        FunctionDefinition function =
                Fixtures.function(Path.of("fixture.zip"), "FixtureHandler", Duration.ofSeconds(1));
        FunctionSettings settings = FunctionSettings.of(function, Map.of("OVERRIDDEN", "run"));
        assertThat(settings.value("OVERRIDDEN")).contains("run");
        assertThat(settings.value("FROM_TEMPLATE")).contains("template");
    }

    @Test
    void valuesAreNotPrinted() {
        assertThat(new FunctionSettings(Map.of("PLUGIN_JWT_SECRET", "secret-text")))
                .hasToString("settings [PLUGIN_JWT_SECRET]");
    }
}
