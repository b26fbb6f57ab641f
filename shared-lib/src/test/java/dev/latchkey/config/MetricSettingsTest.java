package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Metrics")
class MetricSettingsTest {

    private static final String FUNCTION = "AWS_LAMBDA_FUNCTION_NAME";

    @Test
    @DisplayName("are told apart by the name that Lambda gives a function, different in each stack")
    void byFunction() {
        MetricSettings prod = read(Map.of(FUNCTION, "prod-AuthorizerFunction-A1"));
        assertThat(prod.on()).isTrue();
        assertThat(prod.dimensions()).containsExactly(Map.of("FunctionName", "prod-AuthorizerFunction-A1"));
        assertThat(read(Map.of(FUNCTION, "test-AuthorizerFunction-B2")).dimensions())
                .doesNotContainAnyElementsOf(prod.dimensions());
    }

    @Test
    @DisplayName("are told apart by service and stage besides, where an operator names them")
    void byService() {
        assertThat(read(Map.of(FUNCTION, "f", "METRICS_SERVICE", "orders", "PLUGIN_METRICS_STAGE", "prod"))
                        .dimensions())
                .containsExactly(Map.of("FunctionName", "f"), Map.of("Service", "orders", "Stage", "prod"));
        assertThat(read(Map.of(FUNCTION, "f", "METRICS_STAGE", "prod", "METRICS_SERVICE", " "))
                        .dimensions())
                .containsExactly(Map.of("FunctionName", "f"), Map.of("Stage", "prod"));
        assertThat(read(Map.of()).dimensions()).isEmpty();
    }

    @Test
    @DisplayName("can be off")
    void off() {
        assertThat(read(Map.of(FUNCTION, "f", "METRICS", "off")).on()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {":orders", "a\nb", "é", "a\"b", "-a"})
    @DisplayName("take no name that CloudWatch would not, and the message tells which they do")
    void malformed(String name) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(Map.of("METRICS_SERVICE", name)))
                .withMessageContaining("METRICS_SERVICE: needs 1 to 128 letters, digits");
    }

    @Test
    @DisplayName("take a name of 128 characters, and none of 129")
    void length() {
        assertThat(read(Map.of("METRICS_STAGE", "a".repeat(128))).dimensions()).hasSize(1);
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(Map.of("METRICS_STAGE", "a".repeat(129))))
                .withMessageContaining("METRICS_STAGE: needs 1 to 128");
    }

    private static MetricSettings read(Map<String, String> environment) {
        SettingsReader reader = new SettingsReader(environment);
        MetricSettings settings = MetricSettings.read(reader);
        reader.throwIfAnyProblem();
        return settings;
    }
}
