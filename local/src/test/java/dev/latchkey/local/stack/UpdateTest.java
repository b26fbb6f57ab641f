package dev.latchkey.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.SettingsRelease;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.local.gateway.RequestRecord;
import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.services.Services;
import dev.latchkey.local.template.FunctionDefinition;
import dev.latchkey.local.template.Template;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("While a stack is updated, and Lambda runs the code of one release with the variables of another,")
class UpdateTest {

    private static final Set<String> OURS = Set.of("AuthorizerFunction", "IssueKeyFunction", "PublishFunction");

    private final Set<String> told = new ConcurrentSkipListSet<>();

    @Test
    @DisplayName("every door lets good keys in, keys are issued, and each function tells what it leaves out")
    void withTheVariablesOfAnotherRelease() throws Exception {
        try (Services services =
                        Services.start(Path.of("../.venv/bin/moto_server")).orElseThrow();
                LocalStack stack =
                        start(services, Map.of(SettingsRelease.VARIABLE, "00000000", "JWT_OF_TOMORROW", "x"))) {
            String key = StackCalls.issueKey(stack, "createApiKey", Map.of("customerId", "cus_1", "email", "a@b.co"))
                    .path("apikey")
                    .asText();

            for (URI door : StackCalls.doors(stack)) {
                assertThat(StackCalls.status(door, key)).isEqualTo(200);
                assertThat(StackCalls.status(door, key + "x")).isIn(401, 403);
            }
            assertThat(told).containsAll(OURS);
        }
    }

    @Test
    @DisplayName("Q1: and afterwards, a variable that no release knows still stops the start")
    void withItsOwn() {
        try (Services services =
                        Services.start(Path.of("../.venv/bin/moto_server")).orElseThrow();
                LocalStack stack = start(services, Map.of("JWT_OF_TOMORROW", "x"))) {
            InvocationResult result = stack.function("AuthorizerFunction")
                    .orElseThrow()
                    .invoke("update", "{}".getBytes(StandardCharsets.UTF_8));

            assertThat(result.asPayload().text()).contains("JWT_OF_TOMORROW: is not a setting");
        }
    }

    private LocalStack start(Services services, Map<String, String> further) {
        KeySettings keys =
                KeySettings.of(Map.of(KeySettings.DYNAMODB, services.endpoint().toString()), Algorithm.RS256);
        Template template = Template.read(Path.of("../template.yaml"), Map.of("Algorithm", "RS256"));
        Map<String, Map<String, String>> variables = new LinkedHashMap<>(keys.environment(Map.of()));
        variables.put("PublishFunction", keys.of("PublishFunction", Map.of()));
        for (FunctionDefinition function : template.functions()) {
            Map<String, String> own = new LinkedHashMap<>(variables.getOrDefault(function.logicalId(), Map.of()));
            own.putAll(further);
            variables.put(function.logicalId(), own);
        }
        return LocalStack.start(
                template, StackOptions.defaults().withEnvironment(variables), services, new StackListener() {
                    @Override
                    public void request(RequestRecord record) {}

                    @Override
                    public void line(String function, Stream stream, String line) {
                        if (line.contains("settings of another release are left out")
                                && line.contains("JWT_OF_TOMORROW")) {
                            told.add(function);
                        }
                    }
                });
    }
}
