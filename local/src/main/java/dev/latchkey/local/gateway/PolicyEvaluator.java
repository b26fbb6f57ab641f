package dev.latchkey.local.gateway;

import dev.latchkey.local.machine.JsonTree;

/**
 * Answers whether a policy that an authorizer returned lets a call through, by IAM's rules: an explicit Deny wins over
 * any Allow, the order of statements does not matter, and what no statement covers is denied (IAM, Policy evaluation
 * logic). The action is always {@code execute-api:Invoke}.
 */
final class PolicyEvaluator {
    private static final String ACTION = "execute-api:Invoke";

    private PolicyEvaluator() {}

    /**
     * What the policy says about a call of that method.
     *
     * @param policyJson the {@code policyDocument} as JSON
     * @param methodArn the call, {@code arn:aws:execute-api:region:account:api/stage/VERB/path}
     * @throws IllegalArgumentException when the policy is not one that API Gateway would take, or has a member that is
     *     not supported: {@code NotAction}, {@code NotResource}, {@code Principal}, {@code Condition}, policy variables
     */
    static PolicyDecision evaluate(String policyJson, String methodArn) {
        return evaluate(
                PolicyDocument.parse(JsonTree.parse(policyJson)
                        .orElseThrow(() -> new IllegalArgumentException("policyDocument is not JSON"))),
                methodArn);
    }

    static PolicyDecision evaluate(PolicyDocument policy, String methodArn) {
        boolean allowed = false;
        for (PolicyDocument.Statement statement : policy.statements()) {
            if (covers(statement, methodArn)) {
                if (statement.deny()) {
                    return PolicyDecision.DENY_EXPLICIT;
                }
                allowed = true;
            }
        }
        return allowed ? PolicyDecision.ALLOW : PolicyDecision.DENY_IMPLICIT;
    }

    private static boolean covers(PolicyDocument.Statement statement, String methodArn) {
        return statement.actions().stream().anyMatch(action -> Wildcard.matchesAction(action, ACTION))
                && statement.resources().stream().anyMatch(resource -> Wildcard.matchesArn(resource, methodArn));
    }
}
