package dev.latchkey.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.lambda.Invoker;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.Payload;
import dev.latchkey.local.template.AuthorizerDefinition;
import dev.latchkey.local.template.AuthorizerDefinition.IdentitySource;
import dev.latchkey.local.template.HttpApi;
import dev.latchkey.local.template.Route;
import dev.latchkey.local.template.Route.Integration;
import dev.latchkey.local.template.Route.Security;
import dev.latchkey.local.testing.Fixtures;
import dev.latchkey.testing.TurnableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiGatewayTest {
    private static final String ROUTE = "arn:aws:execute-api:us-east-1:123456789012:local0http/$default/";
    private static final String YES =
            "{\"isAuthorized\": true, \"context\": {\"company_id\": \"cus_1\", \"roles\": [\"a\", {\"b\": 1}]}}";

    private final TurnableClock clock = new TurnableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<String> authorizerEvents = new ArrayList<>();
    private final List<String> functionEvents = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final RequestLog log = new RequestLog(record -> {});

    private InvocationResult decision = Fixtures.success(YES);
    private InvocationResult answer = Fixtures.success("{\"orders\": []}");
    private LoopbackServer server = LoopbackServer.start("test", 0, "", exchange -> {
        throw new IOException("not ready");
    });

    @BeforeEach
    void start() {
        server.close();
        Integration function = new Integration.LambdaProxy("Function");
        HttpApi api = new HttpApi(
                "Api",
                Map.of(),
                List.of(
                        new Route("GET", "/simple", new Security.Custom("Simple"), function),
                        new Route("GET", "/second", new Security.Custom("Simple"), function),
                        new Route("GET", "/policy/{id}", new Security.Custom("Policy"), function),
                        new Route("ANY", "/open/{path+}", new Security.None(), function)),
                Map.of("Simple", authorizer("Simple", true), "Policy", authorizer("Policy", false)));
        Map<String, Invoker> functions = Map.of(
                "Authorizer",
                        (id, event) -> {
                            authorizerEvents.add(new Payload(event).text());
                            return decision;
                        },
                "Function",
                        (id, event) -> {
                            functionEvents.add(new Payload(event).text());
                            return answer;
                        });
        server = LoopbackServer.start("api", 0, "", new ApiGateway(api, functions, clock, log)::handle);
    }

    @AfterEach
    void stop() {
        server.close();
        log.close();
    }

    @ParameterizedTest
    @CsvSource({"GET,/none", "POST,/simple", "GET,/simple/", "GET,/$default/simple", "GET,/prod/simple", "GET,/"})
    void anUnknownRouteOrMethodIsNotFound(String method, String path) throws Exception {
        assertAnswer(send(method, path, "X-Key", "k"), 404, "Not Found");
    }

    @Test
    void anAuthorizedCallerGetsWhatTheFunctionAnswers() throws Exception {
        HttpResponse<String> response = send("GET", "/simple", "X-Key", "k");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"orders\": []}");
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.headers().firstValue("apigw-requestid")).isPresent();
    }

    @Test
    void aMissingOrEmptyIdentitySourceIsUnauthorizedWithoutAskingTheFunction() throws Exception {
        assertAnswer(send("GET", "/simple"), 401, "Unauthorized");
        assertAnswer(send("GET", "/simple", "X-Key", ""), 401, "Unauthorized");
        assertThat(authorizerEvents).isEmpty();
    }

    @Test
    void isAuthorizedFalseIsForbidden() throws Exception {
        decision = Fixtures.success("{\"isAuthorized\": false}");
        assertAnswer(send("GET", "/simple", "X-Key", "k"), 403, "Forbidden");
        assertThat(functionEvents).isEmpty();
    }

    @Test
    void theErrorUnauthorizedIsUnauthorizedAndNotKept() throws Exception {
        decision = Fixtures.thrown("Unauthorized");
        assertAnswer(send("GET", "/simple", "X-Key", "k"), 401, "Unauthorized");
        assertAnswer(send("GET", "/simple", "X-Key", "k"), 401, "Unauthorized");
        assertThat(authorizerEvents).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unauthorized", "Unauthorized ", "Unauthorized: expired", ""})
    void anyOtherFunctionErrorIsAServerError(String message) throws Exception {
        decision = Fixtures.thrown(message);
        assertAnswer(send("GET", "/simple", "X-Key", "k"), 500, "Internal Server Error");
    }

    @Test
    void aTimeoutOrACrashOfTheAuthorizerIsAServerError() throws Exception {
        decision = new InvocationResult.Timeout("id", Duration.ofSeconds(10));
        assertAnswer(send("GET", "/simple", "X-Key", "k"), 500, "Internal Server Error");
        decision = new InvocationResult.Crash("Runtime.ExitError", "gone");
        assertAnswer(send("GET", "/simple", "X-Key", "k"), 500, "Internal Server Error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "{}",
                "not json",
                "{\"isAuthorized\": \"true\"}",
                "{\"isAuthorized\": 1}",
                "{\"isAuthorized\": null}",
                "{\"isAuthorized\": true, \"context\": \"cus_1\"}",
                "{\"isAuthorized\": true, \"context\": []}",
                "{\"isAuthorized\": true} x",
                "POLICY",
            })
    void anAnswerThatIsNoSimpleResponseIsAServerError(String malformed) throws Exception {
        decision = Fixtures.success(malformed.replace("POLICY", GatewayFixtures.answer("Allow", "*")));
        assertAnswer(send("GET", "/simple", "X-Key", "k"), 500, "Internal Server Error");
        assertThat(functionEvents).isEmpty();
    }

    @Test
    void aSimpleResponseWhereAPolicyIsExpectedIsAServerError() throws Exception {
        assertAnswer(send("GET", "/policy/1", "X-Key", "k"), 500, "Internal Server Error");
    }

    @Test
    void aPolicyDecidesForEachRouteThatItNames() throws Exception {
        decision = Fixtures.success(GatewayFixtures.answer("Allow", ROUTE + "GET/policy/1"));
        assertThat(send("GET", "/policy/1", "X-Key", "k").statusCode()).isEqualTo(200);
        assertAnswer(send("GET", "/policy/2", "X-Key", "k"), 403, "Forbidden");
        assertThat(authorizerEvents).hasSize(1);

        decision = Fixtures.success(GatewayFixtures.answer("Deny", ROUTE + "*"));
        assertAnswer(send("GET", "/policy/1", "X-Key", "other"), 403, "Forbidden");
    }

    @Test
    void aKeptSimpleResponseDecidesForAllRoutesJustAsLongAsTheTimeToLive() throws Exception {
        send("GET", "/simple", "X-Key", "k");
        decision = Fixtures.success("{\"isAuthorized\": false}");
        clock.turn(Duration.ofMinutes(5).minusMillis(1));
        assertThat(send("GET", "/second", "X-Key", "k").statusCode()).isEqualTo(200);
        assertThat(authorizerEvents).hasSize(1);

        clock.turn(Duration.ofMillis(1));
        assertThat(send("GET", "/second", "X-Key", "k").statusCode()).isEqualTo(403);
        assertThat(send("GET", "/simple", "X-Key", "k").statusCode()).isEqualTo(403);
        assertThat(authorizerEvents).hasSize(2);
    }

    @Test
    void anAnswerIsKeptForItsIdentityOnly() throws Exception {
        send("GET", "/simple", "X-Key", "k");
        send("GET", "/simple", "X-Key", "other");
        assertThat(authorizerEvents).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"statusCode\": 201, \"body\": \"a\"} | 201 | a",
                "{\"statusCode\": 200, \"body\": \"aGk=\", \"isBase64Encoded\": true} | 200 | hi",
                "\"text\" | 200 | \"text\"",
                "[1] | 200 | [1]",
            })
    void anAnswerWithoutAStatusCodeIsTheBodyOfA200(String json, int status, String body) throws Exception {
        answer = Fixtures.success(json);
        HttpResponse<String> response = send("GET", "/open/a");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void headersAndCookiesOfAnAnswerArePassedOn() throws Exception {
        answer = Fixtures.success(
                "{\"statusCode\": 200, \"headers\": {\"X-One\": \"1\"}, \"cookies\": [\"a=1\", \"b=2\"]}");
        HttpResponse<String> response = send("GET", "/open/a");
        assertThat(response.headers().firstValue("x-one")).contains("1");
        assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"statusCode\": \"ok\"}",
                "{\"statusCode\": 200, \"body\": {}}",
                "not json",
                "{\"statusCode\": 99}"
            })
    void aMalformedAnswerOrAFunctionErrorIsAServerError(String malformed) throws Exception {
        answer = Fixtures.success(malformed);
        assertAnswer(send("GET", "/open/a"), 500, "Internal Server Error");
        answer = Fixtures.thrown("Unauthorized");
        assertAnswer(send("GET", "/open/a"), 500, "Internal Server Error");
    }

    @Test
    void moreThanTenKilobytesOfHeadersAreRefused() throws Exception {
        assertThat(send("GET", "/open/a", "X-Long", "a".repeat(10_240)).statusCode())
                .isEqualTo(431);
    }

    private static AuthorizerDefinition authorizer(String name, boolean simple) {
        List<IdentitySource> sources = List.of(new IdentitySource(IdentitySource.Kind.HEADER, "x-key"));
        return new AuthorizerDefinition.Http(name, "Authorizer", Duration.ofMinutes(5), sources, simple);
    }

    private static void assertAnswer(HttpResponse<String> response, int status, String message) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo("{\"message\":\"" + message + "\"}");
        assertThat(response.headers().firstValue("x-amzn-ErrorType")).isEmpty();
    }

    private HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
