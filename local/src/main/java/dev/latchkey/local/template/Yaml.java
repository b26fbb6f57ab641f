package dev.latchkey.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.local.machine.SetupException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads a template's YAML 1.2 into a tree, with CloudFormation's short tags in their long form: {@code !Ref X} becomes
 * {@code {"Ref": "X"}}, {@code !GetAtt A.B} becomes {@code {"Fn::GetAtt": ["A", "B"]}}.
 */
final class Yaml {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NODES = 100_000;

    private final String name;
    private int nodes;

    private Yaml(String name) {
        this.name = name;
    }

    /**
     * The tree in a text.
     *
     * @param name what to call the text in errors, usually the file name
     * @throws SetupException when it is not one YAML document, or nests or repeats itself beyond reason
     */
    static JsonNode parse(String text, String name) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setAllowDuplicateKeys(false)
                .build();
        try {
            Node root = new Compose(settings)
                    .composeString(text)
                    .orElseThrow(() -> new SetupException(name + ": the file is empty"));
            return new Yaml(name).tree(root, 0);
        } catch (YamlEngineException notYaml) {
            throw new SetupException(name + " is not YAML: " + notYaml.getMessage(), notYaml);
        }
    }

    private JsonNode tree(Node node, int depth) {
        if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
            throw error(node, "aliases or nesting make the document too large");
        }
        String tag = node.getTag().getValue();
        if (tag.startsWith("!")) {
            return intrinsic(tag.substring(1), content(node, depth));
        }
        return content(node, depth);
    }

    private static JsonNode intrinsic(String shortName, JsonNode argument) {
        boolean plain = shortName.equals("Ref") || shortName.equals("Condition");
        JsonNode value = argument;
        if (shortName.equals("GetAtt") && argument.isTextual()) {
            String[] parts = argument.textValue().split("\\.", 2);
            value = NODES.arrayNode().add(parts[0]).add(parts.length == 2 ? parts[1] : "");
        }
        return NODES.objectNode().set(plain ? shortName : "Fn::" + shortName, value);
    }

    private JsonNode content(Node node, int depth) {
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = NODES.arrayNode();
            for (Node item : sequence.getValue()) {
                array.add(tree(item, depth + 1));
            }
            return array;
        }
        if (node instanceof MappingNode mapping) {
            ObjectNode object = NODES.objectNode();
            for (NodeTuple tuple : mapping.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    throw error(tuple.getKeyNode(), "a key must be a plain text");
                }
                if (object.has(key.getValue())) {
                    throw error(key, "the key " + key.getValue() + " occurs twice");
                }
                object.set(key.getValue(), tree(tuple.getValueNode(), depth + 1));
            }
            return object;
        }
        throw error(node, "unexpected YAML");
    }

    private JsonNode scalar(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        String text = scalar.getValue();
        if (tag.equals(Tag.NULL)) {
            return NODES.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return NODES.booleanNode(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.INT)) {
            return NODES.numberNode(new BigInteger(text));
        }
        if (tag.equals(Tag.FLOAT) && !text.contains("n")) {
            return DecimalNode.valueOf(new BigDecimal(text));
        }
        if (tag.equals(Tag.STR) || tag.equals(Tag.FLOAT) || tag.getValue().startsWith("!")) {
            return NODES.textNode(text);
        }
        throw error(scalar, "the tag " + tag.getValue() + " is not supported");
    }

    private SetupException error(Node node, String what) {
        String line =
                node.getStartMark().map(mark -> " line " + (mark.getLine() + 1)).orElse("");
        return new SetupException(name + line + ": " + what);
    }
}
