package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.json.JsonValue.JsonBoolean;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of API: the event it sends and the answer it expects. */
class ShapesTest {

    private static final String API = "arn:aws:execute-api:us-east-1:123456789012:abcdef1234";

    private final String good = TestTokens.good("HS256").hs256(TestKeys.SECRET);
    private final String bad = TestTokens.good("HS256").hs256(TestKeys.OTHER_SECRET);

    @Test
    @DisplayName("G14: an HTTP API with payload format 2.0 gets a simple response by default")
    void simpleResponse() {
        TestAuthorizer authorizer = TestAuthorizer.with();
        JsonObject allowed = authorizer.call(http2("\"authorization\":\"Bearer " + good + "\""));
        assertThat(allowed.members().keySet()).containsExactly("isAuthorized", "context");
        assertThat(allowed.get("isAuthorized")).contains(new JsonBoolean(true));
        assertThat(allowed.object("context").string("company_id")).contains("cus_1");
        JsonObject refused = authorizer.call(http2("\"authorization\":\"Bearer " + bad + "\""));
        assertThat(refused).hasToString("{\"isAuthorized\":false}");
        assertThat(authorizer.reason()).isEqualTo("bad_signature");
        assertThat(authorizer.logged().string("requestId")).contains("http-1");
    }

    @Test
    @DisplayName("G14: an HTTP API gets a policy where it is set, a Deny for a refused key")
    void policyResponse() {
        TestAuthorizer authorizer = TestAuthorizer.with("HTTP_API_RESPONSE", "policy");
        JsonObject allowed = authorizer.call(http2("\"authorization\":\"Bearer " + good + "\""));
        assertThat(TestAuthorizer.effect(allowed)).isEqualTo("Allow");
        assertThat(TestAuthorizer.resource(allowed)).isEqualTo(API + "/$default/*");
        JsonObject refused = authorizer.call(http2("\"authorization\":\"Bearer " + bad + "\""));
        assertThat(TestAuthorizer.effect(refused)).isEqualTo("Deny");
        assertThat(refused.string("principalId")).contains("anonymous");
    }

    @Test
    @DisplayName("G15: the identity source in the event counts for nothing, the header does")
    void identitySource() {
        TestAuthorizer authorizer = TestAuthorizer.with();
        String event = http2("\"authorization\":\"Bearer " + bad + "\"")
                .replace("\"identitySource\":[]", "\"identitySource\":[\"Bearer " + good + "\"]");
        assertThat(authorizer.call(event)).hasToString("{\"isAuthorized\":false}");
        String withoutHeader = http2("\"accept\":\"*/*\"")
                .replace("\"identitySource\":[]", "\"identitySource\":[\"Bearer " + good + "\"]");
        assertThat(authorizer.call(withoutHeader)).hasToString("{\"isAuthorized\":false}");
        assertThat(authorizer.reason()).isEqualTo("missing_token");
    }

    @Test
    @DisplayName("G6: an HTTP API's header that joins two tokens by a comma is refused")
    void joinedHeaders() {
        TestAuthorizer authorizer = TestAuthorizer.with();
        String both = http2("\"authorization\":\"Bearer " + good + ",Bearer " + good + "\"");
        assertThat(authorizer.call(both)).hasToString("{\"isAuthorized\":false}");
        assertThat(authorizer.reason()).isEqualTo("malformed_authorization");
    }

    @Test
    @DisplayName("G14: an HTTP API with payload format 1.0 gets a policy")
    void format1() {
        String event = "{\"version\":\"1.0\",\"type\":\"REQUEST\",\"methodArn\":\"" + API
                + "/$default/GET/orders\",\"identitySource\":\"x\",\"authorizationToken\":\"x\","
                + "\"headers\":{\"Authorization\":\"Bearer " + good + "\"}}";
        assertThat(TestAuthorizer.effect(TestAuthorizer.with().call(event))).isEqualTo("Allow");
    }

    @ParameterizedTest
    @DisplayName("G13, G14: a payload format that is not known, or an event without its ARN, is an error")
    @ValueSource(
            strings = {"\"version\":\"3.0\",\"methodArn\":", "\"version\":\"2.0\",\"methodArn\":", "\"routeArn\":"})
    void otherFormats(String members) {
        String event = "{\"type\":\"REQUEST\"," + members + "\"" + API + "/$default/GET/\"}";
        assertThatThrownBy(() -> TestAuthorizer.with().call(event)).isExactlyInstanceOf(UnknownEventException.class);
    }

    @Test
    @DisplayName(
            "a WebSocket's $connect takes the token from the query string or the protocol header where that is set")
    void webSocket() {
        TestAuthorizer authorizer =
                TestAuthorizer.with("JWT_TOKEN_SOURCE", "header Authorization, query access_token, websocket-protocol");
        for (String carrier : new String[] {
            "\"headers\":{\"Authorization\":\"Bearer " + good + "\"}",
            "\"queryStringParameters\":{\"access_token\":\"" + good + "\"}",
            "\"multiValueQueryStringParameters\":{\"access_token\":[\"" + good + "\"]}",
            "\"headers\":{\"Sec-WebSocket-Protocol\":\"chat, " + good + "\"}"
        }) {
            JsonObject answer = authorizer.call(connect(carrier));
            assertThat(TestAuthorizer.resource(answer)).as(carrier).isEqualTo(API + "/prod/*");
        }
        assertThatThrownBy(() -> authorizer.call(connect("\"headers\":{\"Sec-WebSocket-Protocol\":\"chat\"}")))
                .isExactlyInstanceOf(Unauthorized.class);
        assertThat(authorizer.reason()).isEqualTo("missing_token");
    }

    @ParameterizedTest
    @DisplayName("a sub-protocol is a token by a JWT's form alone, wherever it stands, and names with dots are none")
    @ValueSource(
            strings = {
                "TOKEN",
                "chat, TOKEN",
                "v1.json.example.com, TOKEN",
                "TOKEN, soap, a.b.c",
                "wamp.2.json,TOKEN,v10.stomp"
            })
    void subProtocols(String protocols) {
        TestAuthorizer authorizer = TestAuthorizer.with("JWT_TOKEN_SOURCE", "websocket-protocol");
        String header = "\"headers\":{\"Sec-WebSocket-Protocol\":\"PROTOCOLS\"}";

        assertThat(TestAuthorizer.resource(
                        authorizer.call(connect(header.replace("PROTOCOLS", protocols.replace("TOKEN", good))))))
                .isEqualTo(API + "/prod/*");
        String without = protocols.replace("TOKEN", "e30.e30.e30").replaceAll("e30", "W10");
        assertThatThrownBy(() -> authorizer.call(connect(header.replace("PROTOCOLS", without))))
                .isExactlyInstanceOf(Unauthorized.class);
        assertThat(authorizer.reason()).isEqualTo("missing_token");
    }

    @Test
    @DisplayName("a WebSocket's $connect is opened by a scope, and a key without it is not logged as allowed")
    void connectByScope() {
        TestAuthorizer authorizer = TestAuthorizer.with("SCOPE_ROUTES", "live = $connect; read = GET /orders");
        String live = TestTokens.good("HS256").claim("scope", "live").hs256(TestKeys.SECRET);
        String read = TestTokens.good("HS256").claim("scope", "read").hs256(TestKeys.SECRET);
        String header = "\"headers\":{\"Authorization\":\"Bearer TOKEN\"}";

        assertThat(TestAuthorizer.resource(authorizer.call(connect(header.replace("TOKEN", live)))))
                .isEqualTo(API + "/prod/$connect");
        assertThat(authorizer.logged().string("decision")).contains("allow");
        assertThat(TestAuthorizer.resource(authorizer.call(connect(header.replace("TOKEN", read)))))
                .isEqualTo(API + "/prod/GET/orders");
        assertThat(authorizer.logged().string("decision")).contains("deny");
        assertThat(authorizer.reason()).isEqualTo("missing_scope");
        assertThat(authorizer.logged().string("expected")).contains("a scope of SCOPE_ROUTES for this route");
        assertThat(authorizer.log.last()).contains("\"Denied\"").doesNotContain("\"Allowed\"");
    }

    @Test
    @DisplayName("the token may stand in another header, with or without a scheme of its own, or in a cookie")
    void otherPlaces() {
        allowed("header X-Api-Key", "\"headers\":{\"x-api-key\":\"" + good + "\"}");
        allowed("header X-Api-Key", "\"headers\":{\"x-api-key\":\"Bearer " + good + "\"}");
        allowed("header Authorization Token", "\"headers\":{\"Authorization\":\"token " + good + "\"}");
        refused("header Authorization Token", "\"headers\":{\"Authorization\":\"" + good + "\"}");
        refused("header Authorization Token", "\"headers\":{\"Authorization\":\"Bearer " + good + "\"}");
        allowed("cookie key", "\"headers\":{\"Cookie\":\"a=b; key=" + good + "; c=d\"}");
        allowed("cookie key", "\"cookies\":[\"a=b\",\"key=" + good + "\"]");
        refused("cookie key", "\"headers\":{\"Cookie\":\"mykey=" + good + "\"}");
        refused("cookie key", "\"headers\":{\"Authorization\":\"Bearer " + good + "\"}");
    }

    @Test
    @DisplayName("G7, G12: two different tokens are refused wherever they stand, the same one twice is one token")
    void severalPlaces() {
        String sources = "header Authorization, query access_token";
        String header = "\"headers\":{\"Authorization\":\"Bearer " + good + "\"},";
        allowed(sources, header + "\"queryStringParameters\":{\"access_token\":\"" + good + "\"}");
        refused(sources, header + "\"queryStringParameters\":{\"access_token\":\"" + bad + "\"}");
        refused(sources, header + "\"queryStringParameters\":{\"access_token\":\"\"}");
    }

    @Test
    @DisplayName("a refused key is denied instead of an error where that is set")
    void refusalByDeny() {
        TestAuthorizer authorizer = TestAuthorizer.with("REFUSAL", "deny");
        JsonObject answer = authorizer.token("Bearer " + bad);
        assertThat(TestAuthorizer.effect(answer)).isEqualTo("Deny");
        assertThat(TestAuthorizer.resource(answer)).isEqualTo(API + "/prod/*");
        assertThat(authorizer.reason()).isEqualTo("bad_signature");
        assertThat(TestAuthorizer.effect(authorizer.token("Bearer " + good))).isEqualTo("Allow");
    }

    private void allowed(String sources, String members) {
        JsonObject answer = TestAuthorizer.with("JWT_TOKEN_SOURCE", sources).call(connect(members));
        assertThat(TestAuthorizer.effect(answer)).as(members).isEqualTo("Allow");
    }

    private static void refused(String sources, String members) {
        assertThatThrownBy(
                        () -> TestAuthorizer.with("JWT_TOKEN_SOURCE", sources).call(connect(members)))
                .as(members)
                .isExactlyInstanceOf(Unauthorized.class);
    }

    private static String connect(String members) {
        return "{\"type\":\"REQUEST\",\"methodArn\":\"" + API + "/prod/$connect\"," + members
                + ",\"requestContext\":{\"routeKey\":\"$connect\",\"eventType\":\"CONNECT\"}}";
    }

    private static String http2(String headers) {
        return "{\"version\":\"2.0\",\"type\":\"REQUEST\",\"routeArn\":\"" + API
                + "/$default/GET/orders\",\"identitySource\":[],\"routeKey\":\"GET /orders\",\"headers\":{" + headers
                + "},\"requestContext\":{\"requestId\":\"http-1\"}}";
    }
}
