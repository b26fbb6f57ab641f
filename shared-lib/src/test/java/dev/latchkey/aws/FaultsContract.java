package dev.latchkey.aws;

import static dev.latchkey.aws.FaultingServer.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.aws.FaultingServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What whoever asks an AWS service does when the service fails. */
interface FaultsContract {

    /** How soon a request must be given up. */
    Duration IN_TIME = Duration.ofMillis(3500);

    /** The service. */
    FaultingServer server();

    /** What it answers when it does not fail. */
    Answer good();

    /** Asks it, and asserts that the good answer is taken. */
    void assertTaken();

    /** Asks it, and asserts that it is an error in time, which tells what was got. */
    void assertUnavailableInTime(String got);

    /** Asks a server once, so that no test pays for the loading of classes. */
    static void warmUp(Answer good, Runnable asking) throws IOException {
        try (FaultingServer server = new FaultingServer()) {
            AwsVariables.set(server.endpoint());
            server.answers(good);
            asking.run();
        }
    }

    @BeforeEach
    default void pointToServer() {
        AwsVariables.set(server().endpoint());
    }

    @AfterEach
    default void stopServer() {
        server().close();
    }

    @AfterAll
    static void clearVariables() {
        AwsVariables.clear();
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("K1: is asked again when it throttles or is out of order, and its good answer is taken")
    @CsvSource({
        "400,ProvisionedThroughputExceededException",
        "400,ThrottlingException",
        "500,InternalServerError",
        "500,InternalServiceError",
        "503,ServiceUnavailable"
    })
    default void onceMore(int status, String type) {
        server().answers(error(status, type), error(status, type), good());

        assertTaken();
        assertThat(server().requests()).isEqualTo(3);
    }

    @Test
    @DisplayName("K1: is asked three times at most when it throttles on, within the deadline")
    default void throttledForLong() {
        server().answers(error(400, "ThrottlingException"));

        assertUnavailableInTime("ThrottlingException");
        assertThat(server().requests()).isEqualTo(3);
    }

    @Test
    @DisplayName("K2: is given up within 3.5 seconds when its answer takes 20")
    default void slow() {
        server().answers(server().after(20, good()));

        assertUnavailableInTime("");
        assertThat(server().requests()).isBetween(1, 3);
    }

    @Test
    @DisplayName("K3: is an error within 3.5 seconds when nobody listens")
    default void connectionRefused() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AwsVariables.set("http://127.0.0.1:" + free.getLocalPort());
        }

        assertUnavailableInTime("SdkClientException");
    }
}
