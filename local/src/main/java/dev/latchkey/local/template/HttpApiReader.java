package dev.latchkey.local.template;

import dev.latchkey.local.template.Route.Integration;
import dev.latchkey.local.template.Route.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads an HTTP API from its resource (AWS SAM, AWS::Serverless::HttpApi) and from the events of type HttpApi of the
 * functions behind it.
 */
final class HttpApiReader {
    private static final Set<String> METHODS =
            Set.of("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "ANY");

    private static final String HEADER = "$request.header.";

    private final String logicalId;
    private final Section properties;

    HttpApiReader(Section resource, Section properties) {
        this.logicalId = resource.place().split("\\.", -1)[1];
        this.properties = properties;
    }

    /**
     * The API.
     *
     * @param functions the properties of all functions, by logical id
     */
    HttpApi read(Map<String, Section> functions) {
        properties.refuse(
                "is not supported locally; describe routes in the Events of functions",
                "DefinitionBody",
                "DefinitionUri");
        properties.refuse("is not supported locally", "Domain");
        Section stage = properties.get("StageName");
        if (!stage.text(HttpApi.DEFAULT_STAGE).equals(HttpApi.DEFAULT_STAGE)) {
            throw stage.error("must be " + HttpApi.DEFAULT_STAGE + "; no other stage is supported locally");
        }
        Section auth = properties.get("Auth");
        auth.refuse("is not supported locally", "EnableIamAuthorizer");
        Map<String, AuthorizerDefinition> authorizers = new LinkedHashMap<>();
        auth.get("Authorizers").members().forEach((name, section) -> authorizers.put(name, authorizer(name, section)));
        Map<String, String> variables = new LinkedHashMap<>();
        properties.get("StageVariables").members().forEach((name, value) -> variables.put(name, value.text()));
        List<Route> routes = new ArrayList<>();
        functions.forEach((function, section) -> section.get("Events").members().values().stream()
                .filter(event -> event.get("Type").text().equals("HttpApi"))
                .map(event -> event.get("Properties"))
                .filter(event -> event.get("ApiId").text().equals(logicalId))
                .forEach(event -> routes.add(route(event, function, authorizers))));
        return new HttpApi(logicalId, variables, routes, authorizers, Cors.read(properties.get("CorsConfiguration")));
    }

    private Route route(Section event, String function, Map<String, AuthorizerDefinition> authorizers) {
        event.refuse("is not supported locally", "RouteSettings", "TimeoutInMillis");
        if (!event.get("PayloadFormatVersion").text("2.0").equals("2.0")) {
            throw event.get("PayloadFormatVersion").error("must be 2.0; no other is supported locally");
        }
        String method = event.get("Method").text().toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw event.get("Method").error("must be one of GET, PUT, POST, DELETE, OPTIONS, HEAD, PATCH, ANY");
        }
        Section path = event.get("Path");
        if (!path.text().startsWith("/") || path.text().equals("/" + HttpApi.DEFAULT_STAGE)) {
            throw path.error("must start with /; the route $default is not supported locally");
        }
        return new Route(method, path.text(), security(event, authorizers), new Integration.LambdaProxy(function));
    }

    /** The authorizer of the event, else the API's default one. */
    private Security security(Section event, Map<String, AuthorizerDefinition> authorizers) {
        event.get("Auth").refuse("is not supported locally", "AuthorizationScopes", "InvokeRole");
        Section own = event.get("Auth").get("Authorizer");
        Section named = own.isPresent() ? own : properties.get("Auth").get("DefaultAuthorizer");
        String name = named.text("NONE");
        if (name.equals("NONE")) {
            return new Security.None();
        }
        if (!authorizers.containsKey(name)) {
            throw named.error("there is no authorizer " + name + " in Auth.Authorizers");
        }
        return new Security.Custom(name);
    }

    private static AuthorizerDefinition authorizer(String name, Section section) {
        section.refuse("is not supported locally", "AuthorizationScopes");
        return section.get("JwtConfiguration").isPresent() ? jwt(name, section) : lambda(name, section);
    }

    /** AWS SAM, OAuth2Authorizer. */
    private static AuthorizerDefinition jwt(String name, Section section) {
        Section source = section.get("IdentitySource");
        if (!source.text().startsWith(HEADER)) {
            throw source.error("must be " + HEADER + "NAME; no other is supported locally");
        }
        Section jwt = section.get("JwtConfiguration");
        List<String> audience = new ArrayList<>();
        jwt.get("audience").items().forEach(one -> audience.add(one.text()));
        return new AuthorizerDefinition.Jwt(
                name,
                source.text().substring(HEADER.length()),
                jwt.get("issuer").text(),
                audience);
    }

    /** AWS SAM, LambdaAuthorizer of an HTTP API. */
    private static AuthorizerDefinition lambda(String name, Section section) {
        section.refuse("belongs to JwtConfiguration", "IdentitySource");
        section.refuse("is not supported locally; use EnableFunctionDefaultPermissions", "FunctionInvokeRole");
        String function = AuthorizerReader.function(section);
        Section version = section.get("AuthorizerPayloadFormatVersion");
        if (!version.text().equals("2.0")) {
            throw version.error("must be 2.0; no other is supported locally");
        }
        if (!flag(section.get("EnableFunctionDefaultPermissions"))) {
            throw section.get("EnableFunctionDefaultPermissions")
                    .error("must be true, or API Gateway may not call the function and answers every request with 500");
        }
        Section identity = section.get("Identity");
        int seconds = identity.get("ReauthorizeEvery").integer(0, AuthorizerReader.MAX_TTL_SECONDS);
        return new AuthorizerDefinition.Http(
                name,
                function,
                Duration.ofSeconds(seconds),
                AuthorizerReader.sources(identity, seconds),
                flag(section.get("EnableSimpleResponses")));
    }

    private static boolean flag(Section section) {
        return switch (section.text("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw section.error("must be true or false");
        };
    }
}
