package dev.latchkey.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.template.AuthorizerDefinition;
import dev.latchkey.local.template.AuthorizerDefinition.IdentitySource;
import dev.latchkey.local.template.HttpApi;
import dev.latchkey.local.template.Route;
import dev.latchkey.local.template.Route.Integration;
import dev.latchkey.local.template.Route.Security;
import dev.latchkey.local.testing.Fixtures;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiGatewayTest implements GuardedRouteContract {
    private static final String ROUTE = "arn:aws:execute-api:us-east-1:123456789012:local0http/$default/";
    private static final String YES =
            "{\"isAuthorized\": true, \"context\": {\"company_id\": \"cus_1\", \"roles\": [\"a\", {\"b\": 1}]}}";

    private final ServedApi served = new ServedApi(api(), Fixtures.success(YES), Fixtures.success("{\"orders\": []}"));

    @Override
    public ServedApi served() {
        return served;
    }

    @Override
    public HttpResponse<String> call(String key) throws Exception {
        return served.send("GET", "/simple", "X-Key", key);
    }

    @Override
    public HttpResponse<String> callWithHeaderOf(int characters) throws Exception {
        return served.send("GET", "/open/a", "X-Long", "a".repeat(characters));
    }

    @Override
    public void assertUnauthorized(HttpResponse<String> response) {
        assertAnswer(response, 401, "Unauthorized");
    }

    @Override
    public void assertServerError(HttpResponse<String> response) {
        assertAnswer(response, 500, "Internal Server Error");
    }

    @ParameterizedTest
    @CsvSource({"GET,/none", "POST,/simple", "GET,/simple/", "GET,/$default/simple", "GET,/prod/simple", "GET,/"})
    void anUnknownRouteOrMethodIsNotFound(String method, String path) throws Exception {
        assertAnswer(served.send(method, path, "X-Key", "k"), 404, "Not Found");
    }

    @Test
    void anAuthorizedCallerGetsWhatTheFunctionAnswers() throws Exception {
        HttpResponse<String> response = served.send("GET", "/simple", "X-Key", "k");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"orders\": []}");
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.headers().firstValue("apigw-requestid")).isPresent();
    }

    @Test
    void aMissingOrEmptyIdentitySourceIsUnauthorizedWithoutAskingTheFunction() throws Exception {
        assertAnswer(served.send("GET", "/simple"), 401, "Unauthorized");
        assertAnswer(served.send("GET", "/simple", "X-Key", ""), 401, "Unauthorized");
        assertThat(served.authorizerEvents()).isEmpty();
    }

    @Test
    void isAuthorizedFalseIsForbidden() throws Exception {
        served.decide(Fixtures.success("{\"isAuthorized\": false}"));
        assertAnswer(served.send("GET", "/simple", "X-Key", "k"), 403, "Forbidden");
        assertThat(served.functionEvents()).isEmpty();
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
        served.decide(Fixtures.success(malformed.replace("POLICY", GatewayFixtures.answer("Allow", "*"))));
        assertAnswer(served.send("GET", "/simple", "X-Key", "k"), 500, "Internal Server Error");
        assertThat(served.functionEvents()).isEmpty();
    }

    @Test
    void aSimpleResponseWhereAPolicyIsExpectedIsAServerError() throws Exception {
        assertAnswer(served.send("GET", "/policy/1", "X-Key", "k"), 500, "Internal Server Error");
    }

    @Test
    void aPolicyDecidesForEachRouteThatItNames() throws Exception {
        served.decide(Fixtures.success(GatewayFixtures.answer("Allow", ROUTE + "GET/policy/1")));
        assertThat(served.send("GET", "/policy/1", "X-Key", "k").statusCode()).isEqualTo(200);
        assertAnswer(served.send("GET", "/policy/2", "X-Key", "k"), 403, "Forbidden");
        assertThat(served.authorizerEvents()).hasSize(1);

        served.decide(Fixtures.success(GatewayFixtures.answer("Deny", ROUTE + "*")));
        assertAnswer(served.send("GET", "/policy/1", "X-Key", "other"), 403, "Forbidden");
    }

    @Test
    void aKeptSimpleResponseDecidesForAllRoutesJustAsLongAsTheTimeToLive() throws Exception {
        served.send("GET", "/simple", "X-Key", "k");
        served.decide(Fixtures.success("{\"isAuthorized\": false}"));
        served.clock().turn(Duration.ofMinutes(5).minusMillis(1));
        assertThat(served.send("GET", "/second", "X-Key", "k").statusCode()).isEqualTo(200);
        assertThat(served.authorizerEvents()).hasSize(1);

        served.clock().turn(Duration.ofMillis(1));
        assertThat(served.send("GET", "/second", "X-Key", "k").statusCode()).isEqualTo(403);
        assertThat(served.send("GET", "/simple", "X-Key", "k").statusCode()).isEqualTo(403);
        assertThat(served.authorizerEvents()).hasSize(2);
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
        served.answer(Fixtures.success(json));
        HttpResponse<String> response = served.send("GET", "/open/a");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void headersAndCookiesOfAnAnswerArePassedOn() throws Exception {
        served.answer(Fixtures.success(
                "{\"statusCode\": 200, \"headers\": {\"X-One\": \"1\"}, \"cookies\": [\"a=1\", \"b=2\"]}"));
        HttpResponse<String> response = served.send("GET", "/open/a");
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
        served.answer(Fixtures.success(malformed));
        assertAnswer(served.send("GET", "/open/a"), 500, "Internal Server Error");
        served.answer(Fixtures.thrown("Unauthorized"));
        assertAnswer(served.send("GET", "/open/a"), 500, "Internal Server Error");
    }

    private static HttpApi api() {
        Integration function = new Integration.LambdaProxy("Function");
        return new HttpApi(
                "Api",
                Map.of(),
                List.of(
                        new Route("GET", "/simple", new Security.Custom("Simple"), function),
                        new Route("GET", "/second", new Security.Custom("Simple"), function),
                        new Route("GET", "/policy/{id}", new Security.Custom("Policy"), function),
                        new Route("ANY", "/open/{path+}", new Security.None(), function)),
                Map.of("Simple", authorizer("Simple", true), "Policy", authorizer("Policy", false)),
                Optional.empty());
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
}
