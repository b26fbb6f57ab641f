package dev.latchkey.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.testing.TestTokens;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("M: What is kept of a request")
class IdempotencyRecordTest {

    private static final KeyClaims CLAIMS =
            new KeyClaims("cus_1", "k1", TestTokens.NOW, TestTokens.NOW.plusSeconds(3600));

    @Test
    @DisplayName("M10: is another hash with another idempotency key, so that the email cannot be tried")
    void keyed() {
        IdempotencyRecord record = record("a@b.co", "once");
        assertThat(record("a@b.co", "once").request()).isEqualTo(record.request());
        assertThat(record("a@b.co", "twice").request()).isNotEqualTo(record.request());
        assertThat(record("c@b.co", "once").request()).isNotEqualTo(record.request());
    }

    private static IdempotencyRecord record(String email, String idempotencyKey) {
        NewKey wanted =
                new NewKey("cus_1", email, idempotencyKey, KeyRecord.Details.none(), List.of(), null, null, "invoke");
        return Objects.requireNonNull(IdempotencyRecord.of(wanted, CLAIMS));
    }
}
