package dev.latchkey.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Stands before the emulator: holds requests until so many are there, and then passes them on one at a time, since
 * DynamoDB's writes are atomic and the emulator's are not.
 */
final class Gathering implements AutoCloseable {

    private final URI emulator;
    private final CountDownLatch missing;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();

    Gathering(int size, String emulator) throws IOException {
        this.emulator = URI.create(emulator);
        this.missing = new CountDownLatch(size);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Tells whether so many requests were there at once. */
    boolean isComplete() {
        return missing.getCount() == 0;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            missing.countDown();
            if (missing.await(1, TimeUnit.SECONDS)) {
                pass(exchange, request);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void pass(HttpExchange exchange, byte[] request) throws IOException, InterruptedException {
        HttpRequest.Builder passed =
                HttpRequest.newBuilder(emulator).POST(HttpRequest.BodyPublishers.ofByteArray(request));
        for (String header : new String[] {"Authorization", "Content-Type", "X-Amz-Target", "X-Amz-Date"}) {
            passed.header(header, exchange.getRequestHeaders().getFirst(header));
        }
        HttpResponse<byte[]> answer = client.send(passed.build(), HttpResponse.BodyHandlers.ofByteArray());
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
