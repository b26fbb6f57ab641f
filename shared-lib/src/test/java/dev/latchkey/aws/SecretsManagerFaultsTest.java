package dev.latchkey.aws;

import static dev.latchkey.aws.FaultingServer.error;
import static dev.latchkey.aws.FaultingServer.secret;
import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.aws.FaultingServer.Answer;
import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.testing.LeakGuard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Secrets Manager, when it fails,")
class SecretsManagerFaultsTest implements FaultsContract {

    private final FaultingServer server;
    private final SecretsManagerSource source = new SecretsManagerSource();

    SecretsManagerFaultsTest() throws IOException {
        server = new FaultingServer();
    }

    @BeforeAll
    static void warmUp() throws IOException {
        FaultsContract.warmUp(secret(SECRET), () -> new SecretsManagerSource().read("s"));
    }

    @Override
    public FaultingServer server() {
        return server;
    }

    @Override
    public Answer good() {
        return secret(SECRET);
    }

    @Override
    public void assertTaken() {
        assertThat(source.read("s")).isEqualTo(SECRET);
    }

    @Test
    @DisplayName("K2: is given up within 3.5 seconds when its answer comes a byte now and then")
    void dribbling() {
        server.answers(server.dribbling(20));

        assertUnavailableInTime("");
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
    @DisplayName("K4: is an error when its answer is not the JSON that was asked for, without a piece of the secret")
    void malformedAnswer() {
        server.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(("{\"SecretString\":\"" + SECRET).getBytes(StandardCharsets.UTF_8));
        });

        assertUnavailableInTime("");
    }

    @Test
    @DisplayName("K4: is an error when its answer holds no value at all")
    void withoutValue() {
        server.answers(secret("Other", "value"));

        assertUnavailableInTime("");
    }

    @Override
    public void assertUnavailableInTime(String got) {
        long start = System.nanoTime();
        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> source.read("s"))
                .withMessageContaining("the secret s ")
                .withMessageContaining(got)
                .satisfies(
                        e -> assertThat(LeakGuard.leaks(e + " " + e.getCause())).isFalse());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME);
        assertThat(Thread.interrupted()).as("the thread goes on").isFalse();
    }
}
