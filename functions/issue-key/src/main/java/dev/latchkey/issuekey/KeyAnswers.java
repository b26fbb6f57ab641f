package dev.latchkey.issuekey;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import dev.latchkey.provisioning.IssuedKey;
import dev.latchkey.provisioning.KeyPage;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.SignedKeys;
import dev.latchkey.provisioning.User;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers as callers read them. */
final class KeyAnswers {

    private KeyAnswers() {}

    /** A new key, which is told here and nowhere else. */
    static JsonObjectBuilder of(IssuedKey issued) {
        JsonObjectBuilder body = new JsonObjectBuilder()
                .put("apikey", issued.key().value())
                .put("keyId", issued.key().keyId());
        issued.key().expiresAt().ifPresent(expiry -> body.put("expiresAt", expiry.toString()));
        KeyRecord record = issued.record();
        if (record != null) {
            body.put("createdAt", record.createdAt().toString());
            putState(body, record);
        }
        return body;
    }

    static JsonObject of(User user) {
        return new JsonObjectBuilder()
                .put("id", user.id())
                .put("username", user.username())
                .put("email", user.email())
                .put("billing_customer_id", user.billingCustomerId())
                .put("billing_subscription_id", text(user.billingSubscriptionId()))
                .build();
    }

    static JsonObject of(KeyPage page) {
        return new JsonObjectBuilder()
                .put(
                        "keys",
                        new JsonArray(page.keys().stream()
                                .<JsonValue>map(record -> of(record).build())
                                .toList()))
                .put("cursor", text(page.cursor()))
                .build();
    }

    static JsonObject of(SignedKeys signed) {
        return new JsonObjectBuilder()
                .put("keys", signed.keys())
                .put("unknown", signed.unknown())
                .put("read", signed.read())
                .put("cursor", text(signed.cursor()))
                .build();
    }

    static JsonObjectBuilder of(KeyRecord record) {
        JsonObjectBuilder body = new JsonObjectBuilder()
                .put("keyId", record.keyId())
                .put("customerId", record.customerId())
                .put("createdAt", record.createdAt().toString())
                .put("expiresAt", expiry(record));
        putState(body, record);
        return body.put("rolledFrom", text(record.succession().from()))
                .put("rolledInto", text(record.succession().into()))
                .put("createdBy", record.createdBy());
    }

    private static void putState(JsonObjectBuilder body, KeyRecord record) {
        JsonObjectBuilder metadata = new JsonObjectBuilder();
        new TreeMap<>(record.details().metadata()).forEach(metadata::put);
        body.put("status", record.status().name().toLowerCase(Locale.ROOT))
                .put("endsAt", time(record.succession().endsAt()))
                .put("name", text(record.details().name()))
                .put("scopes", record.scopes())
                .put("plan", text(record.plan()))
                .put("metadata", metadata.build());
    }

    private static JsonValue expiry(KeyRecord record) {
        return time(record.expiresAt().equals(KeyRecord.NEVER) ? null : record.expiresAt());
    }

    private static JsonValue time(@Nullable Instant time) {
        return text(time == null ? null : time.toString());
    }

    private static JsonValue text(@Nullable String text) {
        return Optional.ofNullable(text).<JsonValue>map(JsonString::new).orElse(JsonValue.NULL);
    }
}
