package dev.latchkey.aws;

import dev.latchkey.http.HttpCall;
import dev.latchkey.http.HttpReply;
import dev.latchkey.http.HttpSender;
import dev.latchkey.http.RemoteUri;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The AWS SDK's requests by our own sender, for services that want {@code PATCH}, which the JDK's connections do not know. For
 * requests and answers of text.
 */
final class BoundedSdkClient implements SdkHttpClient {

    /** What the sender writes by itself. */
    private static final Set<String> OWN =
            Set.of("host", "content-length", "connection", "user-agent", "accept-encoding", "expect");

    private final HttpSender http = HttpSender.bounded();

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return response(http.send(callOf(request)));
            }

            @Override
            public void abort() {
                // It ends by itself.
            }
        };
    }

    private static HttpCall callOf(HttpExecuteRequest request) throws IOException {
        Map<String, String> headers = new HashMap<>();
        request.httpRequest().forEachHeader((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, String.join(",", values));
            }
        });
        return new HttpCall(
                request.httpRequest().method().name(),
                RemoteUri.readAbsolute(request.httpRequest().getUri().toString()),
                headers,
                body(request).orElse(null));
    }

    private static Optional<String> body(HttpExecuteRequest request) throws IOException {
        if (request.contentStreamProvider().isEmpty()) {
            return Optional.empty();
        }
        try (InputStream body = request.contentStreamProvider().get().newStream()) {
            return Optional.of(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static HttpExecuteResponse response(HttpReply reply) {
        SdkHttpResponse.Builder response = SdkHttpResponse.builder().statusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        return HttpExecuteResponse.builder()
                .response(response.build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(reply.body())))
                .build();
    }

    @Override
    public void close() {
        // Nothing is open between requests.
    }

    @Override
    public String clientName() {
        return "Latchkey";
    }
}
