package dev.latchkey.aws;

import static dev.latchkey.aws.FaultingServer.error;
import static dev.latchkey.aws.FaultingServer.secret;
import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.testing.LeakGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Secrets Manager, when it fails,")
class SecretsManagerFaultsTest {

    private static final Duration IN_TIME = Duration.ofMillis(3500);

    private final FaultingServer server;
    private final SecretsManagerSource source = new SecretsManagerSource();

    SecretsManagerFaultsTest() throws IOException {
        server = new FaultingServer();
    }

    @BeforeAll
    static void warmUp() throws IOException {
        try (FaultingServer server = new FaultingServer()) {
            AwsVariables.set(server.endpoint());
            server.answers(secret(SECRET));
            new SecretsManagerSource().read("s");
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

    @Test
    @DisplayName("K1: is asked again when it throttles, and its good answer is taken")
    void throttledTwice() {
        server.answers(error(400, "ThrottlingException"), error(400, "ThrottlingException"), secret(SECRET));

        assertThat(source.read("s")).isEqualTo(SECRET);
        assertThat(server.requests()).isEqualTo(3);
    }

    @Test
    @DisplayName("K1: is asked three times at most when it throttles on, within the deadline")
    void throttledForLong() {
        server.answers(error(400, "ThrottlingException"));

        assertUnavailableInTime();
        assertThat(server.requests()).isEqualTo(3);
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("K1: is asked again when it says that it is out of order")
    @CsvSource({"500,InternalServiceError", "503,ServiceUnavailable"})
    void outOfOrder(int status, String type) {
        server.answers(error(status, type), error(status, type), secret(SECRET));

        assertThat(source.read("s")).isEqualTo(SECRET);
        assertThat(server.requests()).isEqualTo(3);
    }

    @Test
    @DisplayName("K2: is given up within 3.5 seconds when its answer takes 20")
    void slow() {
        server.answers(server.after(20, secret(SECRET)));

        assertUnavailableInTime();
        assertThat(server.requests()).isBetween(1, 3);
    }

    @Test
    @DisplayName("K2: is given up within 3.5 seconds when its answer comes a byte now and then")
    void dribbling() {
        server.answers(server.dribbling(20));

        assertUnavailableInTime();
    }

    @Test
    @DisplayName("K2: is asked again when one answer takes too long")
    void slowOnce() {
        server.answers(server.after(20, secret(SECRET)), secret(SECRET));

        assertThat(source.read("s")).isEqualTo(SECRET);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("K3: is asked once when it refuses, and the error names the secret and the refusal")
    @CsvSource({"AccessDeniedException", "ResourceNotFoundException", "InvalidRequestException", "DecryptionFailure"})
    void refused(String type) {
        server.answers(error(400, type));

        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> source.read("my/secret"))
                .withMessage("the secret my/secret cannot be read from Secrets Manager, got " + type);
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    @DisplayName("K3: is an error within 3.5 seconds when nobody listens")
    void connectionRefused() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AwsVariables.set("http://127.0.0.1:" + free.getLocalPort());
        }

        assertUnavailableInTime();
    }

    @Test
    @DisplayName("K4: is an error when its answer is not the JSON that was asked for, without a piece of the secret")
    void malformedAnswer() {
        server.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(("{\"SecretString\":\"" + SECRET).getBytes(StandardCharsets.UTF_8));
        });

        assertUnavailableInTime();
    }

    @Test
    @DisplayName("K4: is an error when its answer holds no value at all")
    void withoutValue() {
        server.answers(secret("Other", "value"));

        assertUnavailableInTime();
    }

    private void assertUnavailableInTime() {
        long start = System.nanoTime();
        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> source.read("s"))
                .withMessageContaining("the secret s ")
                .satisfies(
                        e -> assertThat(LeakGuard.leaks(e + " " + e.getCause())).isFalse());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME);
        assertThat(Thread.interrupted()).as("the thread goes on").isFalse();
    }
}
