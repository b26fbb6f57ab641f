package dev.latchkey.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.provisioning.RequestMemory.Remembered;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A memory of requests")
class RequestMemoryTest {

    private final Map<String, IdempotencyRecord> records = new ConcurrentHashMap<>();
    private final RequestMemory memory = new RequestMemory(
            proposed -> {
                IdempotencyRecord first = records.putIfAbsent(proposed.id(), proposed);
                return first == null ? proposed : first;
            },
            new TurnableClock(TestTokens.NOW));

    @Test
    @DisplayName("tells the first of a request from its repetitions, which have its id")
    void repetitions() {
        Remembered first = remembered("cus_1", "a@b.co", "order 1");
        Remembered again = remembered("cus_1", "a@b.co", "order 1");

        assertThat(first.isFirst()).isTrue();
        assertThat(again).isEqualTo(new Remembered(first.id(), false));
        assertThat(remembered("cus_1", "a@b.co", "order 2").id()).isNotEqualTo(first.id());
        assertThat(remembered("cus_2", "a@b.co", "order 1").isFirst()).isTrue();
        assertThat(first.id()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    @Test
    @DisplayName("tells one of many at once that it is the first")
    void atOnce() {
        List<Remembered> all = IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> remembered("cus_1", "a@b.co", "order 1"))
                .toList();

        assertThat(all).filteredOn(Remembered::isFirst).hasSize(1);
        assertThat(all).extracting(Remembered::id).containsOnly(all.get(0).id());
    }

    @Test
    @DisplayName("refuses another request with the same idempotency key, and keeps nothing of one without")
    void others() {
        remembered("cus_1", "a@b.co", "order 1");

        assertThatExceptionOfType(ProvisioningException.class)
                .isThrownBy(() -> remembered("cus_1", "other@b.co", "order 1"))
                .extracting(ProvisioningException::kind)
                .isEqualTo(ProvisioningException.Kind.CONFLICT);
        assertThat(memory.remember(wanted("cus_1", "a@b.co", null))).isNull();
        assertThat(records).hasSize(1);
    }

    private Remembered remembered(String customerId, String email, String idempotencyKey) {
        return Objects.requireNonNull(memory.remember(wanted(customerId, email, idempotencyKey)));
    }

    private static NewKey wanted(String customerId, String email, @Nullable String idempotencyKey) {
        return new NewKey(customerId, email, idempotencyKey, KeyRecord.Details.none(), List.of(), null, null, "test");
    }
}
