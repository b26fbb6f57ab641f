package dev.latchkey.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.NewKeyRing;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.services.Services;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The built packages with a secret in AWS's emulator: what they print, on either stream. */
@DisplayName("A function that reads its secret from Secrets Manager")
class StructuredLogTest {

    private static final String SECRET = "latchkey/log";

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "AUTHORIZER | Unauthorized | {\"type\":\"TOKEN\",\"authorizationToken\":\"Bearer e30.e30.e30\","
                        + "\"methodArn\":\"arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/GET/\"}",
                "ISSUE_KEY | \"apikey\" | {\"action\":\"createApiKey\",\"customerId\":\"cus_1\",\"email\":\"a@b.co\"}",
                "PUBLISH | \"statusCode\":200 | {\"rawPath\":\"/.well-known/jwks.json\",\"requestContext\":"
                        + "{\"domainName\":\"lists.example\",\"http\":{\"method\":\"GET\"}}}",
                "ROTATE_KEYS | \"active\" | {\"action\":\"rotateNow\"}",
            })
    @DisplayName("writes records of JSON and no other line, from its cold start on")
    void records(BuiltPackage built, String expected, String event) {
        try (Services services =
                        Services.start(Path.of("../.venv/bin/moto_server")).orElseThrow();
                FunctionProcess function =
                        built.process(environment(services), List.of(), (from, stream, line) -> lines.add(line))) {
            services.createSecret(SECRET, NewKeyRing.of(Algorithm.RS256).secretText());
            services.createTable("keys");
            for (int i = 0; i < 2; i++) {
                InvocationResult result = function.invoke("call", event.getBytes(StandardCharsets.UTF_8));
                assertThat(result.asPayload().text()).contains(expected);
            }
        }

        List<String> written = lines.stream().filter(line -> !line.isEmpty()).toList();
        assertThat(written).isNotEmpty().allSatisfy(line -> {
            Optional<JsonNode> record = JsonTree.parse(line);
            assertThat(record).as(line).isPresent();
            assertThat(record.orElseThrow().has("timestamp")).as(line).isTrue();
            assertThat(record.orElseThrow().has("level")).as(line).isTrue();
        });
    }

    @Test
    @DisplayName("writes audit records whatever the least level of its log is")
    void audit() {
        try (Services services =
                Services.start(Path.of("../.venv/bin/moto_server")).orElseThrow()) {
            services.createSecret(SECRET, NewKeyRing.of(Algorithm.HS256).secretText());
            services.createTable("keys");
            Map<String, String> environment = environment(services);
            environment.put("AWS_LAMBDA_LOG_LEVEL", "ERROR");
            try (FunctionProcess function =
                    BuiltPackage.ISSUE_KEY.process(environment, List.of(), (from, stream, line) -> lines.add(line))) {
                String event = "{\"action\":\"createApiKey\",\"customerId\":\"cus_1\",\"email\":\"a@b.co\"}";
                assertThat(function.invoke("call", event.getBytes(StandardCharsets.UTF_8))
                                .asPayload()
                                .text())
                        .contains("\"apikey\"");
            }
        }
        List<String> written = lines.stream().filter(line -> !line.isEmpty()).toList();
        assertThat(written).hasSize(1);
        assertThat(written.get(0)).contains("\"level\":\"INFO\",\"message\":\"audit\"");
    }

    private static Map<String, String> environment(Services services) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AWS_ENDPOINT_URL", services.endpoint().toString());
        environment.put("PLUGIN_JWT_SECRET_ID", SECRET);
        environment.put("PLUGIN_JWT_EXPIRES_IN", "1h");
        environment.put("PLUGIN_JWT_KEYS_TABLE", "keys");
        environment.put("PLUGIN_JWT_STATUS_LIST_BASE", "https://lists.example");
        return environment;
    }
}
