package dev.latchkey.flushcaches;

import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a batch (AWS Lambda developer guide, "Using Lambda with Amazon SQS").
 *
 * @param messageIds their ids
 * @param notBefore the latest of the times before which they want no flush
 */
record FlushRequests(List<String> messageIds, Instant notBefore) {

    private static final JsonLimits EVENT = new JsonLimits(8 * 1024 * 1024, 16);
    private static final JsonLimits MESSAGE = new JsonLimits(4096, 4);

    static FlushRequests read(byte[] event, Instant now) {
        List<String> ids = new ArrayList<>();
        Instant latest = Instant.EPOCH;
        for (JsonValue record : records(event)) {
            JsonObject message = (JsonObject) record;
            ids.add(message.string("messageId").orElseThrow(() -> notSqs(null)));
            Instant wanted = notBefore(message.string("body").orElse(""), now);
            latest = wanted.isAfter(latest) ? wanted : latest;
        }
        return new FlushRequests(ids, latest);
    }

    private static List<JsonValue> records(byte[] event) {
        try {
            JsonObject json = JsonReader.readObject(event, EVENT);
            if (json.get("Records").orElse(JsonValue.NULL) instanceof JsonArray records
                    && records.elements().stream().allMatch(JsonObject.class::isInstance)) {
                return records.elements();
            }
            throw notSqs(null);
        } catch (JsonSyntaxException e) {
            throw notSqs(e);
        }
    }

    private static IllegalArgumentException notSqs(@Nullable Throwable cause) {
        return new IllegalArgumentException("the event is not a batch of SQS messages", cause);
    }

    /** A message of another form wants a flush at once: one too many harms nobody. */
    private static Instant notBefore(String body, Instant now) {
        try {
            JsonObject message = JsonReader.readObject(body.getBytes(StandardCharsets.UTF_8), MESSAGE);
            return message.get("notBefore").orElse(JsonValue.NULL) instanceof JsonNumber time && time.isWhole()
                    ? Instant.ofEpochMilli(time.whole())
                    : now;
        } catch (JsonSyntaxException e) {
            return now;
        }
    }
}
