package dev.latchkey.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.template.Template;
import dev.latchkey.testing.Collector;
import dev.latchkey.testing.LeakGuard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The built issue-key, with the variables of template.yaml, and a stand-in for Moesif's collector. */
class MoesifPackageTest {

    private static final byte[] REQUEST = ("{\"action\":\"createApiKey\",\"customerId\":\"cus_1\",\"email\":\"a@b.co\","
                    + "\"subscriptionId\":\"sub_1\"}")
            .getBytes(StandardCharsets.UTF_8);

    /** The first second of a function on a busy machine may be too short to load the SDK in. */
    private static final int TRIES = 20;

    @Test
    void theCollectorReceivesUserCompanySubscriptionAndAction() throws IOException {
        try (Collector collector = new Collector()) {
            KeySettings keys = KeySettings.of(
                    Map.of("MOESIF_APPLICATION_ID", Collector.APPLICATION_ID, "MOESIF_BASE_URI", collector.uri()),
                    Algorithm.HS256);
            Template template = Template.read(Path.of("..", "template.yaml"), Map.of("Algorithm", "HS256"));
            StackOptions options = StackOptions.defaults().withEnvironment(keys.environment(Map.of()));
            try (LocalStack stack = LocalStack.start(template, options, StackListener.none())) {
                JsonNode answer = JsonTree.object();
                for (int i = 0; i < TRIES && collector.requests().size() < 4; i++) {
                    answer = JsonTree.parse(stack.function("IssueKeyFunction")
                                    .orElseThrow()
                                    .invoke("request-" + i, REQUEST)
                                    .asPayload()
                                    .bytes())
                            .orElseThrow();
                }
                LeakGuard.secret(answer.path("apikey").asText());
                assertThat(collector.requests())
                        .extracting(Collector.Request::path)
                        .contains("/v1/users", "/v1/companies", "/v1/subscriptions", "/v1/actions");
                assertThat(collector.requests())
                        .allSatisfy(
                                request -> assertThat(request.applicationId()).contains(Collector.APPLICATION_ID));
                assertThat(LeakGuard.leaks(collector.requests().stream()
                                .map(Collector.Request::body)
                                .toList()
                                .toString()))
                        .isFalse();
            }
        }
    }
}
