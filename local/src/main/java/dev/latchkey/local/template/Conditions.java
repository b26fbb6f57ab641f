package dev.latchkey.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.local.machine.SetupException;
import java.util.HashSet;
import java.util.Set;

/**
 * The conditions of a template: Fn::Equals, Fn::Not, Fn::And, Fn::Or and references to other conditions
 * (CloudFormation, Conditions section).
 */
final class Conditions {
    private final JsonNode declared;
    private final Values values;

    Conditions(JsonNode declared, Values values) {
        this.declared = declared;
        this.values = values;
    }

    /** Whether a declared condition is true; {@code place} is where the template asks. */
    boolean holds(String name, String place) {
        return holds(name, place, new HashSet<>());
    }

    /** Whether a function of conditions that stands at that place is true. */
    boolean isTrue(JsonNode function, String place) {
        return evaluate(function, place, new HashSet<>());
    }

    private boolean holds(String name, String place, Set<String> open) {
        JsonNode condition = declared.path(name);
        if (condition.isMissingNode()) {
            throw new SetupException(place + ": the condition " + name + " is not declared");
        }
        if (!open.add(name)) {
            throw new SetupException("Conditions." + name + " depends on itself");
        }
        boolean value = evaluate(condition, "Conditions." + name, open);
        open.remove(name);
        return value;
    }

    private boolean evaluate(JsonNode node, String place, Set<String> open) {
        String name = node.isObject() && node.size() == 1 ? node.fieldNames().next() : "";
        JsonNode argument = node.path(name);
        return switch (name) {
            case "Condition" -> holds(argument.asText(), place, open);
            case "Fn::Equals" -> {
                expect(argument, 2, 2, place);
                yield values.text(argument.get(0), place).equals(values.text(argument.get(1), place));
            }
            case "Fn::Not" -> {
                expect(argument, 1, 1, place);
                yield !evaluate(argument.get(0), place, open);
            }
            case "Fn::And", "Fn::Or" -> {
                expect(argument, 2, 10, place);
                boolean and = name.equals("Fn::And");
                boolean value = and;
                for (JsonNode part : argument) {
                    boolean held = evaluate(part, place, open);
                    value = and ? value && held : value || held;
                }
                yield value;
            }
            default ->
                throw new SetupException(place + ": " + (name.isEmpty() ? "this" : name)
                        + " is no condition; supported are Fn::Equals, Fn::Not, Fn::And, Fn::Or, Condition");
        };
    }

    private static void expect(JsonNode argument, int min, int max, String place) {
        if (!argument.isArray() || argument.size() < min || argument.size() > max) {
            throw new SetupException(
                    place + ": expected a list of " + (min == max ? min : min + " to " + max) + " elements");
        }
    }
}
