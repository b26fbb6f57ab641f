package dev.latchkey.cli;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import java.util.List;

/** issue-key's answers in words. */
final class KeyWords {

    private KeyWords() {}

    static String table(List<JsonObject> keys) {
        Table table = new Table("KEY", "NAME", "STATUS", "CREATED", "ENDS", "SCOPES", "PLAN");
        for (JsonObject key : keys) {
            table.row(List.of(
                    text(key, "keyId"),
                    text(key, "name"),
                    text(key, "status"),
                    text(key, "createdAt"),
                    end(key),
                    text(key, "scopes"),
                    text(key, "plan")));
        }
        return table.toString();
    }

    /** When a key ends or ended: by its own expiry, or before. */
    private static String end(JsonObject key) {
        if (key.string("endsAt").isPresent()) {
            return text(key, "endsAt");
        }
        return key.string("status").filter("revoked"::equals).isPresent() ? "ended" : text(key, "expiresAt");
    }

    /** Each member on a line. */
    static String members(JsonObject answer) {
        StringBuilder text = new StringBuilder();
        for (String name : answer.members().keySet()) {
            text.append(String.format("%-14s  %s%n", name, text(answer, name)));
        }
        return text.toString();
    }

    private static String text(JsonObject object, String name) {
        return Table.printable(text(object.get(name).orElse(JsonValue.NULL)));
    }

    private static String text(JsonValue value) {
        if (value instanceof JsonString string) {
            return string.value();
        }
        if (value instanceof JsonArray array && !array.elements().isEmpty()) {
            return String.join(
                    " ", array.elements().stream().map(KeyWords::text).toList());
        }
        boolean isNothing = value instanceof JsonArray
                || value.equals(JsonValue.NULL)
                || (value instanceof JsonObject object && object.members().isEmpty());
        return isNothing ? "-" : value.toString();
    }
}
