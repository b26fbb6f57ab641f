package dev.latchkey.local.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.LoopbackServer.Response;
import dev.latchkey.local.machine.Payload;
import dev.latchkey.local.testing.Fixtures;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForwarderTest {
    private record Received(String method, String uri, Headers headers, String body) {}

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final LoopbackServer api = LoopbackServer.start("api", 0, "", exchange -> {
        Headers headers = new Headers();
        headers.putAll(exchange.getRequestHeaders());
        String body = new Payload(exchange.getRequestBody().readAllBytes()).text();
        received.add(new Received(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
        return new Response(
                418,
                Map.of("Content-Type", List.of("text/plain"), "X-Two", List.of("a", "b")),
                Fixtures.payload("teapot"));
    });
    private final Forwarder forwarder = new Forwarder(URI.create("http://127.0.0.1:" + api.port() + "/prod"));
    private final LoopbackServer page = LoopbackServer.start(
            "page",
            0,
            "",
            exchange -> forwarder.forward(exchange, exchange.getRequestURI().getRawPath()));

    @AfterEach
    void stop() {
        page.close();
        api.close();
    }

    @Test
    void methodPathQueryAndBodyGoOnAsTheyAre() throws Exception {
        send(request("/a%20b/c?x=1&y=%2F").POST(BodyPublishers.ofString("body \u20ac")));
        Received got = received.take();
        assertThat(got.method()).isEqualTo("POST");
        assertThat(got.uri()).isEqualTo("/prod/a%20b/c?x=1&y=%2F");
        assertThat(got.body()).isEqualTo("body \u20ac");
    }

    @Test
    void onlyTheHeadersOfACallGoOnAndNoneIsAdded() throws Exception {
        send(request("/")
                .headers("Authorization", "Bearer x", "Content-Type", "application/json", "Cookie", "a=b")
                .headers("Origin", "http://127.0.0.1", "X-Forwarded-For", "10.0.0.1"));
        Headers headers = received.take().headers();
        assertThat(headers.get("Authorization")).containsExactly("Bearer x");
        assertThat(headers.get("Content-Type")).containsExactly("application/json");
        assertThat(headers).doesNotContainKeys("Cookie", "Origin", "X-forwarded-for");

        send(request("/"));
        assertThat(received.take().headers()).doesNotContainKey("Authorization");
    }

    @Test
    void theAnswerComesBackAsItIs() throws Exception {
        HttpResponse<String> response = send(request("/"));
        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.headers().allValues("X-Two")).containsExactly("a", "b");
        assertThat(response.headers().allValues("Content-Length")).hasSize(1);
        assertThat(response.body()).isEqualTo("teapot");
    }

    @Test
    void aBodyOfMoreThanAMebibyteIsRefused() throws Exception {
        int limit = 1024 * 1024;
        assertThat(send(request("/").POST(BodyPublishers.ofByteArray(new byte[limit])))
                        .statusCode())
                .isEqualTo(418);
        assertThat(send(request("/").POST(BodyPublishers.ofByteArray(new byte[limit + 1])))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void anApiThatIsGoneIsABadGateway() throws Exception {
        api.close();
        HttpResponse<String> response = send(request("/"));
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("The API did not answer");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
