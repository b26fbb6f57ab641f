package dev.latchkey.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.testing.HostileKeyServer;
import dev.latchkey.testing.LoopbackHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A bounded sender")
class HttpSenderTest {

    private static final HttpSender SENDER = HttpSender.bounded(Duration.ofMillis(900), 1000);

    @ParameterizedTest(name = "{0} with {1}")
    @DisplayName("sends method, path, query, headers and body, and gives status and body")
    @CsvSource({"GET,", "DELETE,", "DELETE,{}", "POST,", "POST,{\"a\":\"ü\"}", "PUT,x", "PATCH,x"})
    void sends(String method, String body) throws IOException {
        List<String> came = new CopyOnWriteArrayList<>();
        try (LoopbackHttp server = new LoopbackHttp(exchange -> {
            came.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-A") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Length") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(418, 3);
            exchange.getResponseBody().write("tea".getBytes(UTF_8));
        })) {
            RemoteUri uri = RemoteUri.readAbsolute(server.uri() + "/a%2Fb?c=d%20e");
            HttpReply reply = SENDER.send(new HttpCall(method, uri, Map.of("X-A", "b c"), body));

            assertThat(reply.status()).isEqualTo(418);
            assertThat(new String(reply.body(), UTF_8)).isEqualTo("tea");
            assertThat(reply.isGood()).isFalse();
            String length =
                    body != null ? String.valueOf(body.getBytes(UTF_8).length) : method.equals("POST") ? "0" : "null";
            assertThat(came)
                    .containsExactly(method + " /a%2Fb?c=d%20e b c " + length + " " + (body == null ? "" : body));
        }
    }

    @Test
    @DisplayName("does not follow a redirect")
    void redirect() throws IOException {
        try (LoopbackHttp server = new LoopbackHttp(exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/") ? 307 : 200, -1);
        })) {
            assertThat(SENDER.send(new HttpCall("GET", RemoteUri.readAbsolute(server.uri()), Map.of(), null))
                            .status())
                    .isEqualTo(307);
        }
    }

    @Test
    @DisplayName("ends in time and after the longest body, and shows neither header, query nor body")
    void bounds() throws IOException {
        try (HostileKeyServer server = new HostileKeyServer()) {
            RemoteUri uri = RemoteUri.readAbsolute(server.uri() + "?key=secret-in-query");
            HttpCall call =
                    new HttpCall("POST", uri, Map.of("Authorization", "Bearer secret-in-header"), "secret-body");

            server.answers(server.silence());
            assertThatThrownBy(() -> SENDER.send(call))
                    .isInstanceOf(HttpFailedException.class)
                    .hasMessageContaining("POST " + server.uri() + "?… failed, got no whole answer within 900 ms")
                    .extracting(failure -> ((HttpFailedException) failure).got())
                    .isEqualTo("no whole answer within 900 ms");
            server.answers(HostileKeyServer.status(500, "secret-answer".repeat(100)));
            assertThatThrownBy(() -> SENDER.send(call))
                    .isInstanceOf(HttpFailedException.class)
                    .hasMessageContaining("got more than 1000 bytes")
                    .message()
                    .doesNotContain("secret-");
            assertThat(call.toString()).doesNotContain("secret-");
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("sends no header that holds another one, and does not show it")
    @ValueSource(strings = {"a\r\nX-B: secret", "secret\n", "secr\u00e9t", "secret\u0000", ""})
    void headers(String value) {
        RemoteUri uri = RemoteUri.readAbsolute("https://a.example");

        assertThatThrownBy(() -> new HttpCall("GET", uri, Map.of("X-A", value), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the header X-A needs a value of printable ASCII characters");
        assertThatThrownBy(() -> new HttpCall("GET", uri, Map.of("X-A: b", "c"), null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HttpCall("GET /x HTTP/1.1\r\n", uri, Map.of(), null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
