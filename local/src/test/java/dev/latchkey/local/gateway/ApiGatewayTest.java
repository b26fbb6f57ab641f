package dev.latchkey.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.SignatureV4;
import dev.latchkey.local.template.AuthorizerDefinition;
import dev.latchkey.local.template.AuthorizerDefinition.IdentitySource;
import dev.latchkey.local.template.RestApi;
import dev.latchkey.local.template.Route;
import dev.latchkey.local.template.Route.Integration;
import dev.latchkey.local.template.Route.Security;
import dev.latchkey.local.testing.Fixtures;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiGatewayTest implements GuardedRouteContract {
    private static final String STAGE_WIDE = "arn:aws:execute-api:us-east-1:123456789012:local00api/prod/*";
    private static final String TEMPLATE =
            "{\"company\": \"$util.escapeJavaScript($context.authorizer.company_id)\", \"who\": \"$context.authorizer.principalId\","
                    + " \"none\": \"$context.authorizer.none\", \"count\": $context.authorizer.count, \"stage\": \"$context.stage\"}";

    private final ServedApi served = new ServedApi(
            api(),
            Fixtures.success(GatewayFixtures.answer("Allow", STAGE_WIDE)),
            Fixtures.success("{\"statusCode\": 200, \"body\": \"ok\"}"));

    @Override
    public ServedApi served() {
        return served;
    }

    @Override
    public HttpResponse<String> call(String key) throws Exception {
        return served.send("GET", "/mock", "Authorization", key);
    }

    @Override
    public HttpResponse<String> callWithHeaderOf(int characters) throws Exception {
        return served.send("GET", "/files/a", "X-Long", "a".repeat(characters));
    }

    @ParameterizedTest
    @CsvSource({"GET,/none", "POST,/mock", "GET,/mock/", "GET,/prod", "GET,/files", "GET,/proxied/", "GET,/other/mock"})
    void anUnknownRouteOrMethodIsAMissingAuthenticationToken(String method, String path) throws Exception {
        HttpResponse<String> response = served.send(method, path, "Authorization", "token");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
        assertThat(response.headers().firstValue("x-amzn-ErrorType")).contains("MissingAuthenticationTokenException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mock", "/prod/mock"})
    void anAllowedCallerGetsTheMocksTemplate(String path) throws Exception {
        HttpResponse<String> response = served.send("GET", path, "Authorization", "token");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        "{\"company\": \"cus_1\", \"who\": \"cus_1\", \"none\": \"\", \"count\": 3, \"stage\": \"prod\"}");
        assertThat(served.record().access()).isEqualTo(RequestRecord.Access.ALLOW);
    }

    @Test
    void aRecordTellsTheRequestsIdAndTheAnswerItRestsOnBeItKept() throws Exception {
        HttpResponse<String> first = served.send("GET", "/mock", "Authorization", "token");
        RequestRecord asked = served.record();
        assertThat(first.headers().firstValue("x-amzn-RequestId")).contains(asked.id());
        assertThat(json(asked.evidence().answer().text())).isEqualTo(json(GatewayFixtures.answer("Allow", STAGE_WIDE)));
        served.send("GET", "/mock", "Authorization", "token");
        RequestRecord kept = served.record();
        assertThat(kept.cached()).isTrue();
        assertThat(kept.evidence()).isEqualTo(asked.evidence());
        assertThat(kept.id()).isNotEqualTo(asked.id());
    }

    @Test
    void aTokenEventHasExactlyItsThreeMembers() throws Exception {
        served.send("GET", "/prod/proxied/a%20b?x=1", "Authorization", "token");
        assertThat(json(served.authorizerEvents().get(0))).isEqualTo(json("""
                        {"type": "TOKEN", "authorizationToken": "token", "methodArn":
                        "arn:aws:execute-api:us-east-1:123456789012:local00api/prod/GET/proxied/a%20b"}"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Token", "token1", "xtoken", "token token"})
    void aTokenThatDoesNotMatchAsAWholeIsUnauthorizedWithoutAskingTheFunction(String token) throws Exception {
        assertUnauthorized(served.send("GET", "/mock", "Authorization", token));
        assertThat(served.authorizerEvents()).isEmpty();
    }

    @Test
    void aMissingTokenIsUnauthorizedWithoutAskingTheFunction() throws Exception {
        assertUnauthorized(served.send("GET", "/mock"));
        assertThat(served.authorizerEvents()).isEmpty();
        assertThat(served.record().access()).isEqualTo(RequestRecord.Access.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "not json",
                "{\"principalId\": 1, \"policyDocument\": POLICY}",
                "{\"policyDocument\": POLICY}",
                "{\"principalId\": \"a\"}",
                "{\"principalId\": \"a\", \"policyDocument\": {}}",
                "{\"principalId\": \"a\", \"policyDocument\": POLICY, \"context\": {\"a\": null}}",
                "{\"principalId\": \"a\", \"policyDocument\": POLICY, \"context\": {\"a\": []}}",
                "{\"principalId\": \"a\", \"policyDocument\": POLICY, \"context\": {\"a\": {}}}",
                "{\"principalId\": \"a\", \"policyDocument\": POLICY, \"context\": \"a\"}",
                "{\"principalId\": \"a\", \"policyDocument\": POLICY} x",
            })
    void anAnswerThatIsNotOneIsAServerError(String answer) throws Exception {
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":"
                + "[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";
        served.decide(Fixtures.success(answer.replace("POLICY", policy)));
        assertServerError(served.send("GET", "/mock", "Authorization", "token"));
    }

    @Test
    void noMatchingAllowAndAnExplicitDenyAreForbiddenInDifferentWords() throws Exception {
        served.decide(Fixtures.success(GatewayFixtures.answer("Allow", STAGE_WIDE + "/other")));
        HttpResponse<String> implicit = served.send("GET", "/mock", "Authorization", "token");
        assertThat(implicit.statusCode()).isEqualTo(403);
        assertThat(implicit.headers().firstValue("x-amzn-ErrorType")).contains("AccessDeniedException");
        assertThat(implicit.body()).isEqualTo("{\"Message\":\"User is not authorized to access this resource\"}");

        served.decide(Fixtures.success(GatewayFixtures.answer("Deny", STAGE_WIDE)));
        HttpResponse<String> explicit = served.send("GET", "/mock", "Authorization", "tother");
        assertThat(explicit.statusCode()).isEqualTo(403);
        assertThat(explicit.body())
                .isEqualTo("{\"Message\":\"User is not authorized to access this resource with an explicit deny\"}");
    }

    @Test
    void anAnswerIsKeptJustAsLongAsTheTimeToLive() throws Exception {
        served.send("GET", "/mock", "Authorization", "token");
        served.clock().turn(Duration.ofMinutes(5).minusMillis(1));
        served.send("GET", "/mock", "Authorization", "token");
        assertThat(served.authorizerEvents()).hasSize(1);
        assertThat(served.record().cached()).isFalse();
        assertThat(served.record().cached()).isTrue();

        served.clock().turn(Duration.ofMillis(1));
        served.send("GET", "/mock", "Authorization", "token");
        assertThat(served.authorizerEvents()).hasSize(2);
    }

    @Test
    void aKeptPolicyForOneMethodRefusesTheSecondRoute() throws Exception {
        served.decide(Fixtures.success(GatewayFixtures.answer(
                "Allow", "arn:aws:execute-api:us-east-1:123456789012:local00api/prod/GET/mock")));
        assertThat(served.send("GET", "/mock", "Authorization", "token").statusCode())
                .isEqualTo(200);
        assertThat(served.send("GET", "/proxied/1", "Authorization", "token").statusCode())
                .isEqualTo(403);
        assertThat(served.send("GET", "/mock", "Authorization", "token").statusCode())
                .isEqualTo(200);
        assertThat(served.authorizerEvents()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|MissingAuthenticationTokenException|Missing Authentication Token",
                "Bearer x|IncompleteSignatureException|Authorization header requires 'Credential' parameter. ",
                "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c|IncompleteSignatureException|a 'X-Amz-Date'"
            })
    void anIamRouteWantsASignature(String authorization, String type, String message) throws Exception {
        HttpResponse<String> response = served.send("POST", "/signed", "Authorization", authorization);
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(json(response.body()).path("message").asText()).contains(message);
        assertThat(response.headers().firstValue("x-amzn-ErrorType")).contains(type);
        assertThat(served.functionEvents()).isEmpty();
    }

    @Test
    void anIamRouteTakesASignatureAndNoSpoiltOne() throws Exception {
        Map<String, String> headers = SignatureV4.headers(
                "POST",
                served.uri("/signed"),
                "execute-api",
                new byte[0],
                served.clock().instant());
        String authorization = headers.getOrDefault("Authorization", "");
        String date = headers.getOrDefault("X-Amz-Date", "");
        assertThat(served.send("POST", "/signed", "Authorization", authorization, "X-Amz-Date", date)
                        .statusCode())
                .isEqualTo(200);
        assertThat(served.record().access()).isEqualTo(RequestRecord.Access.ALLOW);
        JsonNode context = json(served.functionEvents().get(0)).path("requestContext");
        assertThat(context.at("/identity/accessKey").asText()).isEqualTo("local");
        assertThat(context.at("/identity/userArn").asText()).isEqualTo("arn:aws:iam::123456789012:user/local");
        assertThat(context.has("authorizer")).isFalse();
        String last = authorization.endsWith("0") ? "1" : "0";
        String spoilt = authorization.substring(0, authorization.length() - 1) + last;
        HttpResponse<String> refused = served.send("POST", "/signed", "Authorization", spoilt, "X-Amz-Date", date);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("x-amzn-ErrorType")).contains("InvalidSignatureException");
        assertThat(json(refused.body()).path("message").asText())
                .startsWith("The request signature we calculated does not match the signature you provided. Check your"
                        + " AWS Secret Access Key and signing method.")
                .contains("The Canonical String for this request should have been\n'POST\n/signed\n\nhost:127.0.0.1:");
        assertThat(served.functionEvents()).hasSize(1);
        assertThat(served.record().access()).isEqualTo(RequestRecord.Access.UNAUTHENTICATED);
    }

    @Test
    void aRequestAuthorizerGetsTheRequest() throws Exception {
        served.send("GET", "/prod/asked/7?tenant=a&tenant=b", "X-Key", "key");

        var event = LambdaEventSerializers.serializerFor(
                        APIGatewayCustomAuthorizerEvent.class, getClass().getClassLoader())
                .fromJson(served.authorizerEvents().get(0));
        assertThat(event.getType()).isEqualTo("REQUEST");
        assertThat(event.getMethodArn()).endsWith(":local00api/prod/GET/asked/7");
        assertThat(event.getResource()).isEqualTo("/asked/{id}");
        assertThat(event.getPath()).isEqualTo("/asked/7");
        assertThat(event.getHttpMethod()).isEqualTo("GET");
        assertThat(event.getHeaders()).containsEntry("X-key", "key");
        assertThat(event.getQueryStringParameters()).containsExactly(Map.entry("tenant", "b"));
        assertThat(event.getPathParameters()).containsExactly(Map.entry("id", "7"));
        assertThat(event.getRequestContext().getPath()).isEqualTo("/prod/asked/7");
        assertThat(event.getRequestContext().getStage()).isEqualTo("prod");
        assertThat(event.getRequestContext().getRequestId()).isNotBlank();
        assertThat(event.getRequestContext().getIdentity().getSourceIp()).isEqualTo("127.0.0.1");
        JsonNode tree = json(served.authorizerEvents().get(0));
        assertThat(tree.at("/multiValueQueryStringParameters/tenant/0").asText())
                .isEqualTo("a");
        assertThat(tree.at("/multiValueHeaders/X-key/0").asText()).isEqualTo("key");
        assertThat(tree.has("authorizationToken")).isFalse();
    }

    @Test
    void aRequestAuthorizerWantsAllItsIdentitySourcesAndIsKeptByAllOfThem() throws Exception {
        assertUnauthorized(served.send("GET", "/asked/7?tenant=a"));
        assertUnauthorized(served.send("GET", "/asked/7", "X-Key", "key"));
        assertUnauthorized(served.send("GET", "/asked/7?tenant=", "X-Key", "key"));
        assertThat(served.authorizerEvents()).isEmpty();
        assertThat(served.send("GET", "/asked/7?tenant=a", "X-Key", "key").statusCode())
                .isEqualTo(200);
        assertThat(served.send("GET", "/asked/8?tenant=a&y=1", "X-Key", "key").statusCode())
                .isEqualTo(200);
        assertThat(served.authorizerEvents()).hasSize(1);
        assertThat(served.send("GET", "/asked/7?tenant=b", "X-Key", "key").statusCode())
                .isEqualTo(200);
        assertThat(served.authorizerEvents()).hasSize(2);
    }

    @Test
    void aFunctionGetsTheProxyEvent() throws Exception {
        served.send("GET", "/prod/proxied/a%2Fb?q=1&q=%202", "Authorization", "token");

        var event = LambdaEventSerializers.serializerFor(
                        APIGatewayProxyRequestEvent.class, getClass().getClassLoader())
                .fromJson(served.functionEvents().get(0));
        assertThat(event.getResource()).isEqualTo("/proxied/{id}");
        assertThat(event.getPath()).isEqualTo("/proxied/a%2Fb");
        assertThat(event.getHttpMethod()).isEqualTo("GET");
        assertThat(event.getPathParameters()).containsExactly(Map.entry("id", "a/b"));
        assertThat(event.getQueryStringParameters()).containsExactly(Map.entry("q", " 2"));
        assertThat(event.getMultiValueQueryStringParameters()).containsExactly(Map.entry("q", List.of("1", " 2")));
        assertThat(event.getHeaders()).containsEntry("Authorization", "token");
        assertThat(event.getRequestContext().getAuthorizer())
                .containsEntry("principalId", "cus_1")
                .containsEntry("company_id", "cus_1")
                .containsEntry("count", "3")
                .containsEntry("vip", "true");
        assertThat(event.getRequestContext().getStage()).isEqualTo("prod");
        assertThat(event.getRequestContext().getRequestTimeEpoch())
                .isEqualTo(served.clock().millis());
        assertThat(event.getIsBase64Encoded()).isFalse();
    }

    @Test
    void whatARequestDoesNotHaveIsNullInItsEvent() throws Exception {
        served.send("GET", "/files/a/b");
        JsonNode event = json(served.functionEvents().get(0));
        for (String name :
                List.of("body", "queryStringParameters", "multiValueQueryStringParameters", "stageVariables")) {
            assertThat(event.has(name)).isTrue();
            assertThat(event.get(name).isNull()).as(name).isTrue();
        }
        assertThat(event.at("/pathParameters/path").asText()).isEqualTo("a/b");
    }

    @Test
    void aBodyIsTextWhenItIsTextElseBase64() throws Exception {
        served.post("/files/x", new byte[] {'{', '}'});
        assertThat(json(served.functionEvents().get(0)).path("body").asText()).isEqualTo("{}");
        served.post("/files/x", new byte[] {(byte) 0xff, 0});
        assertThat(json(served.functionEvents().get(1)).path("body").asText()).isEqualTo("/wA=");
        assertThat(json(served.functionEvents().get(1)).path("isBase64Encoded").asBoolean())
                .isTrue();
    }

    @Test
    void aFunctionsResponseIsPassedOn() throws Exception {
        served.answer(Fixtures.success("""
                {"statusCode": 418, "headers": {"X-One": "1", "Content-Type": "text/plain"},
                 "multiValueHeaders": {"X-Two": ["a", "b"]}, "body": "aGk=", "isBase64Encoded": true}"""));
        HttpResponse<String> response = served.send("GET", "/files/a");
        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.body()).isEqualTo("hi");
        assertThat(response.headers().firstValue("content-type")).contains("text/plain");
        assertThat(response.headers().firstValue("x-one")).contains("1");
        assertThat(response.headers().allValues("x-two")).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"text\"",
                "{}",
                "{\"statusCode\": \"ok\"}",
                "{\"statusCode\": 99}",
                "{\"statusCode\": 200, \"body\": {}}",
                "{\"statusCode\": 200, \"headers\": []}",
                "{\"statusCode\": 200, \"headers\": {\"a\": \"b\\r\\nc: d\"}}",
                "{\"statusCode\": 200, \"body\": \"%%\", \"isBase64Encoded\": true}",
                "{\"statusCode\": 200, \"status\": 200}",
            })
    void aMalformedResponseIsABadGateway(String malformed) throws Exception {
        served.answer(Fixtures.success(malformed));
        HttpResponse<String> response = served.send("GET", "/files/a");
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).isEqualTo("{\"message\": \"Internal server error\"}");
    }

    @Test
    void aFunctionErrorIsABadGateway() throws Exception {
        served.answer(Fixtures.thrown("Unauthorized"));
        assertThat(served.send("GET", "/files/a").statusCode()).isEqualTo(502);
    }

    @Test
    void aFixedPathWinsOverAGreedyOne() throws Exception {
        assertThat(served.send("GET", "/files/fixed").statusCode()).isEqualTo(204);
        assertThat(served.send("DELETE", "/files/fixed").statusCode()).isEqualTo(200);
    }

    private static RestApi api() {
        Integration mock = new Integration.Mock(200, TEMPLATE);
        Integration function = new Integration.LambdaProxy("Function");
        Security token = new Security.Custom("Token");
        return new RestApi(
                "Api",
                "prod",
                Map.of(),
                List.of(
                        new Route("GET", "/mock", token, mock),
                        new Route("GET", "/proxied/{id}", token, function),
                        new Route("ANY", "/files/{path+}", new Security.None(), function),
                        new Route("GET", "/files/fixed", new Security.None(), new Integration.Mock(204, "")),
                        new Route("POST", "/signed", new Security.Iam(), function),
                        new Route("GET", "/asked/{id}", new Security.Custom("Request"), function)),
                Map.of(
                        "Token",
                        new AuthorizerDefinition.Token(
                                "Token",
                                "Authorizer",
                                Duration.ofMinutes(5),
                                "Authorization",
                                Pattern.compile("t[a-z]+")),
                        "Request",
                        new AuthorizerDefinition.Request(
                                "Request",
                                "Authorizer",
                                Duration.ofMinutes(5),
                                List.of(
                                        new IdentitySource(IdentitySource.Kind.HEADER, "X-Key"),
                                        new IdentitySource(IdentitySource.Kind.QUERY_STRING, "tenant")))),
                Map.of());
    }

    @Override
    public void assertUnauthorized(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
        assertThat(response.headers().firstValue("x-amzn-ErrorType")).contains("UnauthorizedException");
    }

    @Override
    public void assertServerError(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEqualTo("{\"message\":null}");
    }

    private static JsonNode json(String text) {
        return JsonTree.parse(text).orElseThrow();
    }
}
