package dev.latchkey.local.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.lambda.Invoker;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LocalAccount;
import dev.latchkey.local.machine.SetupException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Takes a queue's messages to a function, as Lambda's event source for SQS does: batches of 10, of which those are deleted
 * that the function does not name as failed (AWS Lambda developer guide, "Using Lambda with Amazon SQS").
 */
public final class QueueReader implements AutoCloseable {

    private static final int BATCH = 10;
    private static final long PAUSE_MS = 200;

    private final Services services;
    private final String queueUrl;
    private final String queueName;
    private final Invoker function;
    private final Thread thread;
    private volatile boolean isClosed;

    /** Starts to take messages. */
    public QueueReader(Services services, String queueUrl, String queueName, Invoker function) {
        this.services = services;
        this.queueUrl = queueUrl;
        this.queueName = queueName;
        this.function = function;
        this.thread = new Thread(this::run, "queue-" + queueName);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!isClosed) {
            try {
                takeBatch();
                Thread.sleep(PAUSE_MS);
            } catch (SetupException gone) {
                return;
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void takeBatch() {
        JsonNode received = services.call(
                "sqs",
                "AmazonSQS.ReceiveMessage",
                JsonTree.object().put("QueueUrl", queueUrl).put("MaxNumberOfMessages", BATCH));
        if (received.path("Messages").isEmpty()) {
            return;
        }
        ObjectNode event = JsonTree.object();
        for (JsonNode message : received.path("Messages")) {
            event.withArray("Records")
                    .addObject()
                    .put("messageId", message.path("MessageId").asText())
                    .put("receiptHandle", message.path("ReceiptHandle").asText())
                    .put("body", message.path("Body").asText())
                    .put("eventSource", "aws:sqs")
                    .put(
                            "eventSourceARN",
                            "arn:aws:sqs:" + LocalAccount.REGION + ":" + LocalAccount.ACCOUNT + ":" + queueName)
                    .put("awsRegion", LocalAccount.REGION);
        }
        InvocationResult result = function.invoke(UUID.randomUUID().toString(), JsonTree.bytes(event));
        if (!(result instanceof InvocationResult.Success success)) {
            return;
        }
        Set<String> failed = new HashSet<>();
        JsonTree.parse(success.payload().bytes())
                .orElseGet(JsonTree::object)
                .path("batchItemFailures")
                .forEach(failure -> failed.add(failure.path("itemIdentifier").asText()));
        for (JsonNode message : received.path("Messages")) {
            if (!failed.contains(message.path("MessageId").asText())) {
                services.call(
                        "sqs",
                        "AmazonSQS.DeleteMessage",
                        JsonTree.object()
                                .put("QueueUrl", queueUrl)
                                .put(
                                        "ReceiptHandle",
                                        message.path("ReceiptHandle").asText()));
            }
        }
    }

    /** Takes no more. */
    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
    }
}
