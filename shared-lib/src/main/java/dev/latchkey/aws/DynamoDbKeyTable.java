package dev.latchkey.aws;

import static dev.latchkey.aws.KeyItems.number;
import static dev.latchkey.aws.KeyItems.seconds;

import dev.latchkey.provisioning.IdempotencyRecord;
import dev.latchkey.provisioning.KeyDescription;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.KeyTable;
import dev.latchkey.provisioning.KeyTableUnavailableException;
import dev.latchkey.provisioning.SignedKeys;
import dev.latchkey.status.Cutoffs;
import dev.latchkey.status.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * The table of keys in DynamoDB, with the string keys {@code pk} and {@code sk} and the time to live {@code ttl}
 * (docs/decisions/0007 tells its items). What belongs together is written by one transaction (Amazon DynamoDB developer
 * guide, "Managing complex workflows with DynamoDB transactions").
 *
 * <p>The client is made at the first call. One call ends within 3 seconds. Region, credentials and endpoint come from the
 * usual AWS variables.
 */
public final class DynamoDbKeyTable implements KeyTable {

    /** Fewer than a list can tell, by as many as may be cut off at once. */
    private static final int MOST_CUT_OFF = Cutoffs.MAX_CUSTOMERS - 100;

    private final String table;
    private final KeyTransactions transactions;
    private final LazyDynamoDb dynamoDb = new LazyDynamoDb();

    /** Keeps keys in that table. */
    public DynamoDbKeyTable(String tableNameOrArn) {
        this.table = tableNameOrArn;
        this.transactions = new KeyTransactions(tableNameOrArn);
    }

    @Override
    public Optional<IdempotencyRecord> answered(IdempotencyRecord request) {
        Instant now = request.claims().issuedAt();
        return call(aws -> item(aws, KeyItems.requestOf(request)))
                .map(item -> DynamoDbIdempotencyRecords.record(item, request))
                .filter(before -> before.until().isAfter(now));
    }

    @Override
    public int listForOneMore() {
        return call(aws -> {
            while (true) {
                UpdateItemResponse counted = aws.updateItem(update -> update.tableName(table)
                        .key(KeyItems.LISTS)
                        .updateExpression("SET #list = if_not_exists(#list, :one) ADD #used :one")
                        .expressionAttributeNames(Map.of("#list", "list", "#used", "used"))
                        .expressionAttributeValues(Map.of(":one", number(1)))
                        .returnValues(ReturnValue.ALL_NEW));
                int list = (int) KeyItems.whole(counted.attributes(), "list");
                if (KeyItems.whole(counted.attributes(), "used") <= FULL || beginsNext(aws, list)) {
                    return list;
                }
            }
        });
    }

    /** Begins the list behind a full one; false always, as whoever comes then counts there. */
    private boolean beginsNext(DynamoDbClient aws, int full) {
        try {
            aws.updateItem(update -> update.tableName(table)
                    .key(KeyItems.LISTS)
                    .updateExpression("SET #list = :next, #used = :none")
                    .conditionExpression("#list = :full")
                    .expressionAttributeNames(Map.of("#list", "list", "#used", "used"))
                    .expressionAttributeValues(
                            Map.of(":next", number(full + 1L), ":full", number(full), ":none", number(0))));
        } catch (ConditionalCheckFailedException anotherDidIt) {
            // The next one to count sees it.
        }
        return false;
    }

    @Override
    public Outcome keep(KeyRecord key, @Nullable IdempotencyRecord request, @Nullable KeyRecord replaced) {
        return call(aws -> transactions.keep(aws, key, request, replaced));
    }

    @Override
    public boolean setStatus(KeyRecord key) {
        return call(aws -> transactions.setStatus(aws, key));
    }

    @Override
    public Optional<KeyRecord> find(String customerId, String keyId) {
        return call(aws -> item(aws, KeyItems.keyOf(customerId, keyId))).map(item -> KeyItems.record(customerId, item));
    }

    @Override
    public List<KeyRecord> list(String customerId, int most, @Nullable String after) {
        List<KeyRecord> found = new ArrayList<>();
        Map<String, AttributeValue> start = after == null ? Map.of() : KeyItems.keyOf(customerId, after);
        do {
            QueryResponse page = page(customerId, most - found.size(), start);
            page.items().forEach(item -> found.add(KeyItems.record(customerId, item)));
            start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
        } while (found.size() < most && !start.isEmpty());
        return found;
    }

    /** At most so many records, and at most a megabyte of them (DynamoDB API reference, Query). */
    private QueryResponse page(String customerId, int most, Map<String, AttributeValue> start) {
        return call(aws -> aws.query(query -> query.tableName(table)
                .keyConditionExpression("pk = :customer AND begins_with(sk, :key)")
                .expressionAttributeValues(Map.of(
                        ":customer", AttributeValue.fromS(KeyItems.customer(customerId)),
                        ":key", AttributeValue.fromS("key#")))
                .consistentRead(true)
                .scanIndexForward(false)
                .limit(most)
                .exclusiveStartKey(start.isEmpty() ? null : start)));
    }

    @Override
    public Optional<KeyRecord> describe(KeyDescription description) {
        String name = description.name();
        Map<String, String> metadata = description.metadata();
        if (name == null && metadata == null) {
            return find(description.customerId(), description.keyId());
        }
        List<String> sets = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>();
        if (metadata != null) {
            sets.add("metadata = :metadata");
            values.put(":metadata", KeyItems.metadata(metadata));
        }
        if (name != null) {
            names.put("#name", "name");
        }
        if (name != null && !name.isEmpty()) {
            sets.add("#name = :name");
            values.put(":name", AttributeValue.fromS(name));
        }
        String expression = (sets.isEmpty() ? "" : "SET " + String.join(", ", sets))
                + (name != null && name.isEmpty() ? " REMOVE #name" : "");
        Optional<Map<String, AttributeValue>> described = call(aws -> {
            try {
                return Optional.of(aws.updateItem(update -> update.tableName(table)
                                .key(KeyItems.keyOf(description.customerId(), description.keyId()))
                                .updateExpression(expression.strip())
                                .conditionExpression("attribute_exists(pk)")
                                .expressionAttributeNames(names.isEmpty() ? null : names)
                                .expressionAttributeValues(values.isEmpty() ? null : values)
                                .returnValues(ReturnValue.ALL_NEW))
                        .attributes());
            } catch (ConditionalCheckFailedException e) {
                return Optional.empty();
            }
        });
        return described.map(item -> KeyItems.record(description.customerId(), item));
    }

    @Override
    public boolean cutOff(String customerId, Instant at, Instant until) {
        return call(aws -> {
            Map<String, AttributeValue> key = KeyItems.cutOffOf(customerId);
            Optional<Map<String, AttributeValue>> before = item(aws, key);
            if (before.isEmpty() && cutOffs(aws) >= MOST_CUT_OFF) {
                return false;
            }
            Instant keptUntil = before.map(item -> KeyItems.instant(item, "ttl"))
                    .filter(kept -> kept.isAfter(until))
                    .orElse(until);
            try {
                aws.updateItem(update -> update.tableName(table)
                        .key(key)
                        .updateExpression("SET #at = :at, #ttl = :ttl")
                        .conditionExpression("attribute_not_exists(pk) OR #at < :at")
                        .expressionAttributeNames(Map.of("#at", "at", "#ttl", "ttl"))
                        .expressionAttributeValues(Map.of(":at", seconds(at), ":ttl", seconds(keptUntil))));
            } catch (ConditionalCheckFailedException e) {
                // A later one is there, which ends these keys, too.
            }
            return true;
        });
    }

    private int cutOffs(DynamoDbClient aws) {
        return aws
                .queryPaginator(query -> query.tableName(table)
                        .keyConditionExpression("pk = :cutoffs")
                        .expressionAttributeValues(Map.of(":cutoffs", AttributeValue.fromS("cutoffs")))
                        .consistentRead(true)
                        .select(Select.COUNT))
                .stream()
                .mapToInt(QueryResponse::count)
                .sum();
    }

    /** One page of a scan: at most a megabyte, of which as many records are given as may count. */
    @Override
    public SignedKeys countSigned(String signingKey, Instant now, @Nullable String cursor) {
        Map<String, AttributeValue> start = cursor == null ? Map.of() : KeyItems.keyAt(cursor);
        ScanResponse page = call(aws -> aws.scan(scan -> scan.tableName(table)
                .filterExpression(
                        "begins_with(sk, :key) AND (kid = :kid OR attribute_not_exists(kid)) AND #status <> :revoked"
                                + " AND expiresAt > :now AND (attribute_not_exists(endsAt) OR endsAt > :now)")
                .projectionExpression("kid")
                .expressionAttributeNames(Map.of("#status", "status"))
                .expressionAttributeValues(Map.of(
                        ":key", AttributeValue.fromS("key#"),
                        ":kid", AttributeValue.fromS(signingKey),
                        ":revoked", KeyItems.text(Status.REVOKED),
                        ":now", seconds(now)))
                .exclusiveStartKey(start.isEmpty() ? null : start)));
        long known =
                page.items().stream().filter(item -> item.containsKey("kid")).count();
        return new SignedKeys(
                known,
                page.items().size() - known,
                page.scannedCount(),
                page.hasLastEvaluatedKey() ? KeyItems.cursorAt(page.lastEvaluatedKey()) : null);
    }

    @Override
    public Optional<Instant> cutOffOf(String customerId) {
        return call(aws -> item(aws, KeyItems.cutOffOf(customerId))).map(item -> KeyItems.instant(item, "at"));
    }

    private Optional<Map<String, AttributeValue>> item(DynamoDbClient aws, Map<String, AttributeValue> key) {
        Map<String, AttributeValue> item = aws.getItem(
                        get -> get.tableName(table).key(key).consistentRead(true))
                .item();
        return item == null || item.isEmpty() ? Optional.empty() : Optional.of(item);
    }

    private <T> T call(Function<DynamoDbClient, T> work) {
        try {
            return work.apply(dynamoDb.client());
        } catch (SdkException e) {
            throw new KeyTableUnavailableException(
                    "the DynamoDB table " + table + " cannot be used, got " + Bounds.reason(e));
        }
    }
}
