package dev.latchkey.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.Payload;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an authorizer said: what a function answered, checked (API Gateway, Output from a Lambda authorizer; Working with AWS Lambda
 * authorizers for HTTP APIs), or what a token says that API Gateway has checked by itself.
 *
 * @param principalId who is calling; empty in a simple response, which does not tell
 * @param context the authorizer's own values
 * @param answer the answer itself
 */
record AuthorizerOutput(String principalId, Ruling ruling, ObjectNode context, Payload answer) {

    /** Who may do what. */
    sealed interface Ruling {

        /** What is decided about a call of that method or route. */
        PolicyDecision on(String arn);

        /** A policy, weighed for each call. */
        record Policy(PolicyDocument document) implements Ruling {
            @Override
            public PolicyDecision on(String arn) {
                return PolicyEvaluator.evaluate(document, arn);
            }
        }

        /** A token that holds, for everything. */
        record Token() implements Ruling {
            @Override
            public PolicyDecision on(String arn) {
                return PolicyDecision.ALLOW;
            }
        }

        /** A yes or no to everything. */
        record Simple(boolean isAuthorized) implements Ruling {
            @Override
            public PolicyDecision on(String arn) {
                return isAuthorized ? PolicyDecision.ALLOW : PolicyDecision.DENY_EXPLICIT;
            }
        }
    }

    /** The claims of a token that holds, all of them text, as API Gateway tells them. */
    static AuthorizerOutput ofToken(String principalId, ObjectNode claims) {
        return new AuthorizerOutput(principalId, new Ruling.Token(), claims, new Payload(new byte[0]));
    }

    /** What functions of an HTTP API see at {@code requestContext.authorizer}. */
    ObjectNode inEvents() {
        ObjectNode authorizer = JsonTree.object();
        if (ruling instanceof Ruling.Token) {
            ObjectNode jwt = authorizer.putObject("jwt");
            jwt.set("claims", context);
            jwt.putNull("scopes");
        } else {
            authorizer.set("lambda", context);
        }
        return authorizer;
    }

    /**
     * The answer of a REST API's authorizer in these bytes: a policy, and a context of flat values. An {@link
     * IllegalArgumentException} says what keeps it from being one.
     */
    static AuthorizerOutput parse(Payload payload) {
        AuthorizerOutput output = policy(payload);
        output.context.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (!value.isTextual() && !value.isNumber() && !value.isBoolean()) {
                throw new IllegalArgumentException(
                        "context." + entry.getKey() + " must be a string, a number or a boolean");
            }
        });
        return output;
    }

    /** The same for an HTTP API's authorizer, whose context may hold anything, with a simple response or a policy. */
    static AuthorizerOutput parseHttp(Payload payload, boolean simple) {
        if (!simple) {
            return policy(payload);
        }
        JsonNode answer = object(payload);
        JsonNode authorized = answer.path("isAuthorized");
        if (!authorized.isBoolean()) {
            throw new IllegalArgumentException("isAuthorized must be true or false, as EnableSimpleResponses is on");
        }
        return new AuthorizerOutput("", new Ruling.Simple(authorized.booleanValue()), context(answer), payload);
    }

    /** The values of {@code $context.authorizer} as text: the context, and the principal beside it. */
    Map<String, String> integrationContext() {
        Map<String, String> all = new LinkedHashMap<>();
        context.properties()
                .forEach(entry -> all.put(entry.getKey(), entry.getValue().asText()));
        all.put("principalId", principalId);
        return all;
    }

    private static AuthorizerOutput policy(Payload payload) {
        JsonNode answer = object(payload);
        JsonNode principal = answer.path("principalId");
        if (!principal.isTextual()) {
            throw new IllegalArgumentException("principalId must be a string");
        }
        PolicyDocument document = PolicyDocument.parse(answer.path("policyDocument"));
        return new AuthorizerOutput(principal.textValue(), new Ruling.Policy(document), context(answer), payload);
    }

    private static JsonNode object(Payload payload) {
        return JsonTree.parse(payload.bytes())
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new IllegalArgumentException("the answer is not a JSON object"));
    }

    private static ObjectNode context(JsonNode answer) {
        JsonNode values = answer.path("context");
        if (values instanceof ObjectNode context) {
            return context;
        }
        if (!values.isMissingNode() && !values.isNull()) {
            throw new IllegalArgumentException("context must be an object");
        }
        return JsonTree.object();
    }
}
