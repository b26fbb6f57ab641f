package dev.latchkey.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.local.gateway.RequestRecord;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.template.Template;
import dev.latchkey.local.testing.Fixtures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalStackTest {
    private static final String TEMPLATE = """
            Resources:
              Function:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: fixture.zip
                  Handler: dev.latchkey.local.fixture.FixtureHandler
                  Timeout: 30
                  MemorySize: 256
                  Events:
                    Who: {Type: HttpApi, Properties: {ApiId: !Ref HttpApi, Method: GET, Path: /who}}
              Authorizer:
                Type: AWS::Serverless::Function
                Properties: {CodeUri: fixture.zip, Handler: dev.latchkey.local.fixture.FixtureAuthorizer, Timeout: 30, MemorySize: 256}
              HttpApi:
                Type: AWS::Serverless::HttpApi
                Properties:
                  Auth:
                    DefaultAuthorizer: Own
                    Authorizers:
                      Own:
                        FunctionArn: !GetAtt Authorizer.Arn
                        AuthorizerPayloadFormatVersion: "2.0"
                        EnableSimpleResponses: true
                        EnableFunctionDefaultPermissions: true
                        Identity: {Headers: [Authorization], ReauthorizeEvery: 300}
              Api:
                Type: AWS::Serverless::Api
                Properties:
                  StageName: prod
                  Auth: {Authorizers: {Own: {FunctionArn: !GetAtt Authorizer.Arn}}}
                  DefinitionBody:
                    paths:
                      /who:
                        get:
                          security: [{Own: []}]
                          x-amazon-apigateway-integration:
                            type: mock
                            requestTemplates: {application/json: '{"statusCode": 200}'}
                            responses:
                              default:
                                statusCode: "200"
                                responseTemplates:
                                  application/json: '{"user": "$util.escapeJavaScript($context.authorizer.user_id)"}'
                      /proxy:
                        post:
                          x-amazon-apigateway-integration:
                            type: aws_proxy
                            httpMethod: POST
                            uri: !Sub "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${Function.Arn}/invocations"
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<RequestRecord> records = new LinkedBlockingQueue<>();
    private final StackListener listener = new StackListener() {
        @Override
        public void request(RequestRecord record) {
            records.add(record);
        }

        @Override
        public void line(String function, Stream stream, String line) {}
    };

    private Path file = Path.of("");

    @BeforeEach
    void writeTheTemplate(@TempDir Path temporary) throws IOException {
        Fixtures.zip(temporary);
        file = Files.writeString(temporary.resolve("template.yaml"), TEMPLATE);
    }

    @Test
    void servesTheApiAndTheInvokeEndpointWithTheRealRuntime() throws Exception {
        try (LocalStack stack = start()) {
            HttpResponse<String> allowed = get(stack.apiUrl() + "/who", "good");
            assertThat(allowed.statusCode()).isEqualTo(200);
            assertThat(allowed.body()).isEqualTo("{\"user\": \"a \\\"quoted\\\" user\"}");
            assertThat(get(stack.apiUrl() + "/who", "good").statusCode()).isEqualTo(200);
            assertThat(get(stack.apiUrl() + "/who", "expired").statusCode()).isEqualTo(401);
            assertThat(get(stack.apiUrl() + "/who", "denied").statusCode()).isEqualTo(403);

            HttpResponse<String> proxied = post(stack.apiUrl() + "/proxy", "body \u20ac");
            assertThat(proxied.statusCode()).isEqualTo(201);
            assertThat(proxied.headers().firstValue("x-fixture")).contains("yes");
            assertThat(proxied.body()).contains("\"body\":\"body \u20ac\"");

            HttpResponse<String> invoked =
                    post(stack.lambdaUrl() + "/2015-03-31/functions/Function/invocations", "{\"a\": 1}");
            assertThat(invoked.body()).isEqualTo("{\"a\": 1}");
        }
        assertThat(records.take().cached()).isFalse();
        assertThat(records.take().cached()).isTrue();
        assertThat(records.take()).satisfies(expired -> {
            assertThat(expired.access()).isEqualTo(RequestRecord.Access.UNAUTHENTICATED);
            assertThat(expired.detail()).isEqualTo("token_expired (key key_1)");
        });
        assertThat(records.take().access()).isEqualTo(RequestRecord.Access.DENY);
    }

    @Test
    void servesTheHttpApiOnAPortOfItsOwn() throws Exception {
        try (LocalStack stack = start()) {
            String who = stack.httpApiUrl().orElseThrow() + "/who";
            HttpResponse<String> allowed = get(who, "good");
            assertThat(allowed.statusCode()).isEqualTo(201);
            assertThat(allowed.body()).contains("\"authorizer\":{\"lambda\":{\"company_id\":\"cus_1\"}}");
            assertThat(get(who, "good").statusCode()).isEqualTo(201);
            assertThat(get(who, "denied").statusCode()).isEqualTo(403);
            assertThat(get(who, "expired").statusCode()).isEqualTo(401);
            assertThat(get(stack.httpApiUrl().orElseThrow() + "/proxy", "good").statusCode())
                    .isEqualTo(404);
        }
        assertThat(records.take().cached()).isFalse();
        assertThat(records.take().cached()).isTrue();
        assertThat(records.take()).satisfies(denied -> {
            assertThat(denied.access()).isEqualTo(RequestRecord.Access.DENY);
            assertThat(denied.detail()).isEqualTo("isAuthorized is false");
        });
        assertThat(records.take().detail()).isEqualTo("token_expired (key key_1)");
    }

    @Test
    void aTemplateMayHaveNoHttpApi() throws Exception {
        String without = TEMPLATE.replaceFirst("(?s)\n *Events:.*?Path: /who\\}\\}", "")
                .replaceFirst("(?s)  HttpApi:.*?(?=  Api:)", "");
        Files.writeString(file, without);
        try (LocalStack stack = start()) {
            assertThat(stack.httpApiUrl()).isEmpty();
        }
    }

    @Test
    void variablesForOneFunctionWinOverThoseForAll() throws Exception {
        StackOptions options = StackOptions.defaults()
                .withEnvironment(
                        Map.of("Parameters", Map.of("ONE", "all", "TWO", "all"), "Function", Map.of("TWO", "own")));
        try (LocalStack stack = LocalStack.start(Template.read(file, Map.of()), options, listener)) {
            var environment = JsonTree.parse(
                            post(stack.lambdaUrl() + "/2015-03-31/functions/Function/invocations", "\"environment\"")
                                    .body())
                    .orElseThrow();
            assertThat(environment.path("ONE").asText()).isEqualTo("all");
            assertThat(environment.path("TWO").asText()).isEqualTo("own");
        }
    }

    @Test
    void aMissingZipAnUnknownFunctionAndATakenPortAreNamed() throws Exception {
        try (LocalStack stack = start()) {
            int taken = stack.apiUrl().getPort();
            assertThatThrownBy(() -> LocalStack.start(
                            Template.read(file, Map.of()),
                            StackOptions.defaults().withPorts(0, 0, taken),
                            listener))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("Port " + taken + " is already in use")
                    .hasMessageContaining("--lambda-port");
            assertThatThrownBy(() -> LocalStack.start(
                            Template.read(file, Map.of()),
                            StackOptions.defaults().withPorts(0, taken, 0),
                            listener))
                    .hasMessageContaining("--http-port");
        }
        StackOptions unknown = StackOptions.defaults().withEnvironment(Map.of("Typo", Map.of()));
        assertThatThrownBy(() -> LocalStack.start(Template.read(file, Map.of()), unknown, listener))
                .hasMessageContaining("Typo, which is no function of the template");
        Files.delete(file.resolveSibling("fixture.zip"));
        assertThatThrownBy(this::start).hasMessageContaining("fixture.zip is not there; build it with");
    }

    private LocalStack start() {
        return LocalStack.start(Template.read(file, Map.of()), StackOptions.defaults(), listener);
    }

    private HttpResponse<String> get(String url, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", token)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String url, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
