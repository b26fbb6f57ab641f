package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Published.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("What is published")
@Timeout(20)
class PublishedOverHttpTest {

    private static final String HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/statuslist+jwt\r\n";

    @Test
    @DisplayName("is read with its status and type")
    void read() throws IOException {
        Document document = served(HEAD + "content-length: 5\r\n\r\na.b.c", 0, 10);
        assertThat(document).isEqualTo(new Document(200, "application/statuslist+jwt", "a.b.c"));
    }

    @Test
    @DisplayName("is waited for no longer than the bound, however slowly it comes")
    void trickling() throws IOException {
        Document document = served(HEAD + "content-length: 900000\r\n\r\n", 1000, 1);
        assertThat(document.status()).isZero();
        assertThat(document.body()).startsWith("no whole answer within 1 s of http://127.0.0.1:");
    }

    @Test
    @DisplayName("is no more than a megabyte")
    void endless() throws IOException {
        Document document = served(HEAD + "\r\n" + "x".repeat(1024 * 1024 + 1), 0, 10);
        assertThat(document.body()).startsWith("more than 1048576 bytes of http://127.0.0.1:");
    }

    @Test
    @DisplayName("is nothing at an address that is none")
    void noAddress() {
        assertThat(new PublishedOverHttp().get("a b").status()).isZero();
    }

    /** What came of a server that sends this text, and then so many bytes, one each 50 ms, to who waits so long. */
    private static Document served(String text, int further, int seconds) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answer(server, text, further));
            thread.setDaemon(true);
            thread.start();
            return new PublishedOverHttp(Duration.ofSeconds(seconds))
                    .get("http://127.0.0.1:" + server.getLocalPort() + "/1");
        }
    }

    private static void answer(ServerSocket server, String text, int further) {
        try (Socket socket = server.accept();
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            StringBuilder request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                request.append((char) in.read());
            }
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            for (int i = 0; i < further; i++) {
                Thread.sleep(50);
                out.write('x');
                out.flush();
            }
        } catch (IOException gone) {
            // The reader has enough.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
