package dev.latchkey.local.template;

import dev.latchkey.local.template.Route.Security;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads a REST API from its resource (AWS SAM, AWS::Serverless::Api) and its OpenAPI definition in DefinitionBody. */
final class RestApiReader {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch");
    private static final String ANY_METHOD = "x-amazon-apigateway-any-method";

    private final String logicalId;
    private final Section properties;
    private final Section definition;

    RestApiReader(Section resource, Section properties) {
        this.logicalId = resource.place().split("\\.", -1)[1];
        this.properties = properties;
        this.definition = properties.get("DefinitionBody");
    }

    RestApi read() {
        properties.refuse("is not supported locally; put the definition into DefinitionBody", "DefinitionUri");
        properties.refuse("is not supported locally; put it into DefinitionBody", "Cors", "GatewayResponses");
        properties.refuse("is not supported locally", "Models");
        if (!definition.isPresent()) {
            throw definition.error("is missing; routes are read from it");
        }
        definition.refuse(
                "API Gateway ignores security at the root of a definition; set it on each method", "security");
        definition.refuse(
                "is not supported locally", "x-amazon-apigateway-policy", "x-amazon-apigateway-request-validator");
        Map<String, AuthorizerDefinition> authorizers = AuthorizerReader.read(properties.get("Auth"));
        Map<String, String> variables = new LinkedHashMap<>();
        properties.get("Variables").members().forEach((name, value) -> variables.put(name, value.text()));
        List<Route> routes = new ArrayList<>();
        definition.get("paths").members().forEach((path, item) -> {
            if (!path.startsWith("/")) {
                throw item.error("a path starts with /");
            }
            item.members().forEach((name, operation) -> {
                if (METHODS.contains(name) || name.equals(ANY_METHOD)) {
                    String method = name.equals(ANY_METHOD) ? "ANY" : name.toUpperCase(Locale.ROOT);
                    routes.add(new Route(
                            method, path, security(operation, authorizers), IntegrationReader.read(operation)));
                }
            });
        });
        Map<String, String> refusalHeaders =
                GatewayResponsesReader.headers(definition.get("x-amazon-apigateway-gateway-responses"));
        return new RestApi(
                logicalId, properties.get("StageName").text(), variables, routes, authorizers, refusalHeaders);
    }

    private Security security(Section operation, Map<String, AuthorizerDefinition> authorizers) {
        Section authentication = operation.get("x-amazon-apigateway-auth");
        if (authentication.isPresent()) {
            return authentication(authentication.get("type"));
        }
        Section listed = operation.get("security");
        if (!listed.isPresent()) {
            String fallback = properties.get("Auth").get("DefaultAuthorizer").text("NONE");
            return fallback.equals("AWS_IAM")
                    ? new Security.Iam()
                    : named(fallback, authorizers, properties.get("Auth").get("DefaultAuthorizer"));
        }
        List<Section> items = listed.items();
        if (items.isEmpty()) {
            return new Security.None();
        }
        Map<String, Section> schemes = items.get(0).members();
        if (items.size() != 1 || schemes.size() != 1) {
            throw listed.error("exactly one security scheme is supported");
        }
        return named(schemes.keySet().iterator().next(), authorizers, listed);
    }

    /** API Gateway developer guide, x-amazon-apigateway-auth object. */
    private static Security authentication(Section type) {
        return switch (type.text().toUpperCase(Locale.ROOT)) {
            case "AWS_IAM" -> new Security.Iam();
            case "NONE" -> new Security.None();
            default -> throw type.error("must be AWS_IAM or NONE");
        };
    }

    private Security named(String name, Map<String, AuthorizerDefinition> authorizers, Section place) {
        if (name.equals("NONE")) {
            return new Security.None();
        }
        if (authorizers.containsKey(name)) {
            return new Security.Custom(name);
        }
        Section scheme = definition.get("components").get("securitySchemes").get(name);
        if (scheme.get("x-amazon-apigateway-authtype").text("").equals("awsSigv4")) {
            return new Security.Iam();
        }
        throw place.error("the security scheme " + name + " is neither an authorizer in Auth.Authorizers nor one with"
                + " x-amazon-apigateway-authtype: awsSigv4");
    }
}
