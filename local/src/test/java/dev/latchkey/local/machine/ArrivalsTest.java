package dev.latchkey.local.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Arrivals<String> arrivals = new Arrivals<>();

    @Test
    void aValueThatIsThereIsGivenAtOnceAndTheFirstOneCounts() {
        arrivals.put("a", "first");
        arrivals.put("a", "second");
        assertThat(arrivals.get("a", Duration.ZERO)).contains("first");
        assertThat(arrivals.get("b", Duration.ZERO)).isEmpty();
    }

    @Test
    void aValueMayBeAskedForBeforeItComes() {
        CompletableFuture<Optional<String>> asked = CompletableFuture.supplyAsync(() -> arrivals.get("a", LONG));
        arrivals.put("a", "late");
        assertThat(asked.join()).contains("late");
    }

    @Test
    void theOldestOfMoreThanAThousandIsForgotten() {
        for (int i = 0; i < 1000; i++) {
            arrivals.put("id" + i, "value");
        }
        assertThat(arrivals.get("id0", Duration.ZERO)).contains("value");
        arrivals.put("id1000", "value");
        assertThat(arrivals.get("id1", Duration.ZERO)).contains("value");
        assertThat(arrivals.get("id0", Duration.ZERO)).isEmpty();
    }
}
