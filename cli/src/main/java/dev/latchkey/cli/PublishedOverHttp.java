package dev.latchkey.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Public documents by HTTP, each within 10 seconds however slowly it comes, and within a megabyte; redirects are not followed,
 * since doors do not follow them either.
 */
final class PublishedOverHttp implements Published {

    private static final int MAX_BYTES = 1024 * 1024;

    private final Duration longest;
    private final HttpClient client;

    PublishedOverHttp() {
        this(Duration.ofSeconds(10));
    }

    PublishedOverHttp(Duration longest) {
        this.longest = longest;
        this.client = HttpClient.newBuilder().connectTimeout(longest).build();
    }

    @Override
    public Document get(String address) {
        FutureTask<Document> reading = new FutureTask<>(() -> read(address));
        Thread thread = new Thread(reading, "latchkey-published");
        thread.setDaemon(true);
        thread.start();
        try {
            return reading.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            reading.cancel(true);
            return new Document(0, "", "no whole answer within " + longest.toSeconds() + " s of " + address);
        } catch (ExecutionException e) {
            return new Document(0, "", String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Document(0, "", "interrupted");
        }
    }

    private Document read(String address) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address)).timeout(longest).build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                return new Document(0, "", "more than " + MAX_BYTES + " bytes of " + address);
            }
            return new Document(
                    response.statusCode(),
                    response.headers().firstValue("content-type").orElse(""),
                    new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
