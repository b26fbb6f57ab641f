package dev.latchkey.issuekey;

import dev.latchkey.json.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * An answer and what was changed.
 *
 * @param body the answer's body
 * @param change what was changed; null where nothing was
 */
record Result(JsonObject body, @Nullable Change change) {

    static Result of(JsonObject body) {
        return new Result(body, null);
    }

    static Result of(JsonObject body, Change change) {
        return new Result(body, change);
    }
}
