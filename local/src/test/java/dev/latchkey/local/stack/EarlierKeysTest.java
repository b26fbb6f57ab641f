package dev.latchkey.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.services.Services;
import dev.latchkey.local.template.Template;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A stack that is updated from the release without records of keys, with its secret: {@code key-of-before.json} holds what
 * that release's issue-key made, a key of ten years, under a secret of this test alone.
 */
@DisplayName("A key that was issued before keys had records")
class EarlierKeysTest {

    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final JsonNode BEFORE = before();
    private static final String KEY = BEFORE.path("apikey").asText();

    @Test
    @DisplayName("is let in by both doors, has no record, and is ended with all of its customer's keys")
    void isServedAndCanBeEnded() throws Exception {
        try (Services services =
                        Services.start(Path.of("../.venv/bin/moto_server")).orElseThrow();
                LocalStack stack = updated(services, Map.of())) {
            for (URI door : StackCalls.doors(stack)) {
                assertThat(StackCalls.status(door, KEY)).isEqualTo(200);
            }
            JsonNode fresh =
                    StackCalls.issueKey(stack, "createApiKey", Map.of("customerId", "cus_1", "email", "a@b.co"));
            JsonNode listed = StackCalls.issueKey(stack, "listApiKeys", Map.of("customerId", "cus_1"))
                    .path("keys");
            assertThat(listed.findValuesAsText("keyId"))
                    .containsExactly(fresh.path("keyId").asText());

            StackCalls.issueKey(stack, "revokeCustomer", Map.of("customerId", "cus_1"));

            Instant end = Instant.now().plus(BOUND);
            for (URI door : StackCalls.doors(stack)) {
                while (StackCalls.status(door, KEY) != 403) {
                    assertThat(Instant.now()).isBefore(end);
                    Thread.sleep(200);
                }
            }
        }
    }

    @Test
    @DisplayName("is refused once every key has to be in a status list")
    void isRefusedWhereAStatusIsRequired() throws Exception {
        try (Services services =
                        Services.start(Path.of("../.venv/bin/moto_server")).orElseThrow();
                LocalStack stack = updated(services, Map.of("JWT_STATUS_CLAIM", "required"))) {
            String fresh = StackCalls.issueKey(stack, "createApiKey", Map.of("customerId", "cus_1", "email", "a@b.co"))
                    .path("apikey")
                    .asText();
            URI rest = StackCalls.doors(stack).get(0);
            URI http = StackCalls.doors(stack).get(1);
            assertThat(StackCalls.status(rest, fresh)).isEqualTo(200);
            assertThat(StackCalls.status(http, fresh)).isEqualTo(200);
            assertThat(StackCalls.status(rest, KEY)).isEqualTo(401);
            assertThat(StackCalls.status(http, KEY)).isEqualTo(403);
        }
    }

    private static LocalStack updated(Services services, Map<String, String> authorizer) {
        KeySettings keys = KeySettings.of(
                Map.of(
                        KeySettings.DYNAMODB,
                        services.endpoint().toString(),
                        "PLUGIN_JWT_SECRET",
                        BEFORE.path("secret").toString()),
                null);
        Template template = Template.read(Path.of("../template.yaml"), Map.of("Algorithm", "HS256"));
        Map<String, Map<String, String>> variables =
                new LinkedHashMap<>(keys.environment(Map.of("AuthorizerFunction", authorizer)));
        variables.put("PublishFunction", keys.of("PublishFunction", Map.of()));
        return LocalStack.start(
                template, StackOptions.defaults().withEnvironment(variables), services, StackListener.none());
    }

    private static JsonNode before() {
        try {
            return JsonTree.parse(Files.readString(Path.of("src/test/resources/key-of-before.json")))
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
