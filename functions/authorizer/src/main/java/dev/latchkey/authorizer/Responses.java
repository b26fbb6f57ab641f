package dev.latchkey.authorizer;

import dev.latchkey.authorizer.AuthorizationRequest.Shape;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers as API Gateway reads them (developer guide, "Output from an API Gateway Lambda authorizer" and "Working with
 * AWS Lambda authorizers for HTTP APIs").
 *
 * <p>API Gateway keeps what an authorizer answers, for its time to live, and keeps no error. So a refusal that time alone may
 * change is the error Unauthorized for every kind of API.
 *
 * @param simple whether events of payload format 2.0 get a simple response instead of a policy
 * @param denies whether a refused key gets a Deny policy instead of the error Unauthorized
 */
record Responses(boolean simple, boolean denies) {

    private static final String NOBODY = "anonymous";

    /**
     * The answer to a request.
     *
     * @throws Unauthorized for a refused key, unless answers deny and it stays refused
     */
    JsonObject to(AuthorizationRequest request, Decision decision) {
        boolean isSimple = simple && request.shape() == Shape.HTTP_2;
        if (decision instanceof Decision.Allow allow) {
            return isSimple ? simpleAllow(allow) : policy(allow);
        }
        if (decision instanceof Decision.Unauthenticated unauthenticated && unauthenticated.mayPass()) {
            throw new Unauthorized();
        }
        if (isSimple) {
            return new JsonObjectBuilder().put("isAuthorized", false).build();
        }
        List<String> stage = List.of(PolicyScope.STAGE.resource(request.arn()).orElseThrow());
        if (decision instanceof Decision.Deny deny) {
            return policy(deny.principalId(), "Deny", stage).build();
        }
        if (denies || request.shape() == Shape.HTTP_2) {
            return policy(NOBODY, "Deny", stage).build();
        }
        throw new Unauthorized();
    }

    /** The same decision, made to fit into an answer of this kind. */
    Decision fitting(AuthorizationRequest request, Decision decision) {
        return decision instanceof Decision.Allow allow && !AnswerSize.isSmall(allow)
                ? AnswerSize.fitting(allow, smaller -> to(request, smaller))
                : decision;
    }

    private static JsonObject simpleAllow(Decision.Allow allow) {
        return new JsonObjectBuilder()
                .put("isAuthorized", true)
                .put("context", context(allow.context()))
                .build();
    }

    private static JsonObject policy(Decision.Allow allow) {
        JsonObjectBuilder answer =
                policy(allow.principalId(), "Allow", allow.resources()).put("context", context(allow.context()));
        @Nullable String usageKey = allow.usageKey();
        if (usageKey != null) {
            answer.put("usageIdentifierKey", usageKey);
        }
        return answer.build();
    }

    private static JsonObject context(Map<String, String> members) {
        JsonObjectBuilder context = new JsonObjectBuilder();
        for (Map.Entry<String, String> member : members.entrySet()) {
            context.put(member.getKey(), member.getValue());
        }
        return context.build();
    }

    private static JsonObjectBuilder policy(String principalId, String effect, List<String> resources) {
        JsonObjectBuilder statement =
                new JsonObjectBuilder().put("Action", "execute-api:Invoke").put("Effect", effect);
        if (resources.size() == 1) {
            statement.put("Resource", resources.get(0));
        } else {
            statement.put("Resource", resources);
        }
        JsonObject policy = new JsonObjectBuilder()
                .put("Version", "2012-10-17")
                .put("Statement", new JsonArray(List.of(statement.build())))
                .build();
        return new JsonObjectBuilder().put("principalId", principalId).put("policyDocument", policy);
    }
}
