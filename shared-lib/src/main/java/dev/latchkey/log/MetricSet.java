package dev.latchkey.log;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;

/**
 * CloudWatch metrics that a log record carries (CloudWatch user guide, "Embedded metric format specification"), in the
 * namespace {@code Latchkey}. Made once and used for many records.
 */
public final class MetricSet {

    private static final String NAMESPACE = "Latchkey";

    private final List<String> names;
    private final JsonArray definitions;

    /**
     * A metric.
     *
     * @param unit its unit as CloudWatch names it, such as {@code Count} or {@code Seconds}
     */
    public record Metric(String name, String unit) {

        /** A metric that counts. */
        public static Metric count(String name) {
            return new Metric(name, "Count");
        }
    }

    private MetricSet(List<Metric> metrics, JsonArray dimensions) {
        List<String> ordered = new ArrayList<>();
        List<JsonValue> described = new ArrayList<>();
        for (Metric metric : metrics) {
            ordered.add(metric.name());
            described.add(new JsonObjectBuilder()
                    .put("Name", metric.name())
                    .put("Unit", metric.unit())
                    .build());
        }
        this.names = List.copyOf(ordered);
        this.definitions = new JsonArray(List.of(new JsonObjectBuilder()
                .put("Namespace", NAMESPACE)
                .put("Dimensions", dimensions)
                .put("Metrics", new JsonArray(described))
                .build()));
    }

    /** Metrics without dimensions. */
    public static MetricSet of(Metric... metrics) {
        return new MetricSet(List.of(metrics), new JsonArray(List.of(new JsonArray(List.of()))));
    }

    /** A metric that counts, over all and by the values of a member of the record. */
    public static MetricSet counting(String name, String dimension) {
        JsonArray byDimension = new JsonArray(List.of(new JsonString(dimension)));
        return new MetricSet(
                List.of(Metric.count(name)), new JsonArray(List.of(new JsonArray(List.of()), byDimension)));
    }

    /**
     * Adds the metrics to a record.
     *
     * @param milliseconds the time, since the epoch
     * @param values a value for each metric, in their order
     */
    public void addTo(JsonObjectBuilder line, long milliseconds, long... values) {
        line.put(
                "_aws",
                new JsonObjectBuilder()
                        .put("Timestamp", milliseconds)
                        .put("CloudWatchMetrics", definitions)
                        .build());
        for (int i = 0; i < values.length; i++) {
            line.put(names.get(i), values[i]);
        }
    }
}
