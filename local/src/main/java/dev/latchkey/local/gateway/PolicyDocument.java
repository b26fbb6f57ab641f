package dev.latchkey.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * A policy as an authorizer returns it, checked member by member (API Gateway, Output from a Lambda authorizer).
 *
 * <p>{@code NotAction}, {@code NotResource}, {@code Principal} and {@code Condition} are refused, as are policy
 * variables: what this class cannot evaluate must not be taken for an Allow, nor a Deny be overlooked.
 */
record PolicyDocument(List<Statement> statements) {
    /** Longest resource that API Gateway takes in a returned policy, in characters (API Gateway quotas). */
    static final int MAX_RESOURCE_LENGTH = 512;

    private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");
    private static final Set<String> POLICY_MEMBERS = Set.of("Version", "Id", "Statement");
    private static final Set<String> STATEMENT_MEMBERS = Set.of("Sid", "Effect", "Action", "Resource");

    PolicyDocument {
        statements = List.copyOf(statements);
    }

    /** One statement: {@code deny} when its effect is Deny, else it allows. */
    record Statement(boolean deny, List<String> actions, List<String> resources) {
        Statement {
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
        }
    }

    /** The policy in this tree. An {@link IllegalArgumentException} says what keeps it from being one. */
    static PolicyDocument parse(JsonNode policy) {
        onlyMembers(policy, POLICY_MEMBERS, "policyDocument");
        if (!VERSIONS.contains(policy.path("Version").asText())) {
            throw new IllegalArgumentException("policyDocument.Version must be 2012-10-17");
        }
        JsonNode listed = policy.path("Statement");
        List<Statement> statements = new ArrayList<>();
        if (listed.isArray()) {
            for (JsonNode statement : listed) {
                statements.add(statement(statement));
            }
        } else {
            statements.add(statement(listed));
        }
        if (statements.isEmpty()) {
            throw new IllegalArgumentException("policyDocument.Statement is empty");
        }
        return new PolicyDocument(statements);
    }

    private static Statement statement(JsonNode statement) {
        onlyMembers(statement, STATEMENT_MEMBERS, "policyDocument.Statement");
        JsonNode effect = statement.path("Effect");
        boolean deny = effect.isTextual() && effect.textValue().equals("Deny");
        if (!deny && !(effect.isTextual() && effect.textValue().equals("Allow"))) {
            throw new IllegalArgumentException("policyDocument.Statement.Effect must be Allow or Deny");
        }
        List<String> resources = strings(statement, "Resource");
        for (String resource : resources) {
            if (resource.length() > MAX_RESOURCE_LENGTH) {
                throw new IllegalArgumentException("a Resource has more than " + MAX_RESOURCE_LENGTH + " characters");
            }
            if (resource.contains("${")) {
                throw new IllegalArgumentException("policy variables are not supported in Resource");
            }
        }
        return new Statement(deny, strings(statement, "Action"), resources);
    }

    private static List<String> strings(JsonNode statement, String name) {
        JsonNode value = statement.path(name);
        List<String> strings = new ArrayList<>();
        for (JsonNode one : value.isArray() ? value : List.of(value)) {
            if (!one.isTextual() || one.textValue().isEmpty()) {
                throw new IllegalArgumentException(
                        "policyDocument.Statement." + name + " must be a string or a list of strings");
            }
            strings.add(one.textValue());
        }
        if (strings.isEmpty()) {
            throw new IllegalArgumentException("policyDocument.Statement." + name + " is an empty list");
        }
        return strings;
    }

    private static void onlyMembers(JsonNode node, Set<String> allowed, String place) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(place + " must be an object");
        }
        Set<String> names = new HashSet<>();
        for (Iterator<String> name = node.fieldNames(); name.hasNext(); ) {
            names.add(name.next());
        }
        names.removeAll(allowed);
        if (!names.isEmpty()) {
            throw new IllegalArgumentException(place + " has members that are not supported: " + names);
        }
    }
}
