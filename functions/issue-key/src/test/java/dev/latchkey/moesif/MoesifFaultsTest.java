package dev.latchkey.moesif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.Collector;
import dev.latchkey.testing.LeakGuard;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Moesif, when it fails,")
class MoesifFaultsTest {

    private static final Customer CUSTOMER = new Customer("cus_1", "a@b.co", "sub_1");
    private static final String LATE = "no answer within 900 ms";

    /** One second, and what a busy machine needs besides. */
    private static final Duration IN_TIME = Duration.ofSeconds(3);

    @BeforeAll
    static void loadTheSdk() throws IOException {
        try (Collector collector = new Collector()) {
            assertThat(TestReporter.patient(collector.uri()).provisioned(CUSTOMER))
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is known by its status, for each thing it was told")
    @ValueSource(ints = {301, 400, 401, 413, 429, 500, 503})
    void status(int status) throws IOException {
        try (Collector collector = new Collector()) {
            collector.answer(status);

            assertThat(TestReporter.patient(collector.uri()).provisioned(CUSTOMER))
                    .extracting(String::strip)
                    .containsExactly(
                            "user: HTTP Response [" + status + "] Not OK:",
                            "company: HTTP Response [" + status + "] Not OK:",
                            "subscription: HTTP Response [" + status + "] Not OK:");
            assertThat(collector.requests()).as("nothing is sent twice").hasSize(3);
        }
    }

    @ParameterizedTest(name = "[{0}]")
    @DisplayName("is given up after a second, with its connections and threads, where it does not answer in time")
    @ValueSource(strings = {"", "HTTP/1.1 "})
    void slow(String beginning) throws Exception {
        try (RawServer server = new RawServer(beginning, false)) {
            long start = System.nanoTime();
            List<String> failures = TestReporter.usual(server.uri()).keyCreated(CUSTOMER, "key_1", Instant.EPOCH);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME);
            assertThat(failures)
                    .containsExactly("user: " + LATE, "company: " + LATE, "subscription: " + LATE, "action: " + LATE);
            assertThat(TestReporter.threadsLeft()).isEmpty();
            assertThat(server.connectionsLeft()).isZero();
        }
    }

    @Test
    @DisplayName("is given up at once where nobody listens")
    void deadPort() throws Exception {
        String uri;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            uri = "http://127.0.0.1:" + free.getLocalPort();
        }

        assertThat(TestReporter.patient(uri).provisioned(CUSTOMER))
                .hasSize(3)
                .allSatisfy(failure -> assertThat(failure).contains("ConnectException"));
        assertThat(TestReporter.threadsLeft()).isEmpty();
    }

    @ParameterizedTest(name = "[{0}]")
    @DisplayName("is not believed where it does not speak HTTP/1.1")
    @CsvSource({"''", "HTTP/2 201", "HTTP/1.1 20", "HTTP/1.1 2010 x", "201", "SSH-2.0-OpenSSH"})
    void noHttp(String line) throws Exception {
        try (RawServer server = new RawServer(line + "\r\n\r\n", true)) {
            assertThat(TestReporter.patient(server.uri()).provisioned(CUSTOMER))
                    .hasSize(3)
                    .allSatisfy(failure -> assertThat(failure).contains("no HTTP/1.1 answer"));
        }
    }

    @Test
    @DisplayName("is not read on for ever where it answers with a line without an end")
    void endlessLine() throws Exception {
        try (RawServer server = new RawServer("HTTP/1.1 201 " + "x".repeat(1_000_000), false)) {
            assertThat(TestReporter.patient(server.uri()).provisioned(CUSTOMER))
                    .hasSize(3)
                    .allSatisfy(failure -> assertThat(failure).contains("no HTTP/1.1 answer"));
        }
    }

    @Test
    @DisplayName("is told nothing where it does not show itself by a certificate")
    void noTls() throws IOException {
        try (Collector collector = new Collector()) {
            List<String> failures = TestReporter.usual(collector.uri().replace("http:", "https:"))
                    .keyCreated(CUSTOMER, "key_1", Instant.EPOCH);

            assertThat(failures).hasSize(4);
            assertThat(collector.requests()).isEmpty();
        }
    }

    @Test
    @DisplayName("is never quoted with the application's id")
    void applicationId() throws IOException {
        try (Collector collector = new Collector()) {
            collector.answer(401);
            assertThat(LeakGuard.leaks(TestReporter.patient(collector.uri())
                            .provisioned(CUSTOMER)
                            .toString()))
                    .isFalse();
        }
        assertThat(TestReporter.settings("https://a.example")).hasToString("Moesif at https://a.example");
    }

    /** Takes requests, writes a text to each, and then ends the connection, or does nothing more. */
    private static final class RawServer implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final BlockingQueue<Socket> connections = new LinkedBlockingQueue<>();
        private final String answer;
        private final boolean ends;

        RawServer(String answer, boolean ends) throws IOException {
            this.answer = answer;
            this.ends = ends;
            Thread thread = new Thread(this::serve);
            thread.setDaemon(true);
            thread.start();
        }

        String uri() {
            return "http://127.0.0.1:" + server.getLocalPort();
        }

        private void serve() {
            while (!server.isClosed()) {
                try {
                    Socket connection = server.accept();
                    connections.add(connection);
                    Thread thread = new Thread(() -> answer(connection));
                    thread.setDaemon(true);
                    thread.start();
                } catch (IOException closed) {
                    return;
                }
            }
        }

        private void answer(Socket connection) {
            try {
                byte[] request = new byte[64 * 1024];
                int unused = connection.getInputStream().read(request);
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                if (ends) {
                    connection.close();
                }
            } catch (IOException gone) {
                return;
            }
        }

        /** How many connections the other side does not close within ten seconds. */
        int connectionsLeft() throws IOException, InterruptedException {
            int left = 0;
            for (Socket next = connections.poll(1, TimeUnit.SECONDS); next != null; next = connections.poll()) {
                next.setSoTimeout(10_000);
                if (!isClosed(next.getInputStream())) {
                    left++;
                }
            }
            return left;
        }

        private static boolean isClosed(InputStream in) {
            try {
                long unused = in.transferTo(OutputStream.nullOutputStream());
                return true;
            } catch (SocketTimeoutException open) {
                return false;
            } catch (IOException reset) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        }
    }
}
