package dev.latchkey.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.testing.Fixtures;
import dev.latchkey.testing.TurnableClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RuntimeApiTest {
    private static final String ERROR = "{\"errorMessage\":\"no\",\"errorType\":\"my.Error\",\"stackTrace\":[]}";

    private final TurnableClock clock = new TurnableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final RuntimeApi api =
            new RuntimeApi(Fixtures.function(Path.of("x.zip"), "FixtureHandler", Duration.ofSeconds(20)), clock);
    private final LoopbackServer server = LoopbackServer.start("runtime", 0, "", api::handle);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void nextHandsOutTheEventWithItsHeadersAndTakesTheResponseOnce() throws Exception {
        CompletableFuture<Optional<InvocationResult>> result = invoke("r1");

        HttpResponse<String> next = next();
        assertThat(next.statusCode()).isEqualTo(200);
        assertThat(next.body()).isEqualTo("{\"n\": 1}");
        assertThat(next.headers().firstValue("Lambda-Runtime-Aws-Request-Id")).contains("r1");
        assertThat(next.headers().firstValue("Lambda-Runtime-Deadline-Ms"))
                .contains(String.valueOf(clock.millis() + 20_000));
        assertThat(next.headers().firstValue("Lambda-Runtime-Invoked-Function-Arn"))
                .contains("arn:aws:lambda:us-east-1:123456789012:function:Fixture");
        assertThat(next.headers().firstValue("Lambda-Runtime-Trace-Id").orElse(""))
                .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=0");

        assertThat(post("invocation/other/response", "1").statusCode()).isEqualTo(400);
        assertThat(post("invocation/r1/response", " [2] ").statusCode()).isEqualTo(202);
        assertThat(result.join()).contains(Fixtures.success(" [2] "));
    }

    @Test
    void anErrorIsAFunctionError() throws Exception {
        CompletableFuture<Optional<InvocationResult>> result = invoke("r1");
        next();
        assertThat(post("invocation/r1/error", ERROR).statusCode()).isEqualTo(202);
        assertThat(result.join())
                .contains(new InvocationResult.FunctionError("my.Error", "no", Fixtures.payload(ERROR)));
    }

    @Test
    void anInitErrorIsACrashForTheWaitingAndForLaterCallers() throws Exception {
        CompletableFuture<Optional<InvocationResult>> result = invoke("r1");
        assertThat(post("init/error", ERROR).statusCode()).isEqualTo(202);
        assertThat(result.join()).contains(new InvocationResult.Crash("my.Error", "no"));
        assertThat(invoke("r2").join()).contains(new InvocationResult.Crash("my.Error", "no"));
    }

    @Test
    void anEventThatAnIdleProcessDidNotTakeMayGoToAnotherOne() throws Exception {
        CompletableFuture<Optional<InvocationResult>> first = invoke("r1");
        next();
        post("invocation/r1/response", "1");
        first.join();
        api.end(new InvocationResult.Crash("Runtime.ExitError", "gone"));
        assertThat(invoke("r2").join()).isEmpty();
    }

    @Test
    void whatTheApiDoesNotHaveIsNotFound() throws Exception {
        assertThat(post("restore/next", "").statusCode()).isEqualTo(404);
    }

    private CompletableFuture<Optional<InvocationResult>> invoke(String requestId) {
        return CompletableFuture.supplyAsync(
                () -> api.invoke(requestId, "{\"n\": 1}".getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> next() throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri("invocation/next")).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + "/2018-06-01/runtime/" + path);
    }
}
