package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.log.JsonLog;
import dev.latchkey.log.Metrics;
import dev.latchkey.testing.RecordingLogger;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("J10: A fetch of keys")
class KeyFetchMetricsTest {

    private final RecordingLogger log = new RecordingLogger();
    private final TurnableClock clock = new TurnableClock(TestTokens.NOW);
    private final JsonLog json = new JsonLog(log, clock);

    @Test
    @DisplayName("is counted with the age of the keys at hand")
    void counted() {
        decisions(true).keysFetched(Duration.ZERO, null);
        assertThat(log.last())
                .contains("\"level\":\"INFO\"", "\"message\":\"keys fetched\"")
                .contains("\"Metrics\":[{\"Name\":\"KeyFetches\",\"Unit\":\"Count\"},"
                        + "{\"Name\":\"KeySetAge\",\"Unit\":\"Seconds\"}]")
                .contains("\"KeyFetches\":1,\"KeySetAge\":0");
    }

    @Test
    @DisplayName("that fails is counted as a failure, too, and the age grows, so that an alarm can tell an outage")
    void failed() {
        decisions(true).keysFetched(Duration.ofSeconds(481), new IllegalStateException("down"));
        assertThat(log.last())
                .contains("\"level\":\"ERROR\"", "\"message\":\"keys not refreshed\"", "down")
                .contains("\"KeyFetches\":1,\"KeySetAge\":481,\"KeyRefreshFailures\":1");
    }

    @Test
    @DisplayName("is logged without metrics where they are off")
    void off() {
        decisions(false).keysFetched(Duration.ZERO, null);
        assertThat(log.last()).contains("keys fetched").doesNotContain("_aws", "KeyFetches");
    }

    private DecisionLog decisions(boolean counted) {
        return new DecisionLog(json, new Metrics(clock, counted, List.of()));
    }
}
