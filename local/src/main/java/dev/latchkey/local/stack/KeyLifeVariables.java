package dev.latchkey.local.stack;

import dev.latchkey.config.Settings;
import dev.latchkey.local.template.FunctionDefinition;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables that lead functions to this machine's table, queue, published documents and management API, in the place of what
 * the template leads them to on AWS.
 *
 * @param services where DynamoDB and SQS are; null where they are not here, so that keys have no life
 * @param management where API Gateway is managed
 * @param lists where status lists are published
 * @param queueUrls the URLs of queues by their names
 */
record KeyLifeVariables(@Nullable URI services, URI management, URI lists, Map<String, String> queueUrls) {

    static final String KEYS_TABLE = Settings.KEYS_TABLE.prefixed();
    private static final String BASE = Settings.STATUS_LIST_BASE.prefixed();
    private static final String JWKS_URI = Settings.JWKS_URI.plain();
    private static final String PUBLISHED_HERE =
            "https://[A-Z][A-Za-z0-9]*\\.execute-api\\.[^/]+/\\.well-known/jwks\\.json";
    private static final String QUEUE = Settings.FLUSH_QUEUE.prefixed();

    /** Those of one function, as far as the template sets them. */
    Map<String, String> of(FunctionDefinition function) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (services != null) {
            variables.put("AWS_ENDPOINT_URL_DYNAMODB", services.toString());
            variables.put("AWS_ENDPOINT_URL_SQS", services.toString());
            variables.put("AWS_ENDPOINT_URL_API_GATEWAY", management.toString());
            variables.put("AWS_ENDPOINT_URL_APIGATEWAYV2", management.toString());
        }
        String base = function.environment().get(BASE);
        if (base != null) {
            variables.put(BASE, services == null ? "" : lists.toString());
        }
        if (function.environment().getOrDefault(JWKS_URI, "").matches(PUBLISHED_HERE)) {
            variables.put(JWKS_URI, lists + "/.well-known/jwks.json");
        }
        String queue = function.environment().get(QUEUE);
        if (queue != null) {
            variables.put(QUEUE, queueUrls.getOrDefault(queue.substring(queue.lastIndexOf('/') + 1), ""));
        }
        return variables;
    }
}
