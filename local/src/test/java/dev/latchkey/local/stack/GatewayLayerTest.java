package dev.latchkey.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.aws.Emulator;
import dev.latchkey.local.template.Template;
import dev.latchkey.testing.LoopbackHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The layer of gateways' plugins, tried with the built package of issue-key; the plugins themselves have their own tests. */
@DisplayName("The layer of gateways")
class GatewayLayerTest {

    private static final Path TEMPLATE = Path.of("../template.yaml");
    /** From the template's folder. */
    private static final Path LAYER = Path.of("functions/gateways/target/gateways.zip");

    @Test
    @DisplayName(
            "lets the built issue-key ask Kong for a key and for a customer's keys, with the template's parameters")
    void kong() throws Exception {
        try (LoopbackHttp kong = new LoopbackHttp(GatewayLayerTest::answer);
                LocalStack stack = started(Map.of("Provider", "kong-gateway", "GatewayUrl", kong.uri()), Map.of())) {
            JsonNode key = StackCalls.issueKey(stack, "createApiKey", Map.of("customerId", "cus_1", "email", "a@b.co"));
            assertThat(key.toString()).isEqualTo("{\"apikey\":\"key-of-kong\",\"keyId\":\"id-of-key\"}");

            JsonNode keys = StackCalls.issueKey(stack, "listApiKeys", Map.of("customerId", "cus_1"));
            assertThat(keys.at("/keys/0/keyId").asText()).isEqualTo("id-of-key");
            assertThat(keys.at("/keys/0/createdAt").asText()).isEqualTo("2027-01-15T08:00:00Z");
            assertThat(keys.at("/keys/0/expiresAt").isNull()).isTrue();
            assertThat(keys.toString()).doesNotContain("key-of-kong");
        }
    }

    @Test
    @DisplayName("brings what API Gateway's usage plans need of the AWS SDK")
    void usagePlan() throws Exception {
        Map<String, String> emulator = Map.of("AWS_ENDPOINT_URL", Emulator.endpoint());
        try (LocalStack stack = started(Map.of("Provider", "aws-usage-plan", "UsagePlanId", "a1b2c3"), emulator)) {
            JsonNode key = StackCalls.issueKey(stack, "createApiKey", Map.of("customerId", "cus_1", "email", "a@b.co"));
            String keyId = key.path("keyId").asText();
            assertThat(key.path("apikey").asText()).hasSizeGreaterThanOrEqualTo(20);

            JsonNode rests = StackCalls.issueKey(stack, "suspendApiKey", Map.of("customerId", "cus_1", "keyId", keyId));
            assertThat(rests.path("status").asText()).isEqualTo("suspended");
        }
    }

    private static LocalStack started(Map<String, String> parameters, Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(parameters);
        all.put("PluginLayerArn", LAYER.toString());
        Map<String, String> withoutTable = new HashMap<>(variables);
        withoutTable.put("PLUGIN_JWT_KEYS_TABLE", "");
        return LocalStack.start(
                Template.read(TEMPLATE, all),
                StackOptions.defaults().withEnvironment(Map.of("IssueKeyFunction", withoutTable)),
                StackListener.none());
    }

    /** Kong with one consumer. */
    private static void answer(HttpExchange exchange) throws IOException {
        String key = "{\"id\":\"id-of-key\",\"key\":\"key-of-kong\",\"created_at\":1800000000,\"ttl\":null}";
        switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
            case "GET /consumers" ->
                send(exchange, 200, "{\"data\":[{\"id\":\"c1\",\"username\":\"u1\",\"custom_id\":\"cus_1\"}]}");
            case "POST /consumers/u1/key-auth" -> send(exchange, 201, key);
            case "GET /consumers/c1/key-auth" -> send(exchange, 200, "{\"data\":[" + key + "]}");
            default -> send(exchange, 404, "{}");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        exchange.sendResponseHeaders(status, body.length());
        exchange.getResponseBody().write(body.getBytes(UTF_8));
    }
}
