package dev.latchkey.aws;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A new table in the emulator, with the keys of template.yaml's. */
final class KeysTable {

    final String name = "keys-" + UUID.randomUUID();
    private final DynamoDbClient aws = DynamoDbClient.create();

    KeysTable() {
        aws.createTable(create -> create.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("pk"), text("sk"))
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)));
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    /** All items. */
    List<Map<String, AttributeValue>> items() {
        return aws.scan(scan -> scan.tableName(name).consistentRead(true)).items();
    }

    /** Replaces an item, or adds it. */
    void put(Map<String, AttributeValue> item) {
        aws.putItem(put -> put.tableName(name).item(item));
    }
}
