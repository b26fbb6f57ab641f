package dev.latchkey.authorizer;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Map;

/** The answer that API Gateway reads (developer guide, "Output from an API Gateway Lambda authorizer"). */
final class PolicyResponse {

    private PolicyResponse() {}

    static JsonObject allow(Decision.Allow allow, String resource) {
        JsonObjectBuilder context = new JsonObjectBuilder();
        for (Map.Entry<String, String> member : allow.context().entrySet()) {
            context.put(member.getKey(), member.getValue());
        }
        return answer(allow.principalId(), "Allow", resource)
                .put("context", context.build())
                .build();
    }

    static JsonObject deny(Decision.Deny deny, String resource) {
        return answer(deny.principalId(), "Deny", resource).build();
    }

    private static JsonObjectBuilder answer(String principalId, String effect, String resource) {
        JsonObject statement = new JsonObjectBuilder()
                .put("Action", "execute-api:Invoke")
                .put("Effect", effect)
                .put("Resource", resource)
                .build();
        JsonObject policy = new JsonObjectBuilder()
                .put("Version", "2012-10-17")
                .put("Statement", new JsonArray(List.of(statement)))
                .build();
        return new JsonObjectBuilder().put("principalId", principalId).put("policyDocument", policy);
    }
}
