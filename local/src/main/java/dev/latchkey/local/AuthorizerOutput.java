package dev.latchkey.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an authorizer function answered, checked (API Gateway, Output from a Lambda authorizer).
 *
 * @param context the authorizer's own values as text, as integrations see them
 */
record AuthorizerOutput(String principalId, PolicyDocument policy, Map<String, String> context) {

    AuthorizerOutput {
        context = Map.copyOf(context);
    }

    /** The answer in these bytes. An {@link IllegalArgumentException} says what keeps it from being one. */
    static AuthorizerOutput parse(Payload payload) {
        JsonNode answer = Json.parse(payload.bytes())
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new IllegalArgumentException("the answer is not a JSON object"));
        JsonNode principal = answer.path("principalId");
        if (!principal.isTextual()) {
            throw new IllegalArgumentException("principalId must be a string");
        }
        Map<String, String> context = new LinkedHashMap<>();
        JsonNode values = answer.path("context");
        if (!values.isObject() && !values.isMissingNode() && !values.isNull()) {
            throw new IllegalArgumentException("context must be an object");
        }
        values.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (!value.isTextual() && !value.isNumber() && !value.isBoolean()) {
                throw new IllegalArgumentException(
                        "context." + entry.getKey() + " must be a string, a number or a boolean");
            }
            context.put(entry.getKey(), value.asText());
        });
        return new AuthorizerOutput(
                principal.textValue(), PolicyDocument.parse(answer.path("policyDocument")), context);
    }

    /** The values of {@code $context.authorizer}: the context, and the principal beside it. */
    Map<String, String> integrationContext() {
        Map<String, String> all = new LinkedHashMap<>(context);
        all.put("principalId", principalId);
        return all;
    }
}
