package dev.latchkey.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.machine.JsonTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What tests ask of a running stack. */
final class StackCalls {

    private StackCalls() {}

    /** The sample route of the REST API, and of the HTTP API. */
    static List<URI> doors(LocalStack stack) {
        return List.of(
                URI.create(stack.apiUrl() + "/orders"),
                URI.create(stack.httpApiUrl().orElseThrow() + "/orders"));
    }

    /** A port that nobody listens on at the moment, for what has to be told of it before it starts. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }

    /** The status with which a door answers a key. */
    static int status(URI door, String key) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(door)
                .header("Authorization", "Bearer " + key)
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    /** The answer of issue-key, which must be a good one. */
    static JsonNode issueKey(LocalStack stack, String action, Map<String, String> fields) {
        var event = JsonTree.object().put("action", action);
        fields.forEach(event::put);
        InvocationResult result = stack.function("IssueKeyFunction")
                .orElseThrow()
                .invoke("test", event.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(result).isInstanceOf(InvocationResult.Success.class);
        JsonNode answer = JsonTree.parse(result.asPayload().bytes()).orElseThrow();
        assertThat(answer.path("error").path("code").asText()).isEmpty();
        return answer;
    }
}
