package dev.latchkey.aws;

import static dev.latchkey.aws.KeyItems.seconds;

import dev.latchkey.provisioning.IdempotencyRecord;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.KeyTable.Outcome;
import dev.latchkey.provisioning.KeyTableUnavailableException;
import dev.latchkey.status.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * What is written to the table of keys all at once or not at all. A transaction that met another is tried again a few times,
 * after a random pause.
 */
final class KeyTransactions {

    private static final int TRIES = 5;
    private static final long LONGEST_PAUSE_MS = 60;
    private static final String IS_NEW = "attribute_not_exists(pk)";
    private static final String CONDITION = "ConditionalCheckFailed";
    private static final String CONFLICT = "TransactionConflict";

    private final String table;

    KeyTransactions(String table) {
        this.table = table;
    }

    /** A write and what it means that its condition does not hold. */
    private record Step(TransactWriteItem write, Outcome otherwise) {}

    Outcome keep(DynamoDbClient aws, KeyRecord key, @Nullable IdempotencyRecord request, @Nullable KeyRecord replaced) {
        List<Step> steps = new ArrayList<>();
        if (request != null) {
            steps.add(new Step(request(request), new Outcome.Answered(request)));
        }
        steps.add(new Step(notCutOff(key), new Outcome.CutOff()));
        if (replaced != null) {
            steps.add(new Step(replaced(replaced, key.createdAt()), new Outcome.NotReplaceable()));
        }
        steps.add(new Step(put(KeyItems.item(key), IS_NEW), new Outcome.PlaceTaken()));
        steps.add(new Step(put(KeyItems.place(key), IS_NEW), new Outcome.PlaceTaken()));
        Instant end = replaced == null ? null : replaced.succession().endsAt();
        if (replaced != null && end != null) {
            steps.add(
                    new Step(put(KeyItems.status(replaced, Status.REVOKED, end), null), new Outcome.NotReplaceable()));
        }
        List<CancellationReason> reasons =
                write(aws, steps.stream().map(Step::write).toList());
        for (int i = 0; i < reasons.size(); i++) {
            if (CONDITION.equals(reasons.get(i).code())) {
                Outcome outcome = steps.get(i).otherwise();
                return outcome instanceof Outcome.Answered answered
                        ? new Outcome.Answered(earlier(aws, answered.before(), reasons.get(i)))
                        : outcome;
            }
        }
        return new Outcome.Kept();
    }

    /** Nothing unsuspends a revoked key; one that another takes the place of goes on to its end, or is revoked. */
    boolean setStatus(DynamoDbClient aws, KeyRecord key) {
        Instant set = key.statusSince();
        Instant end = key.status() == Status.REVOKED ? endOf(key, set) : null;
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":status",
                KeyItems.text(key.status()),
                ":revoked",
                KeyItems.text(Status.REVOKED),
                ":set",
                seconds(set)));
        if (end != null) {
            values.put(":end", seconds(end));
        }
        TransactWriteItem record = TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(KeyItems.keyOf(key.customerId(), key.keyId()))
                        .updateExpression(
                                "SET #status = :status, changedAt = :set" + (end == null ? "" : ", endsAt = :end"))
                        .conditionExpression("attribute_exists(pk) AND #status <> :revoked"
                                + (end == null ? " AND attribute_not_exists(rolledInto)" : ""))
                        .expressionAttributeNames(Map.of("#status", "status"))
                        .expressionAttributeValues(values))
                .build();
        TransactWriteItem listed = key.status() == Status.VALID
                ? TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(table).key(KeyItems.statusKey(key)))
                        .build()
                : put(KeyItems.status(key, key.status(), end == null ? set : end), null);
        return write(aws, List.of(record, listed)).isEmpty();
    }

    private static Instant endOf(KeyRecord key, Instant set) {
        Instant end = key.succession().endsAt();
        return end == null ? set : end;
    }

    /** Writes; empty where all was written, else why each write was not. */
    private List<CancellationReason> write(DynamoDbClient aws, List<TransactWriteItem> items) {
        for (int attempt = 1; ; attempt++) {
            try {
                aws.transactWriteItems(transaction -> transaction.transactItems(items));
                return List.of();
            } catch (TransactionCanceledException e) {
                List<CancellationReason> reasons = e.cancellationReasons();
                if (reasons.stream().anyMatch(reason -> CONDITION.equals(reason.code()))) {
                    return reasons;
                }
                if (attempt == TRIES || reasons.stream().noneMatch(reason -> CONFLICT.equals(reason.code()))) {
                    throw new KeyTableUnavailableException(
                            "the DynamoDB table " + table + " cannot be written, got " + codes(reasons));
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_MS * attempt) * 1_000_000);
            }
        }
    }

    private static List<String> codes(List<CancellationReason> reasons) {
        return reasons.stream().map(CancellationReason::code).toList();
    }

    private TransactWriteItem put(Map<String, AttributeValue> item, @Nullable String condition) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(item).conditionExpression(condition))
                .build();
    }

    private TransactWriteItem notCutOff(KeyRecord key) {
        return TransactWriteItem.builder()
                .conditionCheck(check -> check.tableName(table)
                        .key(KeyItems.cutOffOf(key.customerId()))
                        .conditionExpression(IS_NEW + " OR #at < :issued")
                        .expressionAttributeNames(Map.of("#at", "at"))
                        .expressionAttributeValues(Map.of(":issued", seconds(key.createdAt()))))
                .build();
    }

    private TransactWriteItem request(IdempotencyRecord request) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(DynamoDbIdempotencyRecords.item(request))
                        .conditionExpression(DynamoDbIdempotencyRecords.IS_FIRST)
                        .expressionAttributeNames(Map.of("#ttl", "ttl"))
                        .expressionAttributeValues(
                                Map.of(":now", seconds(request.claims().issuedAt())))
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
    }

    private TransactWriteItem replaced(KeyRecord old, Instant now) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":into", AttributeValue.fromS(String.valueOf(old.succession().into())));
        values.put(
                ":end",
                seconds(
                        old.succession().endsAt() == null
                                ? now
                                : old.succession().endsAt()));
        values.put(":valid", KeyItems.text(Status.VALID));
        values.put(":now", seconds(now));
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(KeyItems.keyOf(old.customerId(), old.keyId()))
                        .updateExpression("SET rolledInto = :into, endsAt = :end")
                        .conditionExpression("attribute_exists(pk) AND attribute_not_exists(rolledInto)"
                                + " AND #status = :valid AND expiresAt > :now")
                        .expressionAttributeNames(Map.of("#status", "status"))
                        .expressionAttributeValues(values))
                .build();
    }

    /** The request as it was answered, which the failed condition tells, or else the table. */
    private IdempotencyRecord earlier(DynamoDbClient aws, IdempotencyRecord proposed, CancellationReason reason) {
        Map<String, AttributeValue> item = reason.hasItem() && !reason.item().isEmpty()
                ? reason.item()
                : aws.getItem(get -> get.tableName(table)
                                .key(KeyItems.requestOf(proposed))
                                .consistentRead(true))
                        .item();
        return DynamoDbIdempotencyRecords.record(item, proposed);
    }
}
