package dev.latchkey.local.lambda;

import dev.latchkey.local.template.FunctionDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A function's settings as the function reads them. {@code toString()} shows their names only. */
public record FunctionSettings(Map<String, String> variables) {
    private static final String PREFIX = "PLUGIN_";

    /** Copies the variables. */
    public FunctionSettings {
        variables = Map.copyOf(variables);
    }

    /** Those of a function: what the template sets, and stronger, what is set for this run. */
    static FunctionSettings of(FunctionDefinition function, Map<String, String> overrides) {
        Map<String, String> all = new LinkedHashMap<>(function.environment());
        all.putAll(overrides);
        return new FunctionSettings(all);
    }

    /** The setting of that name, given without {@code PLUGIN_}, in either spelling; empty when it is unset or blank. */
    public Optional<String> value(String name) {
        return nonBlank(PREFIX + name).or(() -> nonBlank(name));
    }

    private Optional<String> nonBlank(String variable) {
        return Optional.ofNullable(variables.get(variable)).filter(value -> !value.isBlank());
    }

    @Override
    public String toString() {
        return "settings " + variables.keySet();
    }
}
