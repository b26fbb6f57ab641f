package dev.latchkey.benchmarks;

/**
 * What one contestant took.
 *
 * @param group what was measured together and can be compared, such as {@code cold, static key}
 * @param id its name in the targets and in the JSON, such as {@code cold.static.latchkey-managed}
 * @param label its name in tables and charts
 * @param unit such as {@code ms}
 */
public record Measurement(String group, String id, String label, String unit, Samples samples) {

    /** Tells whether it is Latchkey's own. */
    public boolean isOurs() {
        return label.startsWith("Latchkey");
    }
}
