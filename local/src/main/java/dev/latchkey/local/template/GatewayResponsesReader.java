package dev.latchkey.local.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the headers that a REST API puts on answers of its own (API Gateway, x-amazon-apigateway-gateway-responses object):
 * fixed texts, the same on {@code DEFAULT_4XX} and {@code DEFAULT_5XX}.
 */
final class GatewayResponsesReader {
    private static final Set<String> TYPES = Set.of("DEFAULT_4XX", "DEFAULT_5XX");
    private static final Pattern HEADER = Pattern.compile("gatewayresponse\\.header\\.([A-Za-z0-9-]+)");
    private static final Pattern TEXT = Pattern.compile("'([^']*)'");

    private GatewayResponsesReader() {}

    static Map<String, String> headers(Section responses) {
        if (!responses.isPresent()) {
            return Map.of();
        }
        if (!responses.members().keySet().equals(TYPES)) {
            throw responses.error("must be of DEFAULT_4XX and DEFAULT_5XX; others are not supported locally");
        }
        Map<String, String> headers = headersOf(responses.get("DEFAULT_4XX"));
        if (!headers.equals(headersOf(responses.get("DEFAULT_5XX")))) {
            throw responses.error("DEFAULT_4XX and DEFAULT_5XX must be alike; others are not supported locally");
        }
        return headers;
    }

    private static Map<String, String> headersOf(Section response) {
        response.refuse("is not supported locally", "statusCode", "responseTemplates");
        Map<String, String> headers = new LinkedHashMap<>();
        response.get("responseParameters").members().forEach((name, value) -> {
            Matcher header = HEADER.matcher(name);
            Matcher text = TEXT.matcher(value.text());
            if (!header.matches() || !text.matches()) {
                throw value.error("must be a header with a text in single quotes; others are not supported locally");
            }
            headers.put(header.group(1), text.group(1));
        });
        return headers;
    }
}
