package dev.latchkey.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.aws.Emulator;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.template.Template;
import dev.latchkey.local.template.Templates;
import dev.latchkey.testing.LeakGuard;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The built issue-key with the table of template.yaml, which an emulator of DynamoDB makes from its properties. */
class IdempotentPackageTest {

    private static final Path TEMPLATE = Path.of("..", "template.yaml");
    private static final int PIECE = 12;

    @Test
    void theSameRequestTwiceGivesOneKeyOfWhichNothingIsStored() throws Exception {
        createTable(Emulator.endpoint());
        KeySettings keys = KeySettings.of(Map.of("AWS_ENDPOINT_URL", Emulator.endpoint()), Algorithm.HS256);
        String first = issue(keys);
        String key = JsonTree.parse(first).orElseThrow().path("apikey").asText();
        LeakGuard.secret(key);

        assertThat(issue(keys)).isEqualTo(first);
        assertThat(first).endsWith("\"idempotent\":true}");

        String items = call(Emulator.endpoint(), "Scan", "{\"TableName\":\"KeysTable\"}");
        assertThat(JsonTree.parse(items).orElseThrow().path("Count").asInt()).isEqualTo(1);
        for (int i = 0; i + PIECE <= key.length(); i++) {
            assertThat(items.contains(key.substring(i, i + PIECE))).isFalse();
        }
    }

    @Test
    void withoutDynamoDbItGivesAnotherKeyAndTellsThat() {
        KeySettings keys = KeySettings.throwAway(Algorithm.HS256);

        assertThat(issue(keys)).endsWith("\"idempotent\":false}").isNotEqualTo(issue(keys));
    }

    /** The answer of a function that was just started. */
    private static String issue(KeySettings keys) {
        Template template =
                Template.read(TEMPLATE, Map.of("Algorithm", keys.algorithm().name()));
        StackOptions options = StackOptions.defaults().withEnvironment(keys.environment(Map.of()));
        byte[] event = ("{\"action\":\"createApiKey\",\"customerId\":\"cus_1\",\"email\":\"a@b.co\","
                        + "\"idempotencyKey\":\"once\"}")
                .getBytes(StandardCharsets.UTF_8);
        try (LocalStack stack = LocalStack.start(template, options, StackListener.none())) {
            InvocationResult result =
                    stack.function("IssueKeyFunction").orElseThrow().invoke("request", event);
            assertThat(result).isInstanceOf(InvocationResult.Success.class);
            return result.asPayload().text();
        }
    }

    /** CloudFormation and DynamoDB call a table's properties alike. */
    private static void createTable(String endpoint) throws Exception {
        JsonNode properties =
                Templates.tree(TEMPLATE).path("Resources").path("KeysTable").path("Properties");
        ObjectNode table = JsonTree.object().put("TableName", "KeysTable");
        for (String name : new String[] {"BillingMode", "AttributeDefinitions", "KeySchema"}) {
            table.set(name, properties.path(name));
        }
        call(endpoint, "CreateTable", table.toString());
    }

    private static String call(String endpoint, String action, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint))
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810." + action)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request,"
                                + " SignedHeaders=host, Signature=" + "0".repeat(64))
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
