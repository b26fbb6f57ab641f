package dev.latchkey.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.log.MetricSet.Metric;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A metric")
class MetricsTest {

    private static final MetricSet FETCHED =
            MetricSet.of(Metric.count("KeyFetches"), new Metric("KeySetAge", "Seconds"));

    @Test
    @DisplayName("Q4: is counted by the function's name, which is a member of the record, as CloudWatch wants it")
    void byFunction() {
        assertThat(record(FETCHED, List.of(Map.of("FunctionName", "keys-prod-Door-1")), 1, 481))
                .isEqualTo("{\"_aws\":{\"Timestamp\":1772366400000,\"CloudWatchMetrics\":[{\"Namespace\":\"Latchkey\","
                        + "\"Dimensions\":[[\"FunctionName\"]],"
                        + "\"Metrics\":[{\"Name\":\"KeyFetches\",\"Unit\":\"Count\"},{\"Name\":\"KeySetAge\",\"Unit\":\"Seconds\"}]}]},"
                        + "\"FunctionName\":\"keys-prod-Door-1\",\"KeyFetches\":1,\"KeySetAge\":481}");
    }

    @Test
    @DisplayName("is counted once more by each further set of dimensions, and in each by the member of the record")
    void byMore() {
        Map<String, String> further = new LinkedHashMap<>();
        further.put("Service", "orders");
        further.put("Stage", "prod");
        assertThat(record(MetricSet.counting("Denied", "reason"), List.of(Map.of("FunctionName", "f"), further), 1))
                .contains("\"Dimensions\":[[\"FunctionName\"],[\"FunctionName\",\"reason\"],"
                        + "[\"Service\",\"Stage\"],[\"Service\",\"Stage\",\"reason\"]]")
                .contains("\"FunctionName\":\"f\",\"Service\":\"orders\",\"Stage\":\"prod\",\"Denied\":1");
    }

    @Test
    @DisplayName(
            "has no dimension where nothing is known by which to tell it apart, since CloudWatch wants a list of sets")
    void byNothing() {
        assertThat(record(FETCHED, List.of(), 1, 0)).contains("\"Dimensions\":[[]]");
    }

    @Test
    @DisplayName("is not in a record where metrics are off")
    void off() {
        Metrics metrics = new Metrics(new TurnableClock(TestTokens.NOW), false, List.of(Map.of("FunctionName", "f")));
        JsonObjectBuilder line = new JsonObjectBuilder();
        metrics.add(line, FETCHED, 1, 0);
        assertThat(line.build().members()).isEmpty();
        assertThat(metrics.areOn()).isFalse();
    }

    private static String record(MetricSet set, List<Map<String, String>> dimensions, long... amounts) {
        JsonObjectBuilder line = new JsonObjectBuilder();
        new Metrics(new TurnableClock(TestTokens.NOW), true, dimensions).add(line, set, amounts);
        return line.build().toString();
    }
}
