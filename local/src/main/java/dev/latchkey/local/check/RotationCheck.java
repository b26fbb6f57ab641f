package dev.latchkey.local.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.local.check.KeyLifeCheck.Report;
import dev.latchkey.local.lambda.FunctionProcess;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Rotates the signing key, and looks whether keys of before and after open every door. */
final class RotationCheck {

    private static final String ISSUE =
            "{\"action\":\"createApiKey\",\"customerId\":\"cus_rotation\",\"email\":\"rotation@example.com\"}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Supplier<LocalStack> stacks;
    private final Report report;

    /**
     * Checks stacks that this starts one after the other, so that no function holds an older ring.
     *
     * @param stacks starts a stack whose functions read the ring in the secret
     */
    RotationCheck(Supplier<LocalStack> stacks, Report report) {
        this.stacks = stacks;
        this.report = report;
    }

    void run() {
        String before;
        String retired;
        try (LocalStack stack = stacks.get()) {
            before = issue(stack);
            JsonNode ring = invoke(stack, "RotateKeysFunction", "{\"action\":\"rotateNow\"}");
            retired = ring.path("previous").path(0).asText();
            report.report(
                    "the signing key is rotated: another is active, the old one previous, a next one there",
                    !retired.isEmpty()
                            && !ring.path("active").asText().isEmpty()
                            && !ring.path("active").asText().equals(retired)
                            && ring.path("next").size() == 1);
            report.report("a key of before the rotation opens " + inWords(stack) + ": 200", areLetIn(stack, before));
        }
        try (LocalStack stack = stacks.get()) {
            String after = issue(stack);
            report.report(
                    "a key of after it is signed by the new one, and opens " + inWords(stack)
                            + ", as does the key of before: 200",
                    !header(after).equals(header(before)) && areLetIn(stack, before, after));
            JsonNode ring =
                    invoke(stack, "RotateKeysFunction", "{\"action\":\"rotateNow\",\"drop\":\"" + retired + "\"}");
            report.report(
                    "a signing key is dropped, and is in the ring no more",
                    ring.path("gone").toString().contains(retired)
                            && ring.path("previous").isEmpty());
        }
    }

    private static String inWords(LocalStack stack) {
        return stack.jwtApiUrl().isPresent()
                ? "all three doors, API Gateway's own JWT authorizer among them"
                : "every door";
    }

    private static String header(String key) {
        return key.substring(0, key.indexOf('.') + 1);
    }

    private static String issue(LocalStack stack) {
        return invoke(stack, "IssueKeyFunction", ISSUE).path("apikey").asText();
    }

    private static JsonNode invoke(LocalStack stack, String function, String event) {
        FunctionProcess process = stack.function(function).orElseThrow();
        return JsonTree.parse(process.invoke("rotation", event.getBytes(StandardCharsets.UTF_8))
                        .asPayload()
                        .text())
                .orElseGet(JsonTree::object);
    }

    private boolean areLetIn(LocalStack stack, String... keys) {
        List<String> doors = new ArrayList<>(List.of(stack.apiUrl() + "/orders"));
        stack.httpApiUrl().ifPresent(url -> doors.add(url + "/orders"));
        stack.jwtApiUrl().ifPresent(url -> {
            startPublisher(stack);
            doors.add(url + "/orders");
        });
        return doors.stream()
                .allMatch(door -> Arrays.stream(keys).allMatch(key -> !key.isEmpty() && status(door, key) == 200));
    }

    /** API Gateway waits 1.5 seconds for an issuer's documents, and the first start of what publishes them may take longer. */
    private void startPublisher(LocalStack stack) {
        status(stack.openApiUrl() + "/.well-known/jwks.json", "none");
    }

    private int status(String door, String key) {
        try {
            HttpResponse<Void> answer = http.send(
                    HttpRequest.newBuilder(URI.create(door))
                            .header("Authorization", "Bearer " + key)
                            .build(),
                    BodyHandlers.discarding());
            return answer.statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
