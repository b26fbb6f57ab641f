package dev.latchkey.log;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonString;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes log records CloudWatch metrics as well (CloudWatch user guide, "Embedded metric format specification"), in the
 * namespace {@code Latchkey}. Every metric has the dimensions that are given here, by which functions and stacks are told
 * apart. Thread-safe.
 */
public final class Metrics {

    private static final String NAMESPACE = "Latchkey";

    private final Clock clock;
    private final boolean on;
    private final List<List<JsonValue>> dimensions = new ArrayList<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * Metrics by these dimensions.
     *
     * @param on whether there are metrics at all
     * @param dimensions sets of dimensions, each with its values; a metric is counted once by each set, and without
     *     dimensions where there is no set
     */
    public Metrics(Clock clock, boolean on, List<Map<String, String>> dimensions) {
        this.clock = clock;
        this.on = on;
        for (Map<String, String> set : dimensions) {
            List<JsonValue> names = new ArrayList<>();
            for (Map.Entry<String, String> dimension : set.entrySet()) {
                names.add(new JsonString(dimension.getKey()));
                values.put(dimension.getKey(), dimension.getValue());
            }
            this.dimensions.add(names);
        }
        if (this.dimensions.isEmpty()) {
            this.dimensions.add(List.of());
        }
    }

    /** Tells whether there are metrics at all. */
    public boolean areOn() {
        return on;
    }

    /**
     * Adds metrics to a record, or nothing where there are none.
     *
     * @param amounts the amount of each metric, in their order
     */
    public void add(JsonObjectBuilder line, MetricSet set, long... amounts) {
        if (!on) {
            return;
        }
        JsonObjectBuilder directive = new JsonObjectBuilder()
                .put("Namespace", NAMESPACE)
                .put("Dimensions", dimensions(set))
                .put("Metrics", set.definitions());
        line.put(
                "_aws",
                new JsonObjectBuilder()
                        .put("Timestamp", clock.millis())
                        .put("CloudWatchMetrics", new JsonArray(List.of(directive.build())))
                        .build());
        for (Map.Entry<String, String> value : values.entrySet()) {
            line.put(value.getKey(), value.getValue());
        }
        for (int i = 0; i < amounts.length; i++) {
            line.put(set.names().get(i), amounts[i]);
        }
    }

    private JsonArray dimensions(MetricSet set) {
        List<JsonValue> all = new ArrayList<>();
        for (List<JsonValue> names : dimensions) {
            all.add(new JsonArray(names));
            if (set.member() != null) {
                List<JsonValue> further = new ArrayList<>(names);
                further.add(new JsonString(set.member()));
                all.add(new JsonArray(further));
            }
        }
        return new JsonArray(all);
    }
}
