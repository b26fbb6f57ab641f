package dev.latchkey.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.latchkey.local.machine.LocalAccount;
import dev.latchkey.local.machine.SetupException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates CloudFormation's intrinsic functions: Ref, Fn::Sub, Fn::GetAtt, Fn::If, Fn::Join, Fn::Select, Fn::Split
 * (CloudFormation, Intrinsic function reference). {@code AWS::NoValue} becomes a {@link MissingNode}. Any other
 * function is a {@link SetupException} that names the place.
 */
final class Intrinsics {
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^}]*)\\}");

    private final Map<String, JsonNode> parameters;
    private final Conditions conditions;
    private final ResourceNames resources;

    Intrinsics(Map<String, JsonNode> parameters, JsonNode conditions, JsonNode resources) {
        this.parameters = Map.copyOf(parameters);
        this.conditions = new Conditions(conditions, this::text);
        this.resources = new ResourceNames(resources, this.conditions, this::text);
    }

    static boolean isIntrinsic(JsonNode node) {
        if (!node.isObject() || node.size() != 1) {
            return false;
        }
        String name = node.fieldNames().next();
        return name.equals("Ref") || name.startsWith("Fn::");
    }

    Conditions conditions() {
        return conditions;
    }

    /** The node itself, or when it is an intrinsic function its value. */
    JsonNode resolve(JsonNode node, String place) {
        if (!isIntrinsic(node)) {
            return node;
        }
        String name = node.fieldNames().next();
        JsonNode argument = node.get(name);
        return switch (name) {
            case "Ref" -> ref(text(argument, place), place);
            case "Fn::GetAtt" -> TextNode.valueOf(attribute(argument, place));
            case "Fn::Sub" -> substitute(argument, place);
            case "Fn::If" -> {
                List<JsonNode> items = items(argument, 3, place);
                yield resolve(items.get(conditions.holds(text(items.get(0), place), place) ? 1 : 2), place);
            }
            case "Fn::Join" -> {
                List<JsonNode> items = items(argument, 2, place);
                yield TextNode.valueOf(
                        String.join(text(items.get(0), place), texts(resolve(items.get(1), place), place)));
            }
            case "Fn::Select" -> {
                List<JsonNode> items = items(argument, 2, place);
                List<JsonNode> list = items(resolve(items.get(1), place), -1, place);
                int index = resolve(items.get(0), place).asInt(-1);
                if (index < 0 || index >= list.size()) {
                    throw new SetupException(place + ": Fn::Select has no element " + index);
                }
                yield resolve(list.get(index), place);
            }
            case "Fn::Split" -> {
                List<JsonNode> items = items(argument, 2, place);
                ArrayNode parts = JsonNodeFactory.instance.arrayNode();
                for (String part : text(items.get(1), place).split(Pattern.quote(text(items.get(0), place)), -1)) {
                    parts.add(part);
                }
                yield parts;
            }
            default ->
                throw new SetupException(place + ": " + name + " is not supported locally; supported are Ref,"
                        + " Fn::Sub, Fn::GetAtt, Fn::If, Fn::Join, Fn::Select, Fn::Split");
        };
    }

    /** The value as text; numbers and booleans in their usual form, as CloudFormation writes them. */
    String text(JsonNode node, String place) {
        JsonNode value = resolve(node, place);
        if (!value.isValueNode() || value.isNull()) {
            throw new SetupException(place + ": expected a text");
        }
        return value.asText();
    }

    private JsonNode ref(String name, String place) {
        if (name.equals("AWS::NoValue")) {
            return MissingNode.getInstance();
        }
        String pseudo = LocalAccount.PSEUDO_PARAMETERS.get(name);
        if (pseudo != null) {
            return TextNode.valueOf(pseudo);
        }
        JsonNode parameter = parameters.get(name);
        return parameter != null ? parameter : TextNode.valueOf(resources.reference(name, place));
    }

    private JsonNode substitute(JsonNode argument, String place) {
        Map<String, String> own = new LinkedHashMap<>();
        JsonNode template = argument;
        if (argument.isArray()) {
            List<JsonNode> items = items(argument, 2, place);
            template = items.get(0);
            items.get(1).properties().forEach(entry -> own.put(entry.getKey(), text(entry.getValue(), place)));
        }
        if (!template.isTextual()) {
            throw new SetupException(place + ": Fn::Sub needs a text");
        }
        Matcher matcher = SUBSTITUTION.matcher(template.textValue());
        return TextNode.valueOf(
                matcher.replaceAll(found -> Matcher.quoteReplacement(substituted(found.group(1), own, place))));
    }

    private String substituted(String name, Map<String, String> own, String place) {
        if (name.startsWith("!")) {
            return "${" + name.substring(1) + "}";
        }
        String value = own.get(name);
        if (value != null) {
            return value;
        }
        int dot = name.indexOf('.');
        return dot < 0
                ? text(ref(name, place), place)
                : resources.attribute(name.substring(0, dot), name.substring(dot + 1), place);
    }

    private String attribute(JsonNode argument, String place) {
        String path = argument.isTextual() ? argument.textValue() : String.join(".", texts(argument, place));
        int dot = path.indexOf('.');
        if (dot < 0) {
            throw new SetupException(place + ": Fn::GetAtt needs a resource and an attribute");
        }
        return resources.attribute(path.substring(0, dot), path.substring(dot + 1), place);
    }

    private List<String> texts(JsonNode listed, String place) {
        return items(listed, -1, place).stream()
                .map(item -> resolve(item, place))
                .filter(item -> !item.isMissingNode())
                .map(item -> text(item, place))
                .toList();
    }

    private static List<JsonNode> items(JsonNode node, int size, String place) {
        List<JsonNode> items = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(items::add);
        }
        if (items.isEmpty() || (size >= 0 && items.size() != size)) {
            throw new SetupException(place + ": expected a list" + (size >= 0 ? " of " + size : ""));
        }
        return items;
    }
}
