package dev.latchkey.local.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackServerTest {

    @DisplayName("T1: only this machine's own names are answered")
    @ParameterizedTest
    @CsvSource({
        "Host: 127.0.0.1:1, 200",
        "Host: localhost, 200",
        "Host: LocalHost:3000, 200",
        "Host: evil.example, 403",
        "Host: evil.example:3000, 403",
        "Host: 127.0.0.1.evil.example, 403",
        "Host: localhost.evil.example:80, 403",
        "Host: 127.0.0.1:80@evil.example, 403"
    })
    void onlyThisMachinesNamesAreAnswered(String host, int status) throws IOException {
        try (LoopbackServer server = LoopbackServer.start(
                "test", 0, "", exchange -> LoopbackServer.Response.json(200, new byte[0], Map.of()))) {
            assertThat(statusLine(server.port(), host)).startsWith("HTTP/1.1 " + status);
        }
    }

    private static String statusLine(int port, String header) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET / HTTP/1.1\r\n" + header + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            }
        }
    }
}
