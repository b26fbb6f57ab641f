package dev.latchkey.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of all settings.
 *
 * @param name the setting's name without {@code PLUGIN_}
 * @param side who reads it
 * @param others good settings besides
 * @param good a good value and what it shows as
 * @param other another good value
 * @param absent what the side shows without it; null where it is required
 * @param malformed a bad value; null where every text is good
 * @param problem what the message says of the bad value
 * @param reading reads settings and shows what became of this one
 */
record SettingTrial(
        String name,
        String side,
        Map<String, String> others,
        Map.Entry<String, String> good,
        String other,
        @Nullable String absent,
        @Nullable String malformed,
        String problem,
        Function<Map<String, String>, String> reading) {

    String prefixed() {
        return "PLUGIN_" + name;
    }

    /** What the side shows with its other settings and these. */
    String read(Map<String, String> settings) {
        Map<String, String> environment = new LinkedHashMap<>(others);
        environment.putAll(settings);
        return reading.apply(Collections.unmodifiableMap(environment));
    }

    @Override
    public String toString() {
        return name + " (" + side + ")";
    }
}
