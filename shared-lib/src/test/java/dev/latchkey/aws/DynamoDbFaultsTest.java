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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("DynamoDB, when it fails,")
class DynamoDbFaultsTest {

    private static final Duration IN_TIME = Duration.ofMillis(3500);
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
        try (FaultingServer server = new FaultingServer()) {
            AwsVariables.set(server.endpoint());
            server.answers(KEPT);
            new DynamoDbIdempotencyRecords("keys").first(PROPOSED);
        }
    }

    @BeforeEach
    void pointToServer() {
        AwsVariables.set(server.endpoint());
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @AfterAll
    static void clearVariables() {
        AwsVariables.clear();
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("is asked again when it throttles or is out of order, and its good answer is taken")
    @CsvSource({
        "400,ProvisionedThroughputExceededException",
        "400,ThrottlingException",
        "500,InternalServerError",
        "503,ServiceUnavailable"
    })
    void onceMore(int status, String type) {
        server.answers(error(status, type), error(status, type), KEPT);

        assertThat(records.first(PROPOSED)).isEqualTo(PROPOSED);
        assertThat(server.requests()).isEqualTo(3);
    }

    @Test
    @DisplayName("is asked three times at most when it throttles on, within the deadline")
    void throttledForLong() {
        server.answers(error(400, "ThrottlingException"));

        assertUnavailableInTime("ThrottlingException");
        assertThat(server.requests()).isEqualTo(3);
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

    @Test
    @DisplayName("is given up within 3.5 seconds when its answer takes 20")
    void slow() {
        server.answers(server.after(20, KEPT));

        assertUnavailableInTime("");
        assertThat(server.requests()).isBetween(1, 3);
    }

    @Test
    @DisplayName("is an error within 3.5 seconds when nobody listens")
    void connectionRefused() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AwsVariables.set("http://127.0.0.1:" + free.getLocalPort());
        }

        assertUnavailableInTime("SdkClientException");
    }

    private void assertUnavailableInTime(String got) {
        long start = System.nanoTime();
        assertThatExceptionOfType(IdempotencyUnavailableException.class)
                .isThrownBy(() -> records.first(PROPOSED))
                .withMessageStartingWith("idempotency records cannot be had from the DynamoDB table keys, got " + got);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME);
    }
}
