package dev.latchkey.aws;

import dev.latchkey.provisioning.IdempotencyRecord;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.KeyTableUnavailableException;
import dev.latchkey.provisioning.ProvisioningException;
import dev.latchkey.status.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items of the table of keys: how key records and what belongs to them are written and read. */
final class KeyItems {

    private static final Duration AFTER_EXPIRY = Duration.ofDays(90);

    /** Longer than clocks and DynamoDB's deletion can differ: an expired key is refused anyway. */
    private static final Duration STATUS_AFTER_EXPIRY = Duration.ofDays(1);

    /** Which list takes new keys, and how many it took. */
    static final Map<String, AttributeValue> LISTS = key("lists", "current");

    /** Stands in no customer's id and no key's. */
    private static final char SEPARATOR = '\n';

    private KeyItems() {}

    static Map<String, AttributeValue> key(String pk, String sk) {
        return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk));
    }

    static String customer(String customerId) {
        return "customer#" + customerId;
    }

    static Map<String, AttributeValue> keyOf(String customerId, String keyId) {
        return key(customer(customerId), "key#" + keyId);
    }

    static Map<String, AttributeValue> requestOf(IdempotencyRecord request) {
        return key("request#" + request.id(), "idempotency");
    }

    static Map<String, AttributeValue> cutOffOf(String customerId) {
        return key("cutoffs", customer(customerId));
    }

    /** The key of an item as a text, from which {@link #keyAt} makes it again. */
    static String cursorAt(Map<String, AttributeValue> key) {
        String text = needed(key, "pk") + SEPARATOR + needed(key, "sk");
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Map<String, AttributeValue> keyAt(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int between = text.indexOf(SEPARATOR);
            if (between > 0 && between < text.length() - 1) {
                return key(text.substring(0, between), text.substring(between + 1));
            }
        } catch (IllegalArgumentException e) {
            // Falls through: it is no base64url.
        }
        throw new ProvisioningException(
                ProvisioningException.Kind.INVALID, "cursor is not one of this count. Start without it");
    }

    static AttributeValue seconds(Instant instant) {
        return number(instant.getEpochSecond());
    }

    static AttributeValue number(long number) {
        return AttributeValue.fromN(String.valueOf(number));
    }

    static AttributeValue text(Status status) {
        return AttributeValue.fromS(status.name().toLowerCase(Locale.ROOT));
    }

    /** The place that a key holds in its list, for ever. */
    static Map<String, AttributeValue> place(KeyRecord record) {
        Map<String, AttributeValue> item = new HashMap<>(key("index#" + record.list() + "#" + record.index(), "index"));
        item.put("keyId", AttributeValue.fromS(record.keyId()));
        return item;
    }

    static Map<String, AttributeValue> statusKey(KeyRecord record) {
        return key("statuslist#" + record.list(), String.valueOf(record.index()));
    }

    /** What a list says of a key from a time on. */
    static Map<String, AttributeValue> status(KeyRecord record, Status status, Instant from) {
        Map<String, AttributeValue> item = new HashMap<>(statusKey(record));
        item.put("status", number(status.value()));
        item.put("from", seconds(from));
        item.put("ttl", seconds(record.expiresAt().plus(STATUS_AFTER_EXPIRY)));
        return item;
    }

    static Map<String, AttributeValue> item(KeyRecord record) {
        Map<String, AttributeValue> item = new HashMap<>(keyOf(record.customerId(), record.keyId()));
        item.put("createdAt", seconds(record.createdAt()));
        item.put("expiresAt", seconds(record.expiresAt()));
        item.put("status", text(record.status()));
        item.put("list", number(record.list()));
        item.put("idx", number(record.index()));
        item.put("createdBy", AttributeValue.fromS(record.createdBy()));
        item.put("ttl", seconds(record.expiresAt().plus(AFTER_EXPIRY)));
        item.put("metadata", metadata(record.details().metadata()));
        if (!record.scopes().isEmpty()) {
            item.put("scopes", AttributeValue.fromS(String.join(" ", record.scopes())));
        }
        putText(item, "name", record.details().name());
        putText(item, "plan", record.plan());
        putText(item, "kid", record.signedBy());
        putText(item, "rolledFrom", record.succession().from());
        return item;
    }

    static AttributeValue metadata(Map<String, String> metadata) {
        Map<String, AttributeValue> texts = new HashMap<>();
        metadata.forEach((name, value) -> texts.put(name, AttributeValue.fromS(value)));
        return AttributeValue.fromM(texts);
    }

    private static void putText(Map<String, AttributeValue> item, String name, @Nullable String text) {
        if (text != null) {
            item.put(name, AttributeValue.fromS(text));
        }
    }

    static KeyRecord record(String customerId, Map<String, AttributeValue> item) {
        String scopes = text(item, "scopes");
        Map<String, String> metadata = new HashMap<>();
        AttributeValue texts = item.get("metadata");
        if (texts != null && texts.hasM()) {
            texts.m().forEach((name, value) -> metadata.put(name, String.valueOf(value.s())));
        }
        return new KeyRecord(
                customerId,
                needed(item, "sk").substring("key#".length()),
                instant(item, "createdAt"),
                instant(item, "expiresAt"),
                Status.valueOf(needed(item, "status").toUpperCase(Locale.ROOT)),
                item.containsKey("changedAt") ? instant(item, "changedAt") : null,
                new KeyRecord.Details(text(item, "name"), metadata),
                scopes == null ? List.of() : List.of(scopes.split(" ", -1)),
                text(item, "plan"),
                (int) whole(item, "list"),
                (int) whole(item, "idx"),
                needed(item, "createdBy"),
                text(item, "kid"),
                new KeyRecord.Succession(
                        text(item, "rolledFrom"),
                        text(item, "rolledInto"),
                        item.containsKey("endsAt") ? instant(item, "endsAt") : null));
    }

    private static @Nullable String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? null : value.s();
    }

    static String needed(Map<String, AttributeValue> item, String name) {
        String text = text(item, name);
        if (text == null) {
            throw new KeyTableUnavailableException("a record without the text " + name);
        }
        return text;
    }

    static Instant instant(Map<String, AttributeValue> item, String name) {
        return Instant.ofEpochSecond(whole(item, name));
    }

    static long whole(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null || value.n() == null || !value.n().matches("[0-9]{1,15}")) {
            throw new KeyTableUnavailableException("a record without the time " + name);
        }
        return Long.parseLong(value.n());
    }
}
