package dev.latchkey.aws;

import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.provisioning.IdempotencyRecord;
import dev.latchkey.provisioning.IdempotencyRecords;
import dev.latchkey.provisioning.IdempotencyUnavailableException;
import dev.latchkey.provisioning.KeyTableUnavailableException;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Idempotency records in a DynamoDB table with the string keys {@code pk} and {@code sk} and the time to live {@code
 * ttl}: one item each, {@code pk = request#<id>}, {@code sk = idempotency}.
 *
 * <p>One conditional write both keeps a record and, where it fails, gives the earlier one (Amazon DynamoDB API reference,
 * PutItem, ReturnValuesOnConditionCheckFailure), so that the function needs no permission but {@code dynamodb:PutItem}. A
 * record's end is checked in the condition, since DynamoDB deletes items only some days after their time to live.
 *
 * <p>The client is made at the first call. One call ends within 3 seconds, with at most two retries in that time; the
 * first one also makes the client. Region, credentials and endpoint come from the usual AWS variables.
 */
public final class DynamoDbIdempotencyRecords implements IdempotencyRecords {

    /** The condition under which a record is the first: none is there, or its time is over. */
    static final String IS_FIRST = "attribute_not_exists(pk) OR #ttl <= :now";

    private final String table;
    private final LazyDynamoDb dynamoDb = new LazyDynamoDb();

    /** Keeps records in that table. */
    public DynamoDbIdempotencyRecords(String tableNameOrArn) {
        this.table = tableNameOrArn;
    }

    @Override
    public IdempotencyRecord first(IdempotencyRecord proposed) {
        try {
            dynamoDb.client()
                    .putItem(put -> put.tableName(table)
                            .item(item(proposed))
                            .conditionExpression(IS_FIRST)
                            .expressionAttributeNames(Map.of("#ttl", "ttl"))
                            .expressionAttributeValues(Map.of(
                                    ":now", KeyItems.seconds(proposed.claims().issuedAt())))
                            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return proposed;
        } catch (ConditionalCheckFailedException e) {
            try {
                return record(e.item(), proposed);
            } catch (KeyTableUnavailableException unreadable) {
                throw unavailable(String.valueOf(unreadable.getMessage()));
            }
        } catch (SdkException e) {
            throw unavailable(Bounds.reason(e));
        }
    }

    static Map<String, AttributeValue> item(IdempotencyRecord record) {
        KeyClaims claims = record.claims();
        return Map.of(
                "pk", AttributeValue.fromS("request#" + record.id()),
                "sk", AttributeValue.fromS("idempotency"),
                "request", AttributeValue.fromS(record.request()),
                "keyId", AttributeValue.fromS(claims.keyId()),
                "issuedAt", KeyItems.seconds(claims.issuedAt()),
                "expiresAt", KeyItems.seconds(claims.expiresAt()),
                "ttl", KeyItems.seconds(record.until()));
    }

    /** The record in an item, which is that of the same request. */
    static IdempotencyRecord record(Map<String, AttributeValue> item, IdempotencyRecord proposed) {
        KeyClaims claims = new KeyClaims(
                proposed.claims().customerId(),
                KeyItems.needed(item, "keyId"),
                KeyItems.instant(item, "issuedAt"),
                KeyItems.instant(item, "expiresAt"));
        return new IdempotencyRecord(
                proposed.id(), KeyItems.needed(item, "request"), claims, KeyItems.instant(item, "ttl"));
    }

    private IdempotencyUnavailableException unavailable(String got) {
        return new IdempotencyUnavailableException(
                "idempotency records cannot be had from the DynamoDB table " + table + ", got " + got);
    }
}
