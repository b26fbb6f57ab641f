package dev.latchkey.gateways;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.aws.OverEmulator;
import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.ProvisioningPlugin;
import dev.latchkey.testing.LoopbackHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(OverEmulator.class)
@DisplayName("API Gateway that fails")
class UsagePlanFaultsTest {

    private static final String ENDPOINT = "aws.endpointUrl";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String emulator = Objects.requireNonNull(System.getProperty(ENDPOINT));
    private final String customer = "cus_" + UUID.randomUUID();

    @AfterEach
    void backToTheEmulator() {
        System.setProperty(ENDPOINT, emulator);
    }

    @ParameterizedTest(name = "status {0}, {1}")
    @DisplayName("makes an error with the operation, the error code and the setting, after one attempt")
    @CsvSource(quoteCharacter = '^', textBlock = """
            400, BadRequestException,      BadRequestException
            403, AccessDeniedException,    AccessDeniedException
            429, TooManyRequestsException, TooManyRequestsException
            500, InternalFailure,          InternalFailure
            200, ^^,                       SdkClientException
            """)
    void tells(int status, String code, String told) throws IOException {
        int[] requests = {0};
        try (LoopbackHttp apiGateway = new LoopbackHttp(exchange -> {
            requests[0] += exchange.getRequestMethod().equals("POST") ? 1 : 0;
            if (exchange.getRequestMethod().equals("GET")) {
                send(exchange, 200, "", "{\"item\":[]}");
            } else {
                send(exchange, status, code, status == 200 ? "<html>" : "{\"message\":\"secret-of-the-answer\"}");
            }
        })) {
            System.setProperty(ENDPOINT, apiGateway.uri());
            ProvisioningPlugin plugin = TestGateway.of("aws-usage-plan", "PLUGIN_AWS_USAGE_PLAN_ID", "a1b2c3");

            assertThatThrownBy(() -> TestGateway.issue(plugin, customer, "a@b.co", "order 1"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(
                            "API Gateway did not carry out CreateApiKey or CreateUsagePlanKey, got " + told)
                    .hasMessageContaining("Is PLUGIN_AWS_USAGE_PLAN_ID, a1b2c3, a usage plan of this account")
                    .hasNoCause()
                    .message()
                    .doesNotContain("secret-of");
            assertThat(requests[0]).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("that is not there makes an error, too")
    void down() throws IOException {
        LoopbackHttp apiGateway = new LoopbackHttp(exchange -> {});
        String uri = apiGateway.uri();
        apiGateway.close();
        System.setProperty(ENDPOINT, uri);
        ProvisioningPlugin plugin = TestGateway.of("aws-usage-plan", "PLUGIN_AWS_USAGE_PLAN_ID", "a1b2c3");

        assertThatThrownBy(() -> TestGateway.ids(plugin, customer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("API Gateway did not carry out GetApiKeys")
                .hasMessageContaining("PLUGIN_AWS_USAGE_PLAN_ID");
    }

    @Test
    @DisplayName(
            "makes no second key when an answer is lost: the request that comes again finds it and puts it into the plan")
    void lost() throws IOException {
        boolean[] loses = {true};
        try (LoopbackHttp between = new LoopbackHttp(exchange -> {
            HttpResponse<byte[]> answer = passOn(exchange);
            boolean isCreation = exchange.getRequestMethod().equals("POST")
                    && exchange.getRequestURI().getPath().equals("/apikeys");
            if (isCreation && loses[0]) {
                loses[0] = false;
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        })) {
            System.setProperty(ENDPOINT, between.uri());
            ProvisioningPlugin plugin = TestGateway.of("aws-usage-plan", "PLUGIN_AWS_USAGE_PLAN_ID", "a1b2c3");

            warm(plugin);
            assertThatThrownBy(() -> TestGateway.issue(plugin, customer, "a@b.co", "order 1"))
                    .isInstanceOf(IllegalStateException.class);
            ApiKey key = TestGateway.issue(plugin, customer, "a@b.co", "order 1");
            assertThat(TestGateway.ids(plugin, customer)).containsExactly(key.keyId());
            assertThat(TestGateway.issue(plugin, customer, "a@b.co", "order 1")).isEqualTo(key);
            assertThat(key.value()).hasSizeGreaterThanOrEqualTo(20);
        }
    }

    /** The first requests of a process take longer than their time on a busy machine. */
    private void warm(ProvisioningPlugin plugin) {
        for (int attempt = 0; attempt < 5; attempt++) {
            try {
                TestGateway.ids(plugin, customer);
                return;
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("Timeout");
            }
        }
    }

    private HttpResponse<byte[]> passOn(HttpExchange exchange) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(emulator + exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        for (String name : new String[] {"Authorization", "Content-Type", "X-Amz-Date"}) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static void send(HttpExchange exchange, int status, String code, String body) throws IOException {
        if (!code.isEmpty()) {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", code);
        }
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
