package dev.latchkey.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.template.Route.Integration;
import dev.latchkey.local.template.Route.Security;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

    @Nested
    class OfThisProject {
        private final Path file = Path.of("..", "template.yaml");

        @Test
        void givesTheFunctionsWithGlobalsAndDefaults() {
            Template template = Template.read(file, Map.of());

            FunctionDefinition issuer = function(template, "IssueKeyFunction");
            assertThat(issuer.code().toString()).endsWith("/functions/issue-key/target/issue-key.zip");
            assertThat(issuer.code()).isAbsolute();
            assertThat(issuer.handler()).isEqualTo("dev.latchkey.issuekey.IssueKeyHandler");
            assertThat(issuer.timeout()).isEqualTo(Duration.ofSeconds(10));
            assertThat(issuer.memoryMb()).isEqualTo(1024);
            assertThat(issuer.logFormat()).isEqualTo("JSON");
            assertThat(issuer.logLevel()).isEqualTo("INFO");
            assertThat(issuer.environment())
                    .containsEntry("PLUGIN_JWT_ALGORITHM", "HS256")
                    .containsEntry("PLUGIN_JWT_EXPIRES_IN", "30d")
                    .containsEntry("PLUGIN_JWT_KEYS_TABLE", "KeysTable")
                    .containsEntry(
                            "PLUGIN_JWT_SECRET_ID",
                            "arn:aws:secretsmanager:us-east-1:123456789012:secret:SigningSecret");
        }

        @Test
        void takesConditionsFromParameters() {
            Template template = Template.read(
                    file,
                    Map.of(
                            "SecretArn",
                            "arn:aws:secretsmanager:us-east-1:123456789012:secret:mine-AbCdEf",
                            "VerifyKey",
                            "-----BEGIN PUBLIC KEY-----x-----END PUBLIC KEY-----",
                            "StageName",
                            "v1",
                            "LogLevel",
                            "DEBUG"));

            assertThat(function(template, "IssueKeyFunction").environment())
                    .containsEntry(
                            "PLUGIN_JWT_SECRET_ID", "arn:aws:secretsmanager:us-east-1:123456789012:secret:mine-AbCdEf");
            assertThat(function(template, "AuthorizerFunction").environment())
                    .containsEntry("PLUGIN_JWT_SECRET_ID", "")
                    .containsEntry("JWT_VERIFY_KEY", "-----BEGIN PUBLIC KEY-----x-----END PUBLIC KEY-----");
            assertThat(function(template, "AuthorizerFunction").logLevel()).isEqualTo("DEBUG");
            assertThat(template.apis().get(0).stage()).isEqualTo("v1");
        }

        @Test
        void leavesClaimsThatAreTheUsualOnesToThePresetsOfIssuers() {
            assertThat(function(Template.read(file, Map.of()), "AuthorizerFunction")
                            .environment())
                    .containsEntry("PLUGIN_JWT_COMPANY_ID_FIELD", "")
                    .containsEntry("PLUGIN_JWT_USER_ID_FIELD", "");
            assertThat(function(
                                    Template.read(file, Map.of("CompanyIdField", "team", "UserIdField", "uid")),
                                    "AuthorizerFunction")
                            .environment())
                    .containsEntry("PLUGIN_JWT_COMPANY_ID_FIELD", "team")
                    .containsEntry("PLUGIN_JWT_USER_ID_FIELD", "uid");
        }

        @Test
        void givesTheApi() {
            RestApi api = Template.read(file, Map.of()).apis().get(0);

            assertThat(api.authorizers().get("Latchkey"))
                    .isInstanceOfSatisfying(AuthorizerDefinition.Token.class, token -> {
                        assertThat(token.function()).isEqualTo("AuthorizerFunction");
                        assertThat(token.header()).isEqualTo("Authorization");
                        assertThat(token.ttl()).isEqualTo(Duration.ofMinutes(5));
                        assertThat("bearer a.b.c").matches(token.validation());
                        assertThat("bearer a.b").doesNotMatch(token.validation());
                    });
            assertThat(api.routes())
                    .extracting(route -> route.method() + " " + route.path())
                    .contains("GET /orders", "POST /create-key", "POST /provision-user", "GET /user");
            assertThat(api.routes())
                    .filteredOn(route -> route.path().equals("/orders"))
                    .singleElement()
                    .satisfies(route -> {
                        assertThat(route.security()).isEqualTo(new Security.Custom("Latchkey"));
                        assertThat(route.integration()).isInstanceOf(Integration.Mock.class);
                    });
            assertThat(api.routes())
                    .filteredOn(route -> route.path().equals("/create-key"))
                    .singleElement()
                    .satisfies(route -> {
                        assertThat(route.security()).isEqualTo(new Security.Iam());
                        assertThat(route.integration()).isEqualTo(new Integration.LambdaProxy("IssueKeyFunction"));
                    });
        }

        @Test
        void givesTheHttpApi() {
            List<HttpApi> apis =
                    Template.read(file, Map.of("AuthorizerTtl", "60")).httpApis();
            assertThat(apis).extracting(HttpApi::logicalId).containsExactly("PublishApi", "HttpApi");
            assertThat(apis.get(0).guard()).isEqualTo(HttpApi.Guard.NONE);
            HttpApi api = apis.get(1);

            assertThat(api.stage()).isEqualTo("$default");
            assertThat(api.authorizers())
                    .containsOnly(Map.entry(
                            "Latchkey",
                            new AuthorizerDefinition.Http(
                                    "Latchkey",
                                    "AuthorizerFunction",
                                    Duration.ofMinutes(1),
                                    List.of(new AuthorizerDefinition.IdentitySource(
                                            AuthorizerDefinition.IdentitySource.Kind.HEADER, "Authorization")),
                                    false)));
            assertThat(api.routes())
                    .containsExactly(new Route(
                            "GET",
                            "/orders",
                            new Security.Custom("Latchkey"),
                            new Integration.LambdaProxy("OrdersFunction")));
        }

        @ParameterizedTest
        @CsvSource({
            "Algorithm, none, must be one of HS256",
            "AuthorizerTtl, 3601, must be at most 3600",
            "AuthorizerTtl, -1, must be at least 0",
            "AuthorizerTtl, soon, must be a number",
            "StageName, a/b, must match",
            "Colour, red, is not declared",
        })
        void refusesAParameterValueAndNamesTheParameter(String name, String value, String rule) {
            assertThatThrownBy(() -> Template.read(file, Map.of(name, value)))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining("Parameter " + name)
                    .hasMessageContaining(rule);
        }
    }

    @Test
    void resolvesLongAndShortIntrinsics() {
        Template template = Templates.template("""
                Parameters:
                  Name: {Type: String, Default: x}
                  List: {Type: CommaDelimitedList, Default: "a,b"}
                Conditions:
                  IsX: !Equals [!Ref Name, x]
                  IsNotX: !Not [!Condition IsX]
                  Both: !And [!Condition IsX, !Condition IsNotX]
                  Either: {"Fn::Or": [{Condition: IsX}, {Condition: IsNotX}]}
                Globals:
                  Function:
                    MemorySize: 512
                    Environment: {Variables: {GLOBAL: "g", BOTH: "g"}}
                Resources:
                  Absent: {Type: "AWS::Serverless::Function", Condition: IsNotX}
                  F:
                    Type: AWS::Serverless::Function
                    Properties:
                      CodeUri: f.zip
                      Handler: {"Fn::Join": [".", [pkg, {Ref: Name}]]}
                      Environment:
                        Variables:
                          BOTH: own
                          SUB: !Sub "${Name}-${AWS::Region}-${F.Arn}-${!Name}"
                          SUB2: !Sub ["${A}${Name}", {A: !Ref Name}]
                          LONG: {"Fn::GetAtt": [F, Arn]}
                          SELECTED: !Select [1, !Ref List]
                          NONE: !Ref AWS::NoValue
                          BOTH_CONDITIONS: !If [Both, "yes", "no"]
                          EITHER: !If [Either, "yes", "no"]
                          NUMBER: 1.50
                          TRUTH: true
                """, Map.of());

        String arn = "arn:aws:lambda:us-east-1:123456789012:function:F";
        FunctionDefinition function = function(template, "F");
        assertThat(template.functions()).hasSize(1);
        assertThat(function.code()).isEqualTo(Path.of("/project/f.zip"));
        assertThat(function.handler()).isEqualTo("pkg.x");
        assertThat(function.memoryMb()).isEqualTo(512);
        assertThat(function.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(function.environment())
                .containsOnly(
                        Map.entry("GLOBAL", "g"),
                        Map.entry("BOTH", "own"),
                        Map.entry("SUB", "x-us-east-1-" + arn + "-${Name}"),
                        Map.entry("SUB2", "xx"),
                        Map.entry("LONG", arn),
                        Map.entry("SELECTED", "b"),
                        Map.entry("BOTH_CONDITIONS", "no"),
                        Map.entry("EITHER", "yes"),
                        Map.entry("NUMBER", "1.50"),
                        Map.entry("TRUTH", "true"));
    }

    @Test
    void readsARequestAuthorizerAndParameters() {
        RestApi api = Templates.template("""
                        Resources:
                          F: {Type: "AWS::Serverless::Function", Properties: {CodeUri: f.zip, Handler: h}}
                          Api:
                            Type: AWS::Serverless::Api
                            Properties:
                              StageName: prod
                              Auth:
                                DefaultAuthorizer: Asks
                                Authorizers:
                                  Asks:
                                    FunctionArn: !GetAtt F.Arn
                                    FunctionPayloadType: REQUEST
                                    Identity: {Headers: [X-Key], QueryStrings: [key], ReauthorizeEvery: 0}
                              DefinitionBody:
                                paths:
                                  /a/{id}:
                                    x-amazon-apigateway-any-method:
                                      x-amazon-apigateway-integration: &proxy
                                        type: aws_proxy
                                        httpMethod: POST
                                        uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}:live/invocations"
                                    get:
                                      security: []
                                      x-amazon-apigateway-integration: *proxy
                        """, Map.of()).apis().get(0);

        assertThat(api.authorizers().get("Asks"))
                .isInstanceOfSatisfying(AuthorizerDefinition.Request.class, request -> {
                    assertThat(request.ttl()).isZero();
                    assertThat(request.identitySources())
                            .extracting(AuthorizerDefinition.IdentitySource::name)
                            .containsExactly("X-Key", "key");
                });
        assertThat(api.routes())
                .containsExactly(
                        new Route("ANY", "/a/{id}", new Security.Custom("Asks"), new Integration.LambdaProxy("F")),
                        new Route("GET", "/a/{id}", new Security.None(), new Integration.LambdaProxy("F")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Handler: !FindInMap [a, b, c]   | Resources.F.Properties.Handler: Fn::FindInMap is not supported",
                "Handler: !Ref Nothing           | Resources.F.Properties.Handler: the template has no parameter",
                "Handler: !GetAtt F.Version      | Resources.F.Properties.Handler: the attribute Version of F",
                "Handler: !If [Unknown, a, b]    | the condition Unknown is not declared",
                "Handler: !If [Loops, a, b]      | Conditions.Loops depends on itself",
                "Timeout: 901                    | Resources.F.Properties.Timeout: must be 1 to 900, got 901",
                "Layers: [x]                     | Resources.F.Properties.Layers: is not supported locally",
                "Runtime: nodejs22.x             | Resources.F.Properties.Runtime: nodejs22.x is not supported",
                "Environment: text               | Resources.F.Properties.Environment: must be a map",
                "Handler: !!binary aGk=          | line 6: the tag",
            })
    void namesThePlaceOfWhatItCannotRead(String line, String message) {
        String yaml = """
                Conditions: {Loops: !Not [!Condition Loops]}
                Resources:
                  F:
                    Type: AWS::Serverless::Function
                    Properties:
                      %s
                      CodeUri: f.zip
                """.formatted(line.startsWith("Handler") ? line.strip() : line.strip() + "\n      Handler: h");
        assertThatThrownBy(() -> Templates.template(yaml, Map.of()))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: http_proxy | x-amazon-apigateway-integration.type: http_proxy is not supported",
                "type: aws_proxy, httpMethod: GET | httpMethod: must be POST",
                "type: aws_proxy, httpMethod: POST, uri: 'https://x' | does not invoke a Lambda function",
                "type: mock, requestTemplates: {application/json: '$x'} | must be JSON such as",
                "type: mock, requestTemplates: {application/json: '{\"statusCode\": 200}'} | no response for status 200",
                "type: mock, requestTemplates: {application/json: '{\"statusCode\": 200}'}, responses: {default:"
                        + " {statusCode: 200, responseTemplates: {application/json: '$input.body'}}} | \"$input.body\""
                        + " is not supported locally",
            })
    void refusesAnIntegrationItCannotRun(String integration, String message) {
        String yaml = """
                Resources:
                  Api:
                    Type: AWS::Serverless::Api
                    Properties:
                      StageName: prod
                      DefinitionBody:
                        paths:
                          /a:
                            get:
                              x-amazon-apigateway-integration: {%s}
                """.formatted(integration.strip());
        assertThatThrownBy(() -> Templates.template(yaml, Map.of()))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("Resources.Api.Properties.DefinitionBody.paths./a.get")
                .hasMessageContaining(message);
    }

    @Test
    void refusesAnUnknownSecurityScheme() {
        String yaml = """
                Resources:
                  Api:
                    Type: AWS::Serverless::Api
                    Properties:
                      StageName: prod
                      DefinitionBody:
                        paths: {/a: {get: {security: [{Typo: []}]}}}
                """;
        assertThatThrownBy(() -> Templates.template(yaml, Map.of()))
                .hasMessageContaining("the security scheme Typo is neither");
    }

    @Test
    void refusesAnotherKindOfApiAndAFileThatIsNoYaml() {
        assertThatThrownBy(() -> Templates.template("Resources: {H: {Type: 'AWS::ApiGatewayV2::Api'}}", Map.of()))
                .hasMessageContaining("Resources.H.Type: AWS::ApiGatewayV2::Api is not supported");
        assertThatThrownBy(() -> Templates.template("a: [", Map.of()))
                .hasMessageContaining("template.yaml is not YAML");
        assertThatThrownBy(() -> Templates.template("a: &a [*a]", Map.of())).isInstanceOf(SetupException.class);
    }

    private static FunctionDefinition function(Template template, String logicalId) {
        return template.functions().stream()
                .filter(function -> function.logicalId().equals(logicalId))
                .findFirst()
                .orElseThrow();
    }
}
