package dev.latchkey.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LocalAccount;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.template.Route.Integration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads what answers on a route (API Gateway, x-amazon-apigateway-integration object). */
final class IntegrationReader {
    private static final Pattern INVOKE_URI =
            Pattern.compile("arn:[a-z-]+:apigateway:[a-z0-9-]+:lambda:path/2015-03-31/functions/(.+)/invocations");
    private static final String JSON = "application/json";

    private IntegrationReader() {}

    static Integration read(Section operation) {
        Section integration = operation.get("x-amazon-apigateway-integration");
        if (!integration.isPresent()) {
            throw integration.error("is missing");
        }
        operation.refuse("is not supported locally", "x-amazon-apigateway-request-validator");
        integration.refuse("is not supported locally", "requestParameters", "contentHandling", "connectionType");
        String type = integration.get("type").text();
        return switch (type) {
            case "mock" -> mock(integration);
            case "aws_proxy" -> lambdaProxy(integration);
            default ->
                throw integration
                        .get("type")
                        .error(type + " is not supported locally; supported are mock and aws_proxy");
        };
    }

    private static Integration lambdaProxy(Section integration) {
        Section method = integration.get("httpMethod");
        if (!method.text().equals("POST")) {
            throw method.error("must be POST: Lambda is only ever invoked with POST");
        }
        Section uri = integration.get("uri");
        Matcher matcher = INVOKE_URI.matcher(uri.text());
        Optional<String> function = matcher.matches() ? LocalAccount.functionName(matcher.group(1)) : Optional.empty();
        return new Integration.LambdaProxy(
                function.orElseThrow(() -> uri.error("\"" + uri.text() + "\" does not invoke a Lambda function")));
    }

    private static Integration mock(Section integration) {
        Section request = integration.get("requestTemplates").get(JSON);
        JsonNode status = JsonTree.parse(request.text())
                .orElseThrow(() -> badRequest(request))
                .path("statusCode");
        if (!status.isInt()) {
            throw badRequest(request);
        }
        Section response = response(integration.get("responses"), status.asText());
        response.refuse("is not supported locally", "responseParameters");
        Section template = response.get("responseTemplates").get(JSON);
        String text = template.text("");
        ResponseTemplate.parse(text, template.place());
        return new Integration.Mock(response.get("statusCode").integer(100, 599), text);
    }

    private static SetupException badRequest(Section request) {
        return request.error("must be JSON such as {\"statusCode\": 200}, without variables");
    }

    /** The response whose name, a regular expression, matches the status; else the one named default. */
    private static Section response(Section responses, String status) {
        for (Map.Entry<String, Section> response : responses.members().entrySet()) {
            try {
                if (!response.getKey().equals("default") && Pattern.matches(response.getKey(), status)) {
                    return response.getValue();
                }
            } catch (PatternSyntaxException notPattern) {
                throw response.getValue().error("is not a regular expression: " + notPattern.getDescription());
            }
        }
        Section fallback = responses.get("default");
        if (!fallback.isPresent()) {
            throw responses.error("no response for status " + status + " and no default");
        }
        return fallback;
    }
}
