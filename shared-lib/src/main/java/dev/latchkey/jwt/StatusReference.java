package dev.latchkey.jwt;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Where a token says that its status stands (Token Status List, Referenced Token: the claim {@code status} with {@code
 * status_list}).
 *
 * @param index the place in the list; -1 where the claim names none
 * @param uri the list's address; blank where the claim names none
 */
public record StatusReference(long index, String uri) {

    private static final String STATUS = "status";
    private static final String STATUS_LIST = "status_list";

    /** The claim {@code status} that says this. */
    JsonObject claim() {
        JsonObject list =
                new JsonObjectBuilder().put("idx", index).put("uri", uri).build();
        return new JsonObjectBuilder().put(STATUS_LIST, list).build();
    }

    /** What verified claims say; null where they name no list. */
    static @Nullable StatusReference of(JsonObject claims) {
        if (!(claims.members().get(STATUS) instanceof JsonObject status)
                || !status.members().containsKey(STATUS_LIST)) {
            return null;
        }
        JsonObject list = status.object(STATUS_LIST);
        JsonValue index = list.members().get("idx");
        return new StatusReference(
                index instanceof JsonNumber number && number.isWhole() ? number.whole() : -1,
                list.string("uri").orElse(""));
    }
}
