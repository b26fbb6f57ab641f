package dev.latchkey.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.template.AuthorizerDefinition.IdentitySource;
import dev.latchkey.local.template.Route.Integration;
import dev.latchkey.local.template.Route.Security;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpApiReaderTest {
    private static final String TEMPLATE = """
            Globals:
              HttpApi: {Auth: {DefaultAuthorizer: Own}}
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: f.zip
                  Handler: h
                  Events:
                    One:
                      Type: HttpApi
                      Properties:
                        ApiId: !Ref H
                        Method: get
                        Path: /a/{id}
                    Two:
                      Type: HttpApi
                      Properties: {ApiId: !Ref H, Method: ANY, Path: "/b/{rest+}", Auth: {Authorizer: NONE}}
              H:
                Type: AWS::Serverless::HttpApi
                Properties:
                  StageName: $default
                  StageVariables: {colour: red}
                  Auth:
                    Authorizers:
                      Own:
                        FunctionArn: !GetAtt F.Arn
                        AuthorizerPayloadFormatVersion: "2.0"
                        EnableFunctionDefaultPermissions: true
                        Identity:
                          Headers: [X-Key]
                          QueryStrings: [tenant]
                          ReauthorizeEvery: 0
            """;

    @Test
    void readsRoutesFromTheEventsOfFunctionsAndAuthorizersFromTheApi() {
        HttpApi api = Templates.template(TEMPLATE, Map.of()).httpApis().get(0);

        assertThat(api.routes())
                .containsExactly(
                        new Route("GET", "/a/{id}", new Security.Custom("Own"), new Integration.LambdaProxy("F")),
                        new Route("ANY", "/b/{rest+}", new Security.None(), new Integration.LambdaProxy("F")));
        assertThat(api.authorizers())
                .containsOnly(Map.entry(
                        "Own",
                        new AuthorizerDefinition.Http(
                                "Own",
                                "F",
                                Duration.ZERO,
                                List.of(
                                        new IdentitySource(IdentitySource.Kind.HEADER, "X-Key"),
                                        new IdentitySource(IdentitySource.Kind.QUERY_STRING, "tenant")),
                                false)));
        assertThat(api.stageVariables()).containsOnly(Map.entry("colour", "red"));
    }

    @Test
    void readsAnAuthorizerThatIsApiGatewayItself() {
        String yaml = TEMPLATE.substring(0, TEMPLATE.indexOf("Own:\n"))
                + "Own: {IdentitySource: $request.header.X, JwtConfiguration: {issuer: https://i.example, audience: [a, b]}}\n";

        HttpApi api = Templates.template(yaml, Map.of()).httpApis().get(0);

        assertThat(api.guard()).isEqualTo(HttpApi.Guard.API_GATEWAY);
        assertThat(api.authorizers().values())
                .singleElement()
                .isInstanceOfSatisfying(AuthorizerDefinition.Jwt.class, jwt -> {
                    assertThat(jwt.header()).isEqualTo("X");
                    assertThat(jwt.issuer()).isEqualTo("https://i.example");
                    assertThat(jwt.audience()).containsExactly("a", "b");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "StageName: $default | StageName: v1                         | StageName: must be $default",
                "StageName: $default | DefinitionBody: {openapi: 3.0.1}      | DefinitionBody: is not supported locally",
                "StageName: $default | Domain: {DomainName: x}               | Domain: is not supported",
                "StageName: $default | CorsConfiguration: true               | CorsConfiguration: must be a map",
                "StageName: $default | CorsConfiguration: {MaxAge: 1}        | AllowOrigins: must be exact origins",
                "StageName: $default | CorsConfiguration: {AllowOrigins: [https://*]} | must be exact origins, or *",
                "StageName: $default | CorsConfiguration: {AllowCredentials: true} | AllowCredentials: is not supported",
                "FunctionArn: !GetAtt F.Arn | JwtConfiguration: {issuer: x}  | IdentitySource: is missing",
                "FunctionArn: !GetAtt F.Arn | Identity2: x                   | only Lambda authorizers",
                "FormatVersion: \"2.0\" | FormatVersion: \"1.0\"             | FormatVersion: must be 2.0",
                "Permissions: true   | Permissions: false                    | Permissions: must be true, or API Gateway",
                "EnableFunctionDefaultPermissions: true | EnableSimpleResponses: true | Permissions: must be true",
                "ReauthorizeEvery: 0 | ReauthorizeEvery: 3601                | ReauthorizeEvery: must be 0 to 3600",
                "ReauthorizeEvery: 0 | Context: [routeKey]                   | ReauthorizeEvery: is missing",
                "ApiId: !Ref H       | ApiId: !Ref F                         | F is no resource of type",
                "ApiId: !Ref H       | Other: x                              | ApiId: is missing",
                "Method: get         | Method: fetch                         | Method: must be one of GET",
                "Path: /a/{id}       | Path: $default                        | Path: must start with /",
                "Path: /a/{id}       | PayloadFormatVersion: \"1.0\"         | PayloadFormatVersion: must be 2.0",
                "Authorizer: NONE    | Authorizer: Typo                      | there is no authorizer Typo",
                "Type: HttpApi       | Type: Api                             | DefinitionBody of the AWS::Serverless::Api",
                "Type: HttpApi       | Type: SNS                             | Type: SNS is not supported locally",
            })
    void namesThePlaceOfWhatItCannotRun(String line, String other, String message) {
        String yaml = TEMPLATE.replace(line.strip(), other.strip());
        assertThatThrownBy(() -> Templates.template(yaml, Map.of()))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining(message.strip());
    }
}
