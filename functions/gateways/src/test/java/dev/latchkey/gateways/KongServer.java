package dev.latchkey.gateways;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Kong's Admin API, and below a path Konnect's, as far as consumers and key-auth credentials go: unique names, custom ids and
 * keys (409; Konnect: 400), ids that are UUIDs, needed fields (400), what is not there (404), a token (401), pages.
 */
final class KongServer extends RebuiltApi {

    static final String TOKEN = "kpat_secret-token-of-kong";
    static final String PLANE = "6b6ac43f-6f5a-4b7e-8f4f-0d8f6a3a5a11";

    /** A consumer's key. */
    record Key(String consumer, String id, String key, long createdAt) {
        JsonObject json() {
            return new JsonObjectBuilder()
                    .put("consumer", new JsonObjectBuilder().put("id", consumer).build())
                    .put("id", id)
                    .put("key", key)
                    .put("created_at", createdAt)
                    .put("ttl", JsonValue.NULL)
                    .build();
        }
    }

    final List<JsonObject> consumers = new ArrayList<>();
    final List<Key> keys = new ArrayList<>();

    /** Whether a token is wanted. */
    boolean wantsToken = true;

    /** Whether lists are filtered by {@code custom_id}. */
    boolean filters = true;

    /** How many entries a page has. */
    int pageSize = 100;

    private final @Nullable String planes;
    private long time = 1_800_000_000;

    /** Kong's own. */
    KongServer() throws IOException {
        this(null);
    }

    /** Konnect's, with its name for control planes in paths; Kong's where it is null. */
    KongServer(@Nullable String planes) throws IOException {
        this.planes = planes;
    }

    @Override
    boolean isAuthorised(HttpExchange exchange, Request request) {
        return !wantsToken
                || ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    @Override
    Reply answer(Request request) {
        List<String> path = request.path();
        if (planes == null) {
            return entities(request, path);
        }
        if (request.is("GET", 2) && path.equals(List.of("v2", planes))) {
            return planes(request.parameter("filter[name][eq]"));
        }
        return path.size() > 4 && path.subList(0, 4).equals(List.of("v2", planes, PLANE, "core-entities"))
                ? entities(request, path.subList(4, path.size()))
                : notFound();
    }

    private static Reply planes(String name) {
        List<JsonObject> found = new ArrayList<>();
        if (name.equals("default")) {
            found.add(new JsonObjectBuilder().put("id", PLANE).put("name", name).build());
        }
        return new Reply(200, new JsonObjectBuilder().put("data", array(found)).build());
    }

    private Reply entities(Request request, List<String> path) {
        if (!path.get(0).equals("consumers")) {
            return notFound();
        }
        if (path.size() == 1) {
            return request.method().equals("POST") ? made(request.body()) : listed(request);
        }
        Optional<JsonObject> consumer = consumers.stream()
                .filter(one -> text(one, "id").equals(path.get(1))
                        || text(one, "username").equals(path.get(1)))
                .findFirst();
        if (consumer.isEmpty()) {
            return notFound();
        }
        if (path.size() == 2) {
            return new Reply(200, consumer.get());
        }
        return path.get(2).equals("key-auth") ? credentials(request, path, text(consumer.get(), "id")) : notFound();
    }

    private Reply made(JsonObject body) {
        String username = text(body, "username");
        String customId = text(body, "custom_id");
        if (username.isEmpty() && customId.isEmpty()) {
            return Reply.of(400, "name", "schema violation");
        }
        boolean isTaken = consumers.stream()
                .anyMatch(one -> text(one, "username").equals(username)
                        || (!customId.isEmpty() && text(one, "custom_id").equals(customId)));
        return isTaken ? taken() : new Reply(201, consumer(username, customId));
    }

    /** Adds a consumer. */
    JsonObject consumer(String username, String customId) {
        JsonObjectBuilder consumer =
                new JsonObjectBuilder().put("id", UUID.randomUUID().toString()).put("username", username);
        if (!customId.isEmpty()) {
            consumer.put("custom_id", customId);
        }
        JsonObject made = consumer.build();
        consumers.add(made);
        return made;
    }

    private Reply taken() {
        return planes == null
                ? Reply.of(409, "name", "unique constraint violation")
                : Reply.of(400, "message", "data constraint error");
    }

    private Reply listed(Request request) {
        return page(
                request,
                consumers.stream()
                        .filter(one -> !filters || text(one, "custom_id").equals(request.parameter("custom_id")))
                        .toList());
    }

    private Reply page(Request request, List<JsonObject> all) {
        int from = request.parameter("offset").isEmpty() ? 0 : Integer.parseInt(request.parameter("offset"));
        int to = Math.min(all.size(), from + pageSize);
        JsonObjectBuilder page = new JsonObjectBuilder().put("data", array(all.subList(from, to)));
        if (to < all.size()) {
            page.put("offset", Integer.toString(to)).put("next", "http://127.0.0.1:1/elsewhere?offset=" + to);
        }
        return new Reply(200, page.build());
    }

    private Reply credentials(Request request, List<String> path, String consumer) {
        if (path.size() == 3 && request.method().equals("POST")) {
            return made(consumer, text(request.body(), "id"));
        }
        if (path.size() == 3) {
            return page(
                    request,
                    keys.stream()
                            .filter(key -> key.consumer().equals(consumer))
                            .map(Key::json)
                            .toList());
        }
        Optional<Key> key = keys.stream()
                .filter(one -> one.consumer().equals(consumer))
                .filter(one -> one.id().equals(path.get(3)) || one.key().equals(path.get(3)))
                .findFirst();
        if (request.method().equals("DELETE")) {
            key.ifPresent(keys::remove);
            return new Reply(204, null);
        }
        return key.map(found -> new Reply(200, found.json())).orElseGet(KongServer::notFound);
    }

    private Reply made(String consumer, String id) {
        if (!id.isEmpty() && !id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            return Reply.of(400, "name", "schema violation");
        }
        if (keys.stream().anyMatch(key -> key.id().equals(id))) {
            return taken();
        }
        Key made = new Key(
                consumer,
                id.isEmpty() ? UUID.randomUUID().toString() : id,
                "kong" + UUID.randomUUID().toString().replace("-", ""),
                time++);
        keys.add(made);
        return new Reply(201, made.json());
    }

    private static String text(JsonObject object, String name) {
        return object.string(name).orElse("");
    }

    private static Reply notFound() {
        return Reply.of(404, "message", "Not found");
    }
}
