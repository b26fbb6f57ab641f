package dev.latchkey.aws;

import static dev.latchkey.aws.FaultingServer.body;
import static dev.latchkey.aws.FaultingServer.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.aws.FaultingServer.Answer;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.provisioning.IdempotencyRecord;
import dev.latchkey.provisioning.IdempotencyUnavailableException;
import dev.latchkey.testing.TestTokens;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("DynamoDB, when it fails,")
class DynamoDbFaultsTest implements FaultsContract {

    private static final Answer KEPT = body(200, new JsonObject(Map.of()));
    private static final IdempotencyRecord PROPOSED = new IdempotencyRecord(
            "id",
            "request",
            new KeyClaims("cus_1", "key_1", TestTokens.NOW, TestTokens.NOW.plusSeconds(60)),
            TestTokens.NOW.plusSeconds(60));

    private final FaultingServer server;
    private final DynamoDbIdempotencyRecords records = new DynamoDbIdempotencyRecords("keys");

    DynamoDbFaultsTest() throws IOException {
        server = new FaultingServer();
    }

    @BeforeAll
    static void warmUp() throws IOException {
        FaultsContract.warmUp(KEPT, () -> new DynamoDbIdempotencyRecords("keys").first(PROPOSED));
    }

    @Override
    public FaultingServer server() {
        return server;
    }

    @Override
    public Answer good() {
        return KEPT;
    }

    @Override
    public void assertTaken() {
        assertThat(records.first(PROPOSED)).isEqualTo(PROPOSED);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is asked once when it refuses, and the error names the table and the refusal")
    @CsvSource({"AccessDeniedException", "ResourceNotFoundException", "ValidationException"})
    void refused(String type) {
        server.answers(error(400, type));

        assertUnavailableInTime(type);
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    @DisplayName("is an error when it says that there is an earlier record, and does not give it")
    void withoutTheRecord() {
        server.answers(error(400, "ConditionalCheckFailedException"));

        assertUnavailableInTime("a record without the text keyId");
    }

    @Override
    public void assertUnavailableInTime(String got) {
        long start = System.nanoTime();
        assertThatExceptionOfType(IdempotencyUnavailableException.class)
                .isThrownBy(() -> records.first(PROPOSED))
                .withMessageStartingWith("idempotency records cannot be had from the DynamoDB table keys, got " + got);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME);
    }
}
