package dev.latchkey.local.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.local.gateway.Evidence;
import dev.latchkey.local.gateway.RequestRecord;
import dev.latchkey.local.gateway.RequestRecord.Access;
import dev.latchkey.local.machine.Payload;
import dev.latchkey.local.testing.Fixtures;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionsTest {
    private static final Payload NOTHING = new Payload(new byte[0]);

    private final Decisions decisions = new Decisions();

    @ParameterizedTest
    @CsvSource({"false,invocation,true", "true,invocation,false", "false,'',false"})
    void theAuthorizerWasAskedWhenItsAnswerIsNotKeptFromBefore(boolean cached, String invocation, boolean asked) {
        JsonNode told = told(cached, new Evidence(invocation, NOTHING, NOTHING));
        assertThat(told.path("asked").asBoolean()).isEqualTo(asked);
        assertThat(told.has("answer")).isFalse();
        assertThat(told.has("log")).isFalse();
    }

    @Test
    void theAnswersUsageKeyIsNotTold() {
        Payload answer = Fixtures.payload("{\"principalId\":\"cus_1\",\"usageIdentifierKey\":\"plan-key\"}");
        JsonNode told = told(false, new Evidence("invocation", answer, NOTHING));
        assertThat(told.path("answer").path("principalId").asText()).isEqualTo("cus_1");
        assertThat(told.toString()).doesNotContain("plan-key");
    }

    private JsonNode told(boolean cached, Evidence evidence) {
        decisions.request(new RequestRecord(
                "request-1",
                Instant.EPOCH,
                "GET",
                "/orders",
                200,
                Access.ALLOW,
                cached,
                "cus_1",
                evidence,
                Duration.ofMillis(3)));
        return decisions.of("request-1").orElseThrow();
    }
}
