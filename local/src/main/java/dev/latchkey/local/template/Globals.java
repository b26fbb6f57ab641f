package dev.latchkey.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Merges a template's Globals into one resource (AWS SAM, Globals section, Overridable globals). */
final class Globals {
    private Globals() {}

    /**
     * Both together: maps member by member, lists with the globals first, and of anything else the resource's own.
     * Intrinsic functions are not looked into.
     */
    static JsonNode merge(JsonNode global, JsonNode own) {
        if (global.isMissingNode() || own.isNull()) {
            return own;
        }
        if (own.isMissingNode()) {
            return global;
        }
        if (Intrinsics.isIntrinsic(global) || Intrinsics.isIntrinsic(own)) {
            return own;
        }
        if (global instanceof ObjectNode shared && own.isObject()) {
            ObjectNode merged = shared.deepCopy();
            own.properties()
                    .forEach(entry -> merged.set(entry.getKey(), merge(global.path(entry.getKey()), entry.getValue())));
            return merged;
        }
        if (global instanceof ArrayNode shared && own instanceof ArrayNode added) {
            return shared.deepCopy().addAll(added);
        }
        return own;
    }
}
