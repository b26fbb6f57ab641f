package dev.latchkey.issuekey;

import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.config.SettingsException;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestContext;
import dev.latchkey.testing.TestKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The function that issues keys")
class IssueKeyHandlerTest {

    private static final String INTERNAL =
            "internal error; see the function's log for the request " + TestContext.REQUEST_ID;

    @ParameterizedTest(name = "{0} is {1} {2}")
    @DisplayName("answers every mistake that a plugin tells of by a status of its own, with the plugin's words")
    @CsvSource({
        "invalid,400,invalid_request,the plan is unknown",
        "not_found,404,not_found,no such user",
        "conflict,409,conflict,the user has\\u000aanother email"
    })
    void callersMistakes(String mood, int status, String code, String message) {
        TestIssuer issuer = TestIssuer.with("PLUGIN_APIM_PROVIDER", "moody");
        String error = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";

        JsonObject overHttp = issuer.post(fields(mood));
        assertThat(TestIssuer.status(overHttp)).isEqualTo(status);
        assertThat(overHttp.string("body")).contains(error);
        assertThat(issuer.call(direct("getUser", mood))).hasToString(error);
        assertThat(issuer.call(direct("provisionUser", mood))).hasToString(error);
        assertThat(issuer.logged().get("status")).hasToString("Optional[" + status + "]");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("answers 501 for what the plugin does not offer")
    @ValueSource(strings = {"createApiKey", "provisionUser", "getUser"})
    void notImplemented(String action) {
        TestIssuer issuer = TestIssuer.with("PLUGIN_APIM_PROVIDER", "bare");

        assertThat(issuer.call(direct(action, "cus_1")))
                .hasToString(
                        "{\"error\":{\"code\":\"not_implemented\",\"message\":\"the plugin bare does not implement "
                                + action + "\"}}");
        assertThat(TestIssuer.status(issuer.post(fields("cus_1")))).isEqualTo(501);
    }

    @Test
    @DisplayName("leaves the expiry out for a key that has none")
    void keyWithoutExpiry() {
        assertThat(TestIssuer.with("PLUGIN_APIM_PROVIDER", "moody").call(direct("createApiKey", "cus_1")))
                .hasToString("{\"apikey\":\"opaque\",\"keyId\":\"id-1\"}");
    }

    @Test
    @DisplayName("fails without showing why when the key source is down; the log tells")
    void keySourceDown() {
        TestIssuer issuer = TestIssuer.withoutKey();

        assertThatExceptionOfType(InternalErrorException.class)
                .isThrownBy(() -> issuer.call(direct("createApiKey", "cus_1")))
                .withMessage(INTERNAL)
                .withNoCause()
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
        assertThat(issuer.log.last())
                .contains("request failed", "\"level\":\"ERROR\"", "prod/signing cannot be read", "10.0.0.7 refused");
        assertThat(issuer.logged().string("awsRequestId")).contains(TestContext.REQUEST_ID);

        JsonObject answer = issuer.post(fields("cus_1"));
        assertThat(TestIssuer.status(answer)).isEqualTo(500);
        assertThat(answer.string("body"))
                .contains("{\"error\":{\"code\":\"internal_error\",\"message\":\"" + INTERNAL + "\"}}");
    }

    @Test
    @DisplayName("L17, M2: fails without showing why when the plugin breaks; the log tells, escaped, in one line")
    void brokenPlugin() {
        TestIssuer issuer = TestIssuer.with("PLUGIN_APIM_PROVIDER", "moody");

        JsonObject answer = issuer.post(fields("broken"));

        assertThat(TestIssuer.status(answer)).isEqualTo(500);
        assertThat(answer.toString()).doesNotContain("502", "10.0.0.7", "Exception");
        assertThat(issuer.log.lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("gateway said 502\\u000d\\u000a\\u001b[31m", "at 10.0.0.7", "MoodyPlugin.obey")
                        .matches("[\\x20-\\x7e]+\n"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("L16: allows no other origin, and no cache, whatever it answers")
    @CsvSource({"moody,cus_1,200", "moody,invalid,400", "moody,conflict,409", "moody,broken,500", "bare,cus_1,501"})
    void headers(String plugin, String mood, int status) {
        JsonObject answer = TestIssuer.with("PLUGIN_APIM_PROVIDER", plugin).post(fields(mood));

        assertThat(TestIssuer.status(answer)).isEqualTo(status);
        assertThat(answer.object("headers").members())
                .containsOnlyKeys("content-type", "cache-control", "x-content-type-options");
        assertThat(answer.object("headers").string("cache-control")).contains("no-store");
    }

    @Test
    @DisplayName(
            "records each key by its id, the action and the request, and of the customer the id alone, in the audit (M1)")
    void record() {
        TestIssuer issuer = TestIssuer.with("METRICS", "off");
        JsonObject answer = issuer.call(direct("createApiKey", "cus_secretive"));

        assertThat(issuer.log.lines()).hasSize(2);
        assertThat(issuer.logged().string("message")).contains("audit");
        assertThat(TestIssuer.json(issuer.log.lines().get(0).getBytes(StandardCharsets.UTF_8)))
                .hasToString(
                        "{\"timestamp\":\"2026-03-01T12:00:00Z\",\"level\":\"INFO\",\"message\":\"request answered\","
                                + "\"plugin\":\"jwt\",\"awsRequestId\":\"" + TestContext.REQUEST_ID
                                + "\",\"action\":\"createApiKey\",\"keyId\":\""
                                + answer.string("keyId").orElseThrow() + "\"}");
    }

    @Test
    @DisplayName("counts keys, refused requests and failures by the function's name, and not by the customer")
    void counted() {
        TestIssuer issuer =
                TestIssuer.with("PLUGIN_APIM_PROVIDER", "moody", "AWS_LAMBDA_FUNCTION_NAME", "prod-IssueKey");
        String dimensions = "\"Dimensions\":[[\"FunctionName\"]]";

        issuer.post(fields("cus_1"));
        assertThat(issuer.log.lines().get(0))
                .contains(dimensions, "\"FunctionName\":\"prod-IssueKey\",\"KeysIssued\":1}");
        issuer.post(fields("invalid"));
        assertThat(issuer.log.last()).contains(dimensions, "\"FunctionName\":\"prod-IssueKey\",\"RequestsRefused\":1}");
        issuer.post(fields("broken"));
        assertThat(issuer.log.last()).contains(dimensions, "\"FunctionName\":\"prod-IssueKey\",\"RequestFailures\":1,");
    }

    @Test
    @DisplayName("M2: refuses names and routes with line breaks and ANSI codes, and records one plain line each")
    void logInjection() {
        TestIssuer issuer = TestIssuer.with();
        String evil = "\\r\\n{\\\"level\\\":\\\"ERROR\\\"}\\u001b[2J";

        JsonObject field = issuer.call("{\"action\":\"createApiKey\",\"" + evil + "\":\"1\"}");
        issuer.call("{\"action\":\"" + evil + "\"}");
        issuer.call(
                "{\"requestContext\":{\"stage\":\"s\"},\"httpMethod\":\"" + evil + "\",\"path\":\"/" + evil + "\"}");

        assertThat(field.object("error").string("message").orElseThrow())
                .startsWith("unknown field ??{\"level\":\"ERROR\"}?[2J. ");
        assertThat(issuer.log.lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).matches("[\\x20-\\x7e]+\n").doesNotContain("ERROR"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("does not record a key as delivered that could not be delivered")
    @ValueSource(strings = {"issue-key-direct.json", "issue-key-proxy-1.0.json"})
    void undelivered(String file) {
        TestIssuer issuer = TestIssuer.with();
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("broken pipe");
            }
        };

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> issuer.call(TestIssuer.fileBytes(file), broken));
        assertThat(issuer.log.lines()).noneMatch(line -> line.contains("request answered"));
    }

    @Test
    @DisplayName("finds its routes as API Gateway found them, by their exact method and path")
    void routes() {
        TestIssuer issuer = TestIssuer.with();
        String event = TestIssuer.httpEvent(fields("cus_1"));

        String behindBasePath = event.replace("/create-key", "/v1/create-key");
        assertThat(TestIssuer.status(issuer.call(behindBasePath))).isEqualTo(404);
        assertThat(TestIssuer.status(issuer.call(behindBasePath.replaceFirst("\\{", "{\"resource\":\"/create-key\","))))
                .isEqualTo(200);
        assertThat(TestIssuer.status(
                        issuer.call(behindBasePath.replaceFirst("\\{", "{\"routeKey\":\"POST /create-key\","))))
                .isEqualTo(200);
        assertThat(TestIssuer.status(issuer.call(event.replaceFirst("\\{", "{\"resource\":\"/{proxy+}\","))))
                .isEqualTo(404);
        assertThat(TestIssuer.status(issuer.call(event.replace("/create-key", "/create-key/"))))
                .isEqualTo(404);
        assertThat(TestIssuer.status(issuer.call(event.replace("/create-key", "/recreate-key"))))
                .isEqualTo(404);
        assertThat(TestIssuer.status(issuer.call(event.replace("POST", "post"))))
                .isEqualTo(404);
        assertThat(TestIssuer.status(issuer.call(event.replace("POST", "GET")))).isEqualTo(404);
    }

    @Test
    @DisplayName("L10, L12: does not start with a key that does not fit, and tells every problem, but no secret")
    void badSettings() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> TestIssuer.with("JWT_ALGORITHM", "RS256", "PLUGIN_JWT_EXPIRES_IN", "0"))
                .withMessageContaining("PLUGIN_JWT_SECRET: RS256 needs an RSA key, got a secret")
                .withMessageContaining("PLUGIN_JWT_EXPIRES_IN: ")
                .satisfies(e -> assertThat(LeakGuard.leaks(String.valueOf(e.getMessage())))
                        .isFalse());
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> TestIssuer.with("PLUGIN_JWT_SECRET", SECRET.substring(1)))
                .withMessageContaining("HS256 needs at least 256 bits, got 248");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> TestIssuer.with(
                        "PLUGIN_JWT_SECRET", TestKeys.pem(TestKeys.rsa("issued").getPrivate())))
                .withMessageContaining(
                        "PLUGIN_JWT_SECRET: is a private key, which HS256, the default, cannot sign with");
    }

    @Test
    @DisplayName("L11: gives keys of an RSA key without a kid its thumbprint as kid")
    void rsaWithoutKid() {
        TestIssuer issuer = TestIssuer.with(
                "PLUGIN_JWT_SECRET", TestKeys.pem(TestKeys.rsa("issued").getPrivate()), "JWT_ALGORITHM", "RS256");
        String key =
                issuer.call(direct("createApiKey", "cus_1")).string("apikey").orElseThrow();
        byte[] header = java.util.Base64.getUrlDecoder().decode(key.substring(0, key.indexOf('.')));

        assertThat(new String(header, StandardCharsets.UTF_8))
                .matches("\\{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"[A-Za-z0-9_-]{43}\"}");
    }

    private static String fields(String customerId) {
        return "{\"customerId\":\"" + customerId + "\",\"email\":\"a@b.co\"}";
    }

    private static String direct(String action, String customerId) {
        return "{\"action\":\"" + action + "\"," + fields(customerId).substring(1);
    }
}
