package dev.latchkey.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.local.machine.SetupException;

/**
 * The rules of a template, which tell before a deployment that parameters do not go together (CloudFormation, Rules section).
 * Of their functions those that conditions have, too, are supported.
 */
final class Rules {
    private Rules() {}

    /**
     * Checks every rule whose condition holds.
     *
     * @param declared the template's section {@code Rules}
     * @throws SetupException if an assertion does not hold; the message is the assertion's description
     */
    static void check(JsonNode declared, Conditions conditions) {
        declared.properties().forEach(entry -> {
            String place = "Rules." + entry.getKey();
            JsonNode rule = entry.getValue();
            JsonNode when = rule.path("RuleCondition");
            if (!when.isMissingNode() && !conditions.isTrue(when, place + ".RuleCondition")) {
                return;
            }
            for (JsonNode assertion : rule.path("Assertions")) {
                if (!conditions.isTrue(assertion.path("Assert"), place + ".Assertions")) {
                    throw new SetupException("The parameters break the rule " + entry.getKey() + ": "
                            + assertion.path("AssertDescription").asText("an assertion does not hold"));
                }
            }
        });
    }
}
