package dev.latchkey.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a function's metrics are counted by.
 *
 * @param on whether there are metrics at all
 * @param dimensions sets of dimensions, each with its values: the function's name, which tells functions and stacks apart,
 *     and what the settings give it besides
 */
public record MetricSettings(boolean on, List<Map<String, String>> dimensions) {

    /** Lambda, Defined runtime environment variables. */
    private static final String FUNCTION_NAME = "AWS_LAMBDA_FUNCTION_NAME";

    /** What a dimension's value may be, and stays readable in a console (CloudWatch API reference, Dimension). */
    private static final String VALUE = "[A-Za-z0-9][A-Za-z0-9 ._/#-]{0,127}";

    /** Reads them. */
    public static MetricSettings read(SettingsReader reader) {
        List<Map<String, String>> dimensions = new ArrayList<>();
        String function = reader.variableOfAws(FUNCTION_NAME);
        if (!function.isBlank()) {
            dimensions.add(Map.of("FunctionName", function));
        }
        Map<String, String> further = new LinkedHashMap<>();
        put(further, "Service", reader, Settings.METRICS_SERVICE);
        put(further, "Stage", reader, Settings.METRICS_STAGE);
        if (!further.isEmpty()) {
            dimensions.add(further);
        }
        return new MetricSettings(reader.isUsual(Settings.METRICS), List.copyOf(dimensions));
    }

    private static void put(Map<String, String> dimensions, String dimension, SettingsReader reader, Setting setting) {
        Optional<String> value = reader.text(setting);
        if (value.isEmpty()) {
            return;
        }
        if (!value.get().matches(VALUE)) {
            reader.problem(
                    setting,
                    "needs 1 to 128 letters, digits, spaces and ._/#-, a letter or digit first, such as "
                            + setting.example());
        }
        dimensions.put(dimension, value.get());
    }
}
