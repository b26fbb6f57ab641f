package dev.latchkey.log;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CloudWatch metrics that one kind of log record carries, in their order. {@link Metrics} puts them into records. */
public final class MetricSet {

    private final List<String> names;
    private final JsonArray definitions;
    private final @Nullable String member;

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

    private MetricSet(List<Metric> metrics, @Nullable String member) {
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
        this.definitions = new JsonArray(described);
        this.member = member;
    }

    /** Metrics by the dimensions that all metrics of a function have. */
    public static MetricSet of(Metric... metrics) {
        return new MetricSet(List.of(metrics), null);
    }

    /** A metric that counts, by these dimensions, and once more by them and the values of a member of the record. */
    public static MetricSet counting(String name, String member) {
        return new MetricSet(List.of(Metric.count(name)), member);
    }

    List<String> names() {
        return names;
    }

    JsonArray definitions() {
        return definitions;
    }

    /** The member of the record that is a further dimension; null where there is none. */
    @Nullable
    String member() {
        return member;
    }
}
