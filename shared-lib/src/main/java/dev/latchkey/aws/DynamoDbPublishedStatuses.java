package dev.latchkey.aws;

import dev.latchkey.provisioning.KeyTableUnavailableException;
import dev.latchkey.provisioning.PublishedStatuses;
import dev.latchkey.status.Status;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The statuses in the table that {@link DynamoDbKeyTable} writes, read consistently: what was answered before is in it. The
 * cost of a list is that of its keys that are not valid, not of those that were issued.
 *
 * <p>The client is made at the first call. Region, credentials and endpoint come from the usual AWS variables.
 */
public final class DynamoDbPublishedStatuses implements PublishedStatuses {

    private static final String CUSTOMER = "customer#";

    private final String table;
    private final LazyDynamoDb dynamoDb = new LazyDynamoDb();

    /** Reads that table. */
    public DynamoDbPublishedStatuses(String tableNameOrArn) {
        this.table = tableNameOrArn;
    }

    @Override
    public int lists() {
        try {
            Map<String, AttributeValue> pointer = dynamoDb.client()
                    .getItem(get -> get.tableName(table).key(KeyItems.LISTS).consistentRead(true))
                    .item();
            return pointer == null || pointer.isEmpty() ? 0 : (int) KeyItems.whole(pointer, "list");
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    @Override
    public Map<Integer, Status> notValid(int list, Instant now) {
        Map<Integer, Status> statuses = new HashMap<>();
        for (Map<String, AttributeValue> item : partition("statuslist#" + list)) {
            if (!KeyItems.instant(item, "from").isAfter(now)) {
                int place = Integer.parseInt(KeyItems.needed(item, "sk"));
                statuses.put(place, Status.of((int) KeyItems.whole(item, "status")));
            }
        }
        return statuses;
    }

    @Override
    public Map<String, Instant> cutOffs() {
        Map<String, Instant> cutOffs = new HashMap<>();
        for (Map<String, AttributeValue> item : partition("cutoffs")) {
            cutOffs.put(KeyItems.needed(item, "sk").substring(CUSTOMER.length()), KeyItems.instant(item, "at"));
        }
        return cutOffs;
    }

    private Iterable<Map<String, AttributeValue>> partition(String pk) {
        try {
            return dynamoDb
                    .client()
                    .queryPaginator(query -> query.tableName(table)
                            .keyConditionExpression("pk = :pk")
                            .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk)))
                            .consistentRead(true))
                    .items()
                    .stream()
                    .toList();
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    private KeyTableUnavailableException unavailable(SdkException failure) {
        return new KeyTableUnavailableException(
                "the DynamoDB table " + table + " cannot be read, got " + Bounds.reason(failure));
    }
}
