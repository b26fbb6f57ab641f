package dev.latchkey.gateways;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import dev.latchkey.keys.Sha256;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tyk's gateway API, as far as keys go: the gateway's secret (401 here), keys that are hashed, custom keys, policies that must be
 * there, keys without policies only where master keys are allowed, what is not there (404).
 */
final class TykServer extends RebuiltApi {

    static final String SECRET = "secret-of-tyks-configuration";
    static final String ORGANISATION = "5e9d9544a1dcd60001d0ed20";

    /** Sessions by the hash of their key. */
    final Map<String, JsonObject> sessions = new LinkedHashMap<>();

    /** Keys that were told, by their hash. */
    final Map<String, String> keys = new LinkedHashMap<>();

    boolean hashesKeys = true;
    boolean listsHashes = true;

    TykServer() throws IOException {}

    @Override
    boolean isAuthorised(HttpExchange exchange, Request request) {
        return SECRET.equals(exchange.getRequestHeaders().getFirst("x-tyk-authorization"));
    }

    @Override
    Reply answer(Request request) {
        List<String> path = request.path();
        if (path.size() < 2 || !path.subList(0, 2).equals(List.of("tyk", "keys"))) {
            return notFound();
        }
        if (request.is("POST", 2)) {
            return made(UUID.randomUUID().toString().replace("-", ""), request.body());
        }
        if (request.is("POST", 3)) {
            return made(path.get(2), request.body());
        }
        if (request.is("GET", 2)) {
            return listed();
        }
        String hash = request.parameter("hashed").isEmpty()
                ? hash(path.get(2).startsWith(ORGANISATION) ? path.get(2) : request.parameter("org_id") + path.get(2))
                : path.get(2);
        if (!sessions.containsKey(hash)) {
            return notFound();
        }
        if (request.is("DELETE", 3)) {
            sessions.remove(hash);
            return Reply.of(200, "action", "deleted");
        }
        return new Reply(200, sessions.get(hash));
    }

    private Reply made(String id, JsonObject body) {
        JsonValue policies = body.get("apply_policies").orElse(new JsonArray(List.of()));
        if (!(policies instanceof JsonArray listed) || listed.elements().isEmpty()) {
            return Reply.of(
                    400, "message", "Failed to create key, keys must have at least one Access Rights record set.");
        }
        if (!listed.elements().stream().allMatch(new JsonString("gold")::equals)) {
            return Reply.of(500, "message", "Failed to create key, policy not found");
        }
        String key = body.string("org_id").orElse("") + id;
        String hash = hash(key);
        sessions.put(
                hash,
                new JsonObjectBuilder()
                        .put("alias", body.string("alias").orElse(""))
                        .put("org_id", body.string("org_id").orElse(""))
                        .put("date_created", "2026-11-30T01:02:03.5+01:00")
                        .put("expires", 0)
                        .put("apply_policies", policies)
                        .build());
        keys.put(hash, key);
        JsonObjectBuilder answer =
                new JsonObjectBuilder().put("key", key).put("status", "ok").put("action", "added");
        if (hashesKeys) {
            answer.put("key_hash", hash);
        }
        return new Reply(200, answer.build());
    }

    private Reply listed() {
        if (!listsHashes) {
            return Reply.of(404, "message", "Hashed key listing is disabled in config (enable_hashed_keys_listing)");
        }
        return new Reply(
                200,
                new JsonObjectBuilder()
                        .put("keys", List.copyOf(sessions.keySet()))
                        .build());
    }

    private static String hash(String key) {
        return Sha256.hex(key).substring(0, 16);
    }

    private static Reply notFound() {
        return Reply.of(404, "message", "Key not found");
    }
}
