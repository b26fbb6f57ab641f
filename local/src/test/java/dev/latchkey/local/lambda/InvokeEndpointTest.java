package dev.latchkey.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.Payload;
import dev.latchkey.local.machine.SignatureV4;
import dev.latchkey.local.testing.Fixtures;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvokeEndpointTest {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();

    private InvocationResult result = Fixtures.success("{\"apikey\":\"k\"}");
    private final LogTail log = new LogTail();
    private final InvokeEndpoint endpoint = new InvokeEndpoint(
            Map.of("IssueKey", (id, event) -> {
                events.add(new Payload(event).text());
                log.line("IssueKey", LogListener.Stream.STDOUT, "{\"awsRequestId\":\"" + id + "\"}");
                log.line("IssueKey", LogListener.Stream.STDOUT, "something of another request");
                return result;
            }),
            log);
    private final LoopbackServer server = LoopbackServer.start("lambda", 0, "", endpoint::handle);

    @AfterEach
    void stop() {
        server.close();
        endpoint.close();
    }

    @Test
    void aSignedCallIsSignedWellOrRefused() throws Exception {
        assertThat(signed("lambda", "{}").statusCode()).isEqualTo(200);
        assertThat(events).hasSize(1);
        HttpResponse<String> elsewhere = signed("execute-api", "{}");
        assertThat(elsewhere.statusCode()).isEqualTo(403);
        assertThat(elsewhere.body())
                .isEqualTo("{\"message\":\"Credential should be scoped to correct service: 'lambda'. \"}");
        HttpResponse<String> changed = signed("lambda", "{\"action\":\"revokeCustomer\"}");
        assertThat(changed.statusCode()).isEqualTo(403);
        assertThat(changed.headers().firstValue("x-amzn-ErrorType")).contains("InvalidSignatureException");
        assertThat(changed.body()).contains("The request signature we calculated does not match");
        assertThat(events).hasSize(1);
    }

    /** A call of an ARN that is signed for this service with an empty object, and carries that body. */
    private HttpResponse<String> signed(String service, String body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/2015-03-31/functions/"
                + URLEncoder.encode("arn:aws:lambda:us-east-1:123456789012:function:IssueKey", StandardCharsets.UTF_8)
                + "/invocations");
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body));
        byte[] object = "{}".getBytes(StandardCharsets.UTF_8);
        SignatureV4.headers("POST", uri, service, object, Instant.now()).forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theLogOfTheRequestIsToldToWhoeverAsks() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/2015-03-31/functions/IssueKey/invocations"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        HttpResponse<String> silent = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(silent.headers().firstValue("X-Amz-Log-Result")).isEmpty();

        HttpResponse<String> told =
                client.send(request.header("X-Amz-Log-Type", "Tail").build(), HttpResponse.BodyHandlers.ofString());
        String id = told.headers().firstValue("x-amzn-RequestId").orElseThrow();
        assertThat(new String(
                        Base64.getDecoder()
                                .decode(told.headers()
                                        .firstValue("X-Amz-Log-Result")
                                        .orElseThrow()),
                        StandardCharsets.UTF_8))
                .isEqualTo("{\"awsRequestId\":\"" + id + "\"}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IssueKey",
                "IssueKey:live",
                "123456789012:function:IssueKey",
                "arn:aws:lambda:us-east-1:123456789012:function:IssueKey",
                "arn:aws:lambda:us-east-1:123456789012:function:IssueKey:live",
                "arn:aws:lambda:us-east-1:123456789012:function:IssueKey:$LATEST",
            })
    void aFunctionIsFoundByNameAndArn(String name) throws Exception {
        for (String path : new String[] {name, URLEncoder.encode(name, StandardCharsets.UTF_8)}) {
            HttpResponse<String> response = invoke(path, "{\"a\":1}");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("{\"apikey\":\"k\"}");
            assertThat(response.headers().firstValue("X-Amz-Executed-Version")).contains("$LATEST");
            assertThat(response.headers().firstValue("X-Amz-Function-Error")).isEmpty();
            assertThat(events.take()).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void aFunctionErrorIsAnAnswerWithTheErrorAsPayload() throws Exception {
        result = Fixtures.thrown("no");
        HttpResponse<String> response = invoke("IssueKey", "{}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Amz-Function-Error")).contains("Unhandled");
        assertThat(response.body()).isEqualTo("{\"errorType\":\"java.lang.RuntimeException\",\"errorMessage\":\"no\"}");
    }

    @Test
    void aTimeoutAndACrashAreFunctionErrors() throws Exception {
        result = new InvocationResult.Timeout("r1", Duration.ofSeconds(3));
        assertThat(invoke("IssueKey", "{}").body())
                .isEqualTo("{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":"
                        + "\"RequestId: r1 Error: Task timed out after 3.00 seconds\"}");
        result = new InvocationResult.Crash("Runtime.ExitError", "gone");
        HttpResponse<String> crash = invoke("IssueKey", "{}");
        assertThat(crash.headers().firstValue("X-Amz-Function-Error")).contains("Unhandled");
        assertThat(crash.body()).contains("Runtime.ExitError");
    }

    @Test
    void anUnknownFunctionIsNotFound() throws Exception {
        HttpResponse<String> response = invoke("Other", "{}");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("x-amzn-ErrorType")).contains("ResourceNotFoundException");
        assertThat(response.body())
                .isEqualTo("{\"Type\":\"User\",\"Message\":"
                        + "\"Function not found: arn:aws:lambda:us-east-1:123456789012:function:Other\"}");
    }

    @Test
    void anEventIsAcceptedAndADryRunInvokesNothing() throws Exception {
        assertThat(invoke("IssueKey", "{\"dry\":1}", "X-Amz-Invocation-Type", "DryRun")
                        .statusCode())
                .isEqualTo(204);
        assertThat(invoke("IssueKey", "{\"later\":1}", "X-Amz-Invocation-Type", "Event")
                        .statusCode())
                .isEqualTo(202);
        assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("{\"later\":1}");
    }

    @Test
    void noPayloadIsAnEmptyObjectAndWhatIsNotJsonIsRefused() throws Exception {
        invoke("IssueKey", "");
        assertThat(events.take()).isEqualTo("{}");
        assertThat(invoke("IssueKey", "{").statusCode()).isEqualTo(400);
        assertThat(events).isEmpty();
    }

    @DisplayName("T2: a web page may not invoke")
    @Test
    void aWebPageMayNotInvoke() throws Exception {
        assertThat(invoke("IssueKey", "{}", "Origin", "https://example.com").statusCode())
                .isEqualTo(403);
        assertThat(events).isEmpty();
    }

    private HttpResponse<String> invoke(String name, String payload, String... headers) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/2015-03-31/functions/" + name + "/invocations");
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(payload));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
