package dev.latchkey.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.local.machine.LocalAccount;
import dev.latchkey.local.machine.SetupException;

/**
 * The names and ARNs that resources of the template would have: a function is called by its logical id, a secret by its
 * ARN, anything else by the name it is given, or its logical id.
 */
final class ResourceNames {
    private static final String ALIAS = ".Alias";

    private final JsonNode resources;
    private final Conditions conditions;
    private final Values values;

    ResourceNames(JsonNode resources, Conditions conditions, Values values) {
        this.resources = resources;
        this.conditions = conditions;
        this.values = values;
    }

    /** What {@code Ref} gives for a resource, or for a function's alias, such as {@code AuthorizerFunction.Alias}. */
    String reference(String name, String place) {
        if (name.endsWith(ALIAS)) {
            return attribute(name.substring(0, name.length() - ALIAS.length()), "Arn", place);
        }
        return ofResource(name, place);
    }

    private String ofResource(String logicalId, String place) {
        JsonNode resource = resource(logicalId, place);
        return switch (resource.path("Type").asText()) {
            case "AWS::SecretsManager::Secret" -> secretArn(logicalId);
            case "AWS::SQS::Queue" ->
                "https://sqs." + LocalAccount.REGION + ".amazonaws.com/" + LocalAccount.ACCOUNT + "/" + logicalId;
            case "AWS::DynamoDB::Table", "AWS::Serverless::SimpleTable" -> tableName(logicalId, resource);
            default -> logicalId;
        };
    }

    /** What {@code Fn::GetAtt} gives for an attribute of a resource. */
    String attribute(String logicalId, String attribute, String place) {
        JsonNode resource = resource(logicalId, place);
        String type = resource.path("Type").asText();
        return switch (type + "." + attribute) {
            case "AWS::Serverless::Function.Arn" -> LocalAccount.functionArn(logicalId);
            case "AWS::SecretsManager::Secret.Id" -> secretArn(logicalId);
            case "AWS::SQS::Queue.Arn" ->
                "arn:aws:sqs:" + LocalAccount.REGION + ":" + LocalAccount.ACCOUNT + ":" + logicalId;
            case "AWS::DynamoDB::Table.Arn" ->
                "arn:aws:dynamodb:" + LocalAccount.REGION + ":" + LocalAccount.ACCOUNT + ":table/"
                        + tableName(logicalId, resource);
            default ->
                throw new SetupException(place + ": the attribute " + attribute + " of " + logicalId + " (" + type
                        + ") is not supported");
        };
    }

    private JsonNode resource(String logicalId, String place) {
        JsonNode resource = resources.path(logicalId);
        if (resource.isMissingNode()) {
            throw new SetupException(place + ": the template has no parameter and no resource " + logicalId);
        }
        JsonNode condition = resource.path("Condition");
        if (condition.isTextual() && !conditions.holds(condition.textValue(), place)) {
            throw new SetupException(place + ": the resource " + logicalId + " is not created, as its condition "
                    + condition.textValue() + " is false");
        }
        return resource;
    }

    private String tableName(String logicalId, JsonNode resource) {
        JsonNode name = resource.path("Properties").path("TableName");
        return name.isMissingNode() ? logicalId : values.text(name, "Resources." + logicalId + ".Properties.TableName");
    }

    private static String secretArn(String logicalId) {
        return "arn:aws:secretsmanager:" + LocalAccount.REGION + ":" + LocalAccount.ACCOUNT + ":secret:" + logicalId;
    }
}
