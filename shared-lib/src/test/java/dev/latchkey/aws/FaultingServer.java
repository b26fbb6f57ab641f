package dev.latchkey.aws;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonString;
import dev.latchkey.testing.LoopbackHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An AWS service on a loopback port that has faults: it gives the answers that were put in, the last one for ever. It
 * can pass requests on to a real one, and so be a proxy that has faults.
 */
final class FaultingServer implements AutoCloseable {

    /** How a request is answered. */
    interface Answer {
        void give(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private static final Set<String> PASSED_ON = Set.of("content-type", "x-amz-target", "x-amz-date", "authorization");

    private final LoopbackHttp server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    FaultingServer() throws IOException {
        server = new LoopbackHttp(this::answer);
    }

    String endpoint() {
        return server.uri();
    }

    /** How many requests have come. */
    int requests() {
        return requests.get();
    }

    /** Forgets the answers that were put in, and puts these in. */
    void answers(Answer... these) {
        answers.clear();
        for (Answer answer : these) {
            answers.add(answer);
        }
    }

    /** The connection closed without a word. */
    static Answer nothing() {
        return exchange -> {};
    }

    /** The good answer. */
    static Answer secret(String text) {
        return secret("SecretString", text);
    }

    /** A good answer with a secret in this member. */
    static Answer secret(String member, String text) {
        return body(
                200,
                new JsonObjectBuilder()
                        .put("ARN", "arn:aws:secretsmanager:us-east-1:123456789012:secret:s-AbCdEf")
                        .put("Name", "s")
                        .put("VersionId", "11111111-2222-4333-8444-555555555555")
                        .put(member, new JsonString(text))
                        .build());
    }

    /** An error as AWS's JSON protocol spells it. */
    static Answer error(int status, String type) {
        return body(
                status,
                new JsonObjectBuilder()
                        .put("__type", type)
                        .put("message", "because")
                        .build());
    }

    /** What the server at this endpoint answers. */
    Answer passedOn(String endpoint) {
        return exchange -> {
            HttpResponse<byte[]> response = sent(exchange, endpoint);
            exchange.sendResponseHeaders(response.statusCode(), response.body().length);
            exchange.getResponseBody().write(response.body());
        };
    }

    /** Nothing, though the server at this endpoint did what was asked. */
    Answer doneWithoutAWord(String endpoint) {
        return exchange -> sent(exchange, endpoint);
    }

    private HttpResponse<byte[]> sent(HttpExchange exchange, String endpoint) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint))
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** No answer for so long. */
    Answer after(int seconds, Answer late) {
        return exchange -> {
            if (!closed.await(seconds, TimeUnit.SECONDS)) {
                late.give(exchange);
            }
        };
    }

    /** A good status, and then a byte now and then, for so long. */
    Answer dribbling(int seconds) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int tenths = 0; tenths < seconds * 10 && !closed.await(100, TimeUnit.MILLISECONDS); tenths++) {
                    out.write(' ');
                    out.flush();
                }
            }
        };
    }

    /** An answer with this body. */
    static Answer body(int status, JsonValue json) {
        return exchange -> {
            byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        requests.incrementAndGet();
        byte[] request = exchange.getRequestBody().readAllBytes();
        exchange.setStreams(new ByteArrayInputStream(request), null);
        Answer answer = answers.size() > 1 ? answers.poll() : answers.peek();
        if (answer != null) {
            answer.give(exchange);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.close();
    }
}
