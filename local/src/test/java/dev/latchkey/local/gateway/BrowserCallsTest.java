package dev.latchkey.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.lambda.Invoker;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.template.Api;
import dev.latchkey.local.template.HttpApi;
import dev.latchkey.local.template.Template;
import dev.latchkey.local.testing.Fixtures;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A page in a browser")
class BrowserCallsTest {

    private static final String APP = "https://app.example.com";
    private static final String BOTH = APP + ",http://localhost:5173";
    private static final String REST = "/prod/orders";
    private static final String HTTP = "/orders";
    private static final String ORIGIN = "access-control-allow-origin";

    private final HttpClient client = HttpClient.newHttpClient();
    private final RequestLog log = new RequestLog(record -> {});
    private final List<String> invoked = new CopyOnWriteArrayList<>();
    private final Map<String, LoopbackServer> servers = new HashMap<>();
    private InvocationResult decision = Fixtures.success(GatewayFixtures.answer("Allow", "arn:aws:execute-api:*:*:*"));

    private void serve(String origins) {
        Template template = Template.read(Path.of("../template.yaml"), Map.of("CorsOrigins", origins));
        Map<String, Invoker> functions = new HashMap<>();
        template.functions()
                .forEach(function -> functions.put(function.logicalId(), (id, event) -> {
                    invoked.add(function.logicalId());
                    return function.logicalId().equals("AuthorizerFunction")
                            ? decision
                            : Fixtures.success("{\"statusCode\": 200, \"body\": \"ok\","
                                    + " \"headers\": {\"Access-Control-Allow-Origin\": \"https://evil.example\"}}");
                }));
        serve(REST, template.apis().get(0), functions);
        serve(
                HTTP,
                template.httpApis().stream()
                        .filter(api -> api.guard() != HttpApi.Guard.NONE)
                        .findFirst()
                        .orElseThrow(),
                functions);
    }

    private void serve(String door, Api api, Map<String, Invoker> functions) {
        ApiGateway gateway = new ApiGateway(api, functions, Clock.systemUTC(), log);
        servers.put(door, LoopbackServer.start("api", 0, "", gateway::handle));
    }

    @AfterEach
    void end() {
        servers.values().forEach(LoopbackServer::close);
        log.close();
    }

    private HttpResponse<String> send(String door, String method, String... headers) throws Exception {
        LoopbackServer server = Objects.requireNonNull(servers.get(door));
        URI uri = URI.create("http://127.0.0.1:" + server.port() + door);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.noBody())
                        .headers(headers)
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> preflight(String door, String origin) throws Exception {
        return send(
                door,
                "OPTIONS",
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "GET",
                "Access-Control-Request-Headers",
                "authorization");
    }

    private HttpResponse<String> call(String door, String origin) throws Exception {
        return send(door, "GET", "Origin", origin, "Authorization", "Bearer e30.e30.e30");
    }

    private static Optional<String> header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {REST, HTTP})
    @DisplayName("H18: of a listed origin may send its key and read the answer")
    void listed(String door) throws Exception {
        serve(BOTH);
        for (String origin : BOTH.split(",", -1)) {
            HttpResponse<String> asked = preflight(door, origin);
            assertThat(asked.statusCode()).isEqualTo(204);
            assertThat(header(asked, ORIGIN)).contains(origin);
            assertThat(header(asked, "access-control-allow-methods")).contains("GET");
            assertThat(header(asked, "access-control-allow-headers")).contains("authorization");
            assertThat(header(asked, "access-control-max-age")).contains("600");
            HttpResponse<String> answer = call(door, origin);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().allValues(ORIGIN)).containsExactly(origin);
            assertThat(header(answer, "access-control-expose-headers").orElseThrow())
                    .containsIgnoringCase("requestid");
            assertThat(header(answer, "access-control-allow-credentials")).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://app.example.com",
                "https://app.example.com:8443",
                "https://app.example.com.evil.example",
                "https://evilapp.example.com",
                "https://appXexample.com",
                "https://app",
                "example.com",
                "HTTPS://APP.EXAMPLE.COM",
                "https://app.example.com/",
                BOTH,
                ",",
                "null",
                "*",
            })
    @DisplayName("H18: of any other origin reads neither an answer nor that it may ask: origins are exact")
    void unlisted(String origin) throws Exception {
        serve(BOTH);
        for (String door : List.of(REST, HTTP)) {
            assertThat(header(preflight(door, origin), ORIGIN)).isEmpty();
            HttpResponse<String> answer = call(door, origin);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, ORIGIN)).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {REST, HTTP})
    @DisplayName("H19: a pre-flight, with a key or without, asks neither the authorizer nor a back end")
    void preflights(String door) throws Exception {
        serve(APP);
        preflight(door, APP);
        preflight(door, "https://evil.example");
        HttpResponse<String> answer = send(
                door,
                "OPTIONS",
                "Origin",
                APP,
                "Access-Control-Request-Method",
                "GET",
                "Authorization",
                "Bearer e30.e30.e30");
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(invoked).isEmpty();
    }

    @Test
    @DisplayName(
            "H18: reads of the REST API's refusals no more than that it was refused, and of the HTTP API's nothing")
    void refusals() throws Exception {
        decision = Fixtures.success(GatewayFixtures.answer("Deny", "arn:aws:execute-api:*:*:*"));
        serve(APP);
        for (HttpResponse<String> refusal :
                List.of(call(REST, APP), call(REST, "https://evil.example"), send(REST, "GET", "Origin", APP))) {
            assertThat(refusal.statusCode()).isIn(401, 403);
            assertThat(header(refusal, ORIGIN)).contains(APP);
            assertThat(header(refusal, "access-control-expose-headers")).contains("x-amzn-RequestId");
        }
        HttpResponse<String> ofHttpApi = call(HTTP, APP);
        assertThat(ofHttpApi.statusCode()).isEqualTo(403);
        assertThat(header(ofHttpApi, ORIGIN)).isEmpty();

        servers.values().forEach(LoopbackServer::close);
        serve(BOTH);
        assertThat(header(call(REST, APP), ORIGIN)).contains("*");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {REST, HTTP})
    @DisplayName("of any origin may call where all may, without cookies")
    void all(String door) throws Exception {
        serve("*");
        assertThat(header(preflight(door, "https://anybody.example"), ORIGIN)).contains("*");
        HttpResponse<String> answer = call(door, "null");
        assertThat(header(answer, ORIGIN)).contains("*");
        assertThat(header(answer, "access-control-allow-credentials")).isEmpty();
    }

    @Test
    @DisplayName("may not call where no origin is given: nothing tells of CORS")
    void none() throws Exception {
        serve("");
        assertThat(preflight(REST, APP).statusCode()).isEqualTo(403);
        assertThat(preflight(HTTP, APP).statusCode()).isEqualTo(404);
        for (String door : List.of(REST, HTTP)) {
            for (HttpResponse<String> answer : List.of(preflight(door, APP), call(door, APP))) {
                assertThat(answer.headers().map().keySet())
                        .filteredOn(name -> name.startsWith("access-control-") || name.equals("vary"))
                        .isSubsetOf("access-control-allow-origin");
            }
        }
        assertThat(header(call(REST, APP), ORIGIN)).isEmpty();
        assertThat(header(call(HTTP, APP), ORIGIN)).contains("https://evil.example");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "https://app.example.com/",
                "app.example.com",
                "https://*.example.com",
                "https://a.example, https://b.example",
                "https://a.example,*",
                "https://A.example",
                "https://a.example\" == \"",
            })
    @DisplayName("is of an origin as browsers send it, or the parameter is refused")
    void parameter(String origins) {
        assertThatThrownBy(() -> Template.read(Path.of("../template.yaml"), Map.of("CorsOrigins", origins)))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("CorsOrigins must match");
    }
}
