package dev.latchkey.local.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.local.check.Flaw;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.stack.KeySettings;
import dev.latchkey.local.stack.LocalStack;
import dev.latchkey.local.stack.StackOptions;
import dev.latchkey.local.template.Template;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The playground's server over template.yaml and the built packages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlaygroundTest {
    /** The page's server signs where it is told the algorithm alone. */
    private static final String SIGNED = "AWS4-HMAC-SHA256";

    private static final String CUSTOMER = "{\"customerId\":\"cus_1\",\"email\":\"a@b.co\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Decisions decisions = new Decisions();
    private final LocalStack stack = start();
    private final Playground page = Playground.start(0, stack, decisions);

    private LocalStack start() {
        Template template = Template.read(Path.of("../template.yaml"), Map.of("Algorithm", "ES256"));
        KeySettings keys = KeySettings.throwAway(Algorithm.ES256);
        StackOptions options = StackOptions.defaults().withEnvironment(keys.environment(Map.of()));
        return LocalStack.start(template, options, decisions);
    }

    @AfterAll
    void stop() {
        page.close();
        stack.close();
    }

    @Test
    void itListensOnTheLoopbackInterfaceOnly() throws Exception {
        assertThat(page.url().getHost()).isEqualTo("127.0.0.1");
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .toList();
        for (InetAddress other : others) {
            assertThatThrownBy(() -> new Socket(other, page.url().getPort()).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aTakenPortIsNamedWithItsOption() {
        assertThatThrownBy(() -> Playground.start(page.url().getPort(), stack, decisions))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("is already in use")
                .hasMessageContaining("--page-port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page.js", "/setup", "/nothing", "/rest/orders"})
    void everyAnswerBindsThePageToItsOwnFiles(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'")
                .doesNotContain("unsafe");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/nothing,404",
        "GET,/rest,404",
        "GET,/decisions/none,404",
        "POST,/setup,404",
        "GET,/spoilt,404",
        "POST,/spoilt,400",
        "PUT,/setup,405",
        "DELETE,/rest/orders,405"
    })
    void whatIsNotThereIsRefused(String method, String path, int status) throws Exception {
        HttpRequest.Builder request = request(path).header("Origin", origin());
        assertThat(send(request.method(method, BodyPublishers.noBody())).statusCode())
                .isEqualTo(status);
    }

    @Test
    void aRequestOfAnotherPageReachesNothing() throws Exception {
        HttpRequest.Builder foreign = request("/rest/create-key")
                .headers("Origin", "http://evil.example", "Authorization", SIGNED)
                .POST(BodyPublishers.ofString(CUSTOMER));
        assertThat(send(foreign).statusCode()).isEqualTo(403);
        assertThat(send(request("/setup").header("Sec-Fetch-Site", "cross-site"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void theSetupTellsAddressesRoutesAndSettingsButNoSecret() throws Exception {
        HttpResponse<String> response = get("/setup");
        JsonNode setup = json(response);
        assertThat(setup.path("apis").path(0))
                .isEqualTo(
                        JsonTree.parse("{\"name\":\"rest\",\"url\":\"" + stack.apiUrl() + "\",\"paths\":[\"/orders\"]}")
                                .orElseThrow());
        assertThat(setup.path("apis").path(1).path("url").asText())
                .isEqualTo(stack.httpApiUrl().orElseThrow().toString());
        assertThat(setup.path("settings").path("PLUGIN_JWT_ALGORITHM").asText()).isEqualTo("ES256");
        assertThat(setup.path("settings").path("PLUGIN_JWT_ISSUER").isNull()).isTrue();
        assertThat(response.body()).doesNotContain("SECRET", "\"d\"");
    }

    @Test
    void aKeyIsIssuedAndTriedAndEachDecisionExplained() throws Exception {
        HttpResponse<String> issued = post("/rest/create-key", CUSTOMER);
        assertThat(issued.statusCode()).isEqualTo(200);
        String key = json(issued).path("apikey").asText();

        HttpResponse<String> allowed = get("/rest/orders", "Authorization", "Bearer " + key);
        assertThat(allowed.statusCode()).isEqualTo(200);
        JsonNode first = decision(allowed, "x-amzn-requestid");
        assertThat(first.path("access").asText()).isEqualTo("allow");
        assertThat(first.path("asked").asBoolean()).isTrue();
        assertThat(first.path("answer").path("principalId").asText()).isEqualTo("cus_1");
        assertThat(first.path("answer").path("policyDocument").isObject()).isTrue();

        JsonNode second = decision(get("/rest/orders", "Authorization", "Bearer " + key), "x-amzn-requestid");
        assertThat(second.path("cached").asBoolean()).isTrue();
        assertThat(second.path("asked").asBoolean()).isFalse();
        assertThat(second.path("answer")).isEqualTo(first.path("answer"));

        JsonNode spoilt = json(post("/spoilt", "{\"apikey\":\"" + key + "\"}"));
        assertThat(spoilt.size()).isEqualTo(Flaw.values().length);
        String expired = "Bearer " + spoilt.path("expired").asText();
        JsonNode refused = decision(get("/rest/orders", "Authorization", expired), "x-amzn-requestid");
        assertThat(refused.path("access").asText()).isEqualTo("unauthenticated");
        assertThat(refused.path("log").path("reason").asText()).isEqualTo("expired");
        for (boolean cached : new boolean[] {false, true}) {
            HttpResponse<String> denied = get("/http/orders", "Authorization", expired);
            assertThat(denied.statusCode()).isEqualTo(403);
            JsonNode told = decision(denied, "apigw-requestid");
            assertThat(told.path("cached").asBoolean()).isEqualTo(cached);
            assertThat(told.path("log").path("reason").asText()).isEqualTo("expired");
            assertThat(told.path("answer").findValue("Effect").asText()).isEqualTo("Deny");
        }
        String unknown = "Bearer " + spoilt.path("unknown-kid").asText();
        for (int call = 0; call < 2; call++) {
            HttpResponse<String> notKept = get("/http/orders", "Authorization", unknown);
            assertThat(notKept.statusCode()).isEqualTo(401);
            JsonNode told = decision(notKept, "apigw-requestid");
            assertThat(told.path("cached").asBoolean()).isFalse();
            assertThat(told.path("log").path("reason").asText()).isEqualTo("unknown_key");
        }
        JsonNode without = decision(get("/rest/orders"), "x-amzn-requestid");
        assertThat(without.path("asked").asBoolean()).isFalse();
        assertThat(without.path("detail").asText()).isEqualTo("no identity");
    }

    private JsonNode decision(HttpResponse<?> response, String header) throws Exception {
        return json(get("/decisions/" + response.headers().firstValue(header).orElseThrow()));
    }

    private String origin() {
        return "http://127.0.0.1:" + page.url().getPort();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path)
                .headers("Origin", origin(), "Authorization", SIGNED)
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonTree.parse(response.body()).orElseThrow();
    }
}
