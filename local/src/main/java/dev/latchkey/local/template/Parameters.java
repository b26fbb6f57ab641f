package dev.latchkey.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.latchkey.local.machine.SetupException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The parameters of a template with their values for one start, checked as CloudFormation checks them (CloudFormation,
 * Parameters section). Numbers keep the text they were given as.
 */
final class Parameters {
    private Parameters() {}

    /**
     * The value of every declared parameter: the override, else the default.
     *
     * @param declared the template's section {@code Parameters}
     * @param overrides values by parameter name
     * @throws SetupException when an override is not declared, or a value is missing or not allowed
     */
    static Map<String, JsonNode> resolve(JsonNode declared, Map<String, String> overrides) {
        for (String name : new TreeMap<>(overrides).keySet()) {
            if (!declared.has(name)) {
                List<String> names = new ArrayList<>();
                declared.fieldNames().forEachRemaining(names::add);
                throw new SetupException("Parameter " + name + " is not declared in the template. Declared: "
                        + String.join(", ", names));
            }
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        declared.properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode definition = entry.getValue();
            String text = overrides.get(name);
            if (text == null && !definition.has("Default")) {
                throw new SetupException(
                        "Parameter " + name + " has no default; set it with --parameter " + name + "=...");
            }
            values.put(name, value(name, definition, text == null ? defaultText(definition.get("Default")) : text));
        });
        return values;
    }

    private static String defaultText(JsonNode value) {
        return value.asText();
    }

    private static JsonNode value(String name, JsonNode definition, String text) {
        String type = definition.path("Type").asText();
        switch (type) {
            case "String" -> checkText(name, definition, text);
            case "Number" -> checkNumber(name, definition, text);
            case "CommaDelimitedList", "List<Number>" -> {
                var list = JsonNodeFactory.instance.arrayNode();
                for (String item : text.split(",", -1)) {
                    if (type.equals("List<Number>")) {
                        checkNumber(name, definition, item.strip());
                    }
                    checkAllowed(name, definition, item.strip());
                    list.add(item.strip());
                }
                return list;
            }
            default ->
                throw new SetupException("Parameters." + name + ".Type: " + type
                        + " is not supported; supported are String, Number, List<Number>, CommaDelimitedList");
        }
        checkAllowed(name, definition, text);
        return TextNode.valueOf(text);
    }

    private static void checkText(String name, JsonNode definition, String text) {
        int min = definition.path("MinLength").asInt(0);
        int max = definition.path("MaxLength").asInt(Integer.MAX_VALUE);
        if (text.length() < min || text.length() > max) {
            throw bad(name, definition, text, "needs " + min + " to " + max + " characters");
        }
        JsonNode pattern = definition.path("AllowedPattern");
        if (pattern.isTextual() && !Pattern.matches(pattern.textValue(), text)) {
            throw bad(name, definition, text, "must match " + pattern.textValue());
        }
    }

    private static void checkNumber(String name, JsonNode definition, String text) {
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException notNumber) {
            throw bad(name, definition, text, "must be a number");
        }
        JsonNode min = definition.path("MinValue");
        if (!min.isMissingNode() && number.compareTo(new BigDecimal(min.asText())) < 0) {
            throw bad(name, definition, text, "must be at least " + min.asText());
        }
        JsonNode max = definition.path("MaxValue");
        if (!max.isMissingNode() && number.compareTo(new BigDecimal(max.asText())) > 0) {
            throw bad(name, definition, text, "must be at most " + max.asText());
        }
    }

    private static void checkAllowed(String name, JsonNode definition, String text) {
        JsonNode allowed = definition.path("AllowedValues");
        List<String> values = new ArrayList<>();
        allowed.forEach(value -> values.add(value.asText()));
        if (!allowed.isMissingNode() && !values.contains(text)) {
            throw bad(name, definition, text, "must be one of " + String.join(", ", values));
        }
    }

    private static SetupException bad(String name, JsonNode definition, String text, String rule) {
        String shown = definition.path("NoEcho").asBoolean(false) ? "[redacted]" : "\"" + text + "\"";
        return new SetupException("Parameter " + name + " " + rule + ", got " + shown);
    }
}
