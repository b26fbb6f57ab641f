package dev.latchkey.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.Payload;
import dev.latchkey.local.template.HttpApi;
import dev.latchkey.local.template.Route;
import dev.latchkey.local.template.Route.Integration;
import dev.latchkey.local.template.Route.Security;
import dev.latchkey.local.testing.Fixtures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Events of payload format 2.0, read by the types that AWS publishes for them. */
class HttpEventsTest {
    private static final Route ROUTE =
            new Route("GET", "/orders/{id}", new Security.Custom("Own"), new Integration.LambdaProxy("F"));
    private static final HttpApi API =
            new HttpApi("Api", Map.of("colour", "red"), List.of(ROUTE), Map.of(), Optional.empty());
    private static final HttpApi BARE = new HttpApi("Api", Map.of(), List.of(ROUTE), Map.of(), Optional.empty());
    private static final RouteTable.Match MATCH = new RouteTable.Match(ROUTE, Map.of("id", "7 a"));
    private static final String ARN = "arn:aws:execute-api:us-east-1:123456789012:local0http/$default/GET/orders/7%20a";

    private static final ApiRequest FULL = request(
            "/orders/7%20a+b",
            Map.of(
                    "Authorization", List.of("token"),
                    "X-Many", List.of("a", "b"),
                    "Cookie", List.of("one=1; two=2"),
                    "User-Agent", List.of("curl")),
            Map.of("q", List.of("1", " 2")),
            "q=1&q=%202",
            "");

    @Test
    void anAuthorizersEventIsTheOneThatAwsTypes() {
        byte[] bytes = HttpEvents.authorizer(FULL, MATCH, API, List.of("token"), ARN);

        var event = LambdaEventSerializers.serializerFor(
                        APIGatewayV2CustomAuthorizerEvent.class, getClass().getClassLoader())
                .fromJson(new String(bytes, StandardCharsets.UTF_8));
        assertThat(event.getVersion()).isEqualTo("2.0");
        assertThat(event.getType()).isEqualTo("REQUEST");
        assertThat(event.getRouteArn()).isEqualTo(ARN);
        assertThat(event.getIdentitySource()).containsExactly("token");
        assertThat(event.getRouteKey()).isEqualTo("GET /orders/{id}");
        assertThat(event.getRawPath()).isEqualTo("/orders/7 a+b");
        assertThat(event.getRawQueryString()).isEqualTo("q=1&q=%202");
        assertThat(event.getCookies()).containsExactly("one=1", "two=2");
        assertThat(event.getHeaders())
                .containsOnly(
                        Map.entry("authorization", "token"),
                        Map.entry("x-many", "a,b"),
                        Map.entry("user-agent", "curl"));
        assertThat(event.getQueryStringParameters()).containsOnly(Map.entry("q", "1, 2"));
        assertThat(event.getPathParameters()).containsOnly(Map.entry("id", "7 a"));
        assertThat(event.getStageVariables()).containsOnly(Map.entry("colour", "red"));
        var context = event.getRequestContext();
        assertThat(context.getAccountId()).isEqualTo("123456789012");
        assertThat(context.getApiId()).isEqualTo("local0http");
        assertThat(context.getDomainPrefix()).isEqualTo("local0http");
        assertThat(context.getDomainName()).isEqualTo("local0http.execute-api.us-east-1.amazonaws.com");
        assertThat(context.getRequestId()).isEqualTo("request-1");
        assertThat(context.getRouteKey()).isEqualTo("GET /orders/{id}");
        assertThat(context.getStage()).isEqualTo("$default");
        assertThat(context.getHttp().getMethod()).isEqualTo("GET");
        assertThat(context.getHttp().getPath()).isEqualTo("/orders/7 a+b");
        assertThat(context.getHttp().getProtocol()).isEqualTo("HTTP/1.1");
        assertThat(context.getHttp().getSourceIp()).isEqualTo("127.0.0.1");
        assertThat(context.getHttp().getUserAgent()).isEqualTo("curl");
        assertThat(json(bytes).at("/requestContext/time").asText()).isEqualTo("12/Mar/2020:19:03:58 +0000");
        assertThat(json(bytes).at("/requestContext/timeEpoch").asLong()).isEqualTo(1_584_039_838_390L);
    }

    @Test
    void aProxyEventIsTheOneThatAwsTypes() {
        ObjectNode values = JsonTree.object().put("company_id", "cus_1").put("count", 3);
        ObjectNode authorizer = JsonTree.object();
        authorizer.set("lambda", values);
        byte[] bytes = HttpEvents.proxy(FULL, MATCH, API, Optional.of(authorizer));

        var event = LambdaEventSerializers.serializerFor(
                        APIGatewayV2HTTPEvent.class, getClass().getClassLoader())
                .fromJson(new String(bytes, StandardCharsets.UTF_8));
        assertThat(event.getVersion()).isEqualTo("2.0");
        assertThat(event.getRouteKey()).isEqualTo("GET /orders/{id}");
        assertThat(event.getRawPath()).isEqualTo("/orders/7 a+b");
        assertThat(event.getHeaders()).containsEntry("x-many", "a,b").doesNotContainKey("cookie");
        assertThat(event.getRequestContext().getAuthorizer().getLambda())
                .containsOnly(Map.entry("company_id", "cus_1"), Map.entry("count", 3));
        assertThat(event.getRequestContext().getTime()).isEqualTo("12/Mar/2020:19:03:58 +0000");
        assertThat(event.getIsBase64Encoded()).isFalse();
        assertThat(json(bytes).has("identitySource")).isFalse();
    }

    @Test
    void whatARequestDoesNotHaveIsAbsent() {
        ApiRequest bare = request("/orders/7", Map.of(), Map.of(), "", "");
        RouteTable.Match match = new RouteTable.Match(ROUTE, Map.of());
        assertThat(json(HttpEvents.authorizer(bare, match, BARE, List.of(), ARN))
                        .properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "version", "type", "routeArn", "routeKey", "rawPath", "rawQueryString", "requestContext");
        assertThat(json(HttpEvents.proxy(bare, match, BARE, Optional.empty())).properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "version", "routeKey", "rawPath", "rawQueryString", "requestContext", "isBase64Encoded");
    }

    @Test
    void aBodyIsTextWhenItIsTextElseBase64() {
        JsonNode text =
                json(HttpEvents.proxy(request("/", Map.of(), Map.of(), "", "{}"), MATCH, BARE, Optional.empty()));
        assertThat(text.path("body").asText()).isEqualTo("{}");
        ApiRequest binary = new ApiRequest(
                "id", Instant.EPOCH, "POST", "/", Map.of(), Map.of(), "", new Payload(new byte[] {-1, 0}), "::1");
        JsonNode base64 = json(HttpEvents.proxy(binary, MATCH, BARE, Optional.empty()));
        assertThat(base64.path("body").asText()).isEqualTo("/wA=");
        assertThat(base64.path("isBase64Encoded").asBoolean()).isTrue();
    }

    private static ApiRequest request(
            String path,
            Map<String, List<String>> headers,
            Map<String, List<String>> query,
            String rawQuery,
            String body) {
        var anyCase = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        return new ApiRequest(
                "request-1",
                Instant.parse("2020-03-12T19:03:58.390Z"),
                "GET",
                path,
                anyCase,
                query,
                rawQuery,
                Fixtures.payload(body),
                "127.0.0.1");
    }

    private static JsonNode json(byte[] bytes) {
        return JsonTree.parse(bytes).orElseThrow();
    }
}
