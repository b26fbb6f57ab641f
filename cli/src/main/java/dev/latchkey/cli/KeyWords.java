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
                    text(key, key.string("endsAt").isPresent() ? "endsAt" : "expiresAt"),
                    text(key, "scopes"),
                    text(key, "plan")));
        }
        return table.toString();
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
        if (value instanceof JsonArray array) {
            return String.join(
                    " ", array.elements().stream().map(KeyWords::text).toList());
        }
        if (value instanceof JsonObject object && object.members().isEmpty()) {
            return "-";
        }
        return value.equals(JsonValue.NULL) ? "-" : value.toString();
    }
}
