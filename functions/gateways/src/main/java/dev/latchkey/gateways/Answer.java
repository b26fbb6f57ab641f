package dev.latchkey.gateways;

import dev.latchkey.http.HttpReply;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway answered. Its body is in no message, as it may hold keys.
 *
 * @param reply the answer
 * @param api who gave it
 * @param request what was asked, as messages show it
 */
record Answer(HttpReply reply, AdminApi api, String request) {

    private static final JsonLimits LIMITS = new JsonLimits(1024 * 1024, 32);

    /** Tells whether it is one of success. */
    boolean isGood() {
        return reply.isGood();
    }

    /** Tells whether what was asked about is not there. */
    boolean isNotThere() {
        return reply.status() == 404;
    }

    /** Tells whether the request was refused in a way that something which is there already may have caused. */
    boolean mayBeThereAlready() {
        return reply.status() == 409 || reply.status() == 400;
    }

    /** The same where it is one of success. */
    Answer good() {
        if (!isGood()) {
            throw api.refused(request, reply.status());
        }
        return this;
    }

    /** The object that a success holds. */
    JsonObject object() {
        if (json() instanceof JsonObject object) {
            return object;
        }
        throw api.unreadable(request, "no JSON object");
    }

    /** The objects of a list that a success holds: the list itself, or under a name in an object. */
    List<JsonObject> objects(@Nullable String name) {
        JsonValue list = name == null ? json() : object().get(name).orElse(JsonValue.NULL);
        if (!(list instanceof JsonArray array)) {
            throw api.unreadable(request, "no list");
        }
        List<JsonObject> objects = new ArrayList<>();
        for (JsonValue element : array.elements()) {
            if (!(element instanceof JsonObject object)) {
                throw api.unreadable(request, "a list of something else");
            }
            objects.add(object);
        }
        return objects;
    }

    /** A text that an object of this answer must have. */
    String needed(JsonObject object, String name) {
        return object.string(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> api.unreadable(request, "nothing called " + name));
    }

    private JsonValue json() {
        good();
        try {
            return JsonReader.read(reply.body(), LIMITS);
        } catch (JsonSyntaxException e) {
            throw api.unreadable(request, "no JSON");
        }
    }
}
