package dev.latchkey.moesif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.config.SettingsException;
import dev.latchkey.config.SettingsReader;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The settings of Moesif")
class MoesifSettingsTest {

    @Test
    @DisplayName("are none without an application id, and need no more than that")
    void applicationId() {
        assertThat(read(Map.of())).isEmpty();
        assertThat(read(Map.of("MOESIF_APPLICATION_ID", " "))).isEmpty();
        assertThat(read(Map.of("MOESIF_BASE_URI", "https://a.example"))).isEmpty();
        assertThat(read(Map.of("MOESIF_APPLICATION_ID", " id ")))
                .contains(new MoesifSettings("id", URI.create("https://api.moesif.net")));
        assertThat(read(Map.of("PLUGIN_MOESIF_APPLICATION_ID", "id"))).isPresent();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("take an address by https, or on this machine")
    @ValueSource(
            strings = {"https://a.example", "https://a.example:8443/path", "http://127.0.0.1:1", "http://localhost"})
    void address(String uri) {
        assertThat(read(Map.of("MOESIF_APPLICATION_ID", "id", "MOESIF_BASE_URI", uri))
                        .map(MoesifSettings::baseUri))
                .contains(URI.create(uri));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("take no other address, and say why")
    @CsvSource({
        "http://a.example,must be an https address",
        "http://127.0.0.1.a.example,must be an https address",
        "api.moesif.net,is not the address of a host",
        "https://a.example?key=1,has a query",
        "https://user@a.example,holds user information",
    })
    void otherAddress(String uri, String problem) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(Map.of("MOESIF_APPLICATION_ID", "id", "MOESIF_BASE_URI", uri)))
                .withMessageContaining("MOESIF_BASE_URI: " + problem);
    }

    @Test
    @DisplayName("take no application id that could be more than one header, and do not show it")
    void oddId() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(Map.of("MOESIF_APPLICATION_ID", "id\r\nHost: elsewhere")))
                .withMessageContaining("MOESIF_APPLICATION_ID: needs 1 to 2048 printable ASCII characters")
                .withMessageNotContaining("elsewhere");
    }

    private static Optional<MoesifSettings> read(Map<String, String> environment) {
        SettingsReader reader = new SettingsReader(environment);
        Optional<MoesifSettings> settings = MoesifSettings.read(reader);
        reader.throwIfAnyProblem();
        return settings;
    }
}
