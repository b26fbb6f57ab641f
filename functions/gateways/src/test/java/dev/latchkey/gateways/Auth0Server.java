package dev.latchkey.gateways;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Auth0's token endpoint and Management API, as far as users, organisations, applications and grants go: tokens (401), names of
 * organisations (400, 409), needed fields (400), what is not there (404).
 */
final class Auth0Server extends RebuiltApi {

    static final String CLIENT_ID = "managementclient";
    static final String SECRET = "secret-of-the-management-client";
    static final String AUDIENCE = "https://api.example.com";
    private static final String TOKEN = "eyJ.secret-management-token.sig";

    /** Users by id. */
    final Map<String, JsonObject> users = new LinkedHashMap<>();

    /** Organisations' ids by their names. */
    final Map<String, String> organisations = new LinkedHashMap<>();

    final List<String> members = new ArrayList<>();
    final Map<String, JsonObject> clients = new LinkedHashMap<>();

    /** Clients' ids by the ids of their grants. */
    final Map<String, String> grants = new LinkedHashMap<>();

    /** Ids of organisations and grants. */
    final List<String> organisationGrants = new ArrayList<>();

    boolean showsSecrets = true;
    int tokens;

    Auth0Server() throws IOException {
        user("auth0|1", "a@b.co");
        user("auth0|2", "ab@co");
    }

    void user(String id, String email) {
        users.put(
                id,
                new JsonObjectBuilder().put("user_id", id).put("email", email).build());
    }

    @Override
    boolean isAuthorised(HttpExchange exchange, Request request) {
        return request.path().equals(List.of("oauth", "token"))
                || ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    @Override
    Reply answer(Request request) {
        List<String> path = request.path();
        if (path.equals(List.of("oauth", "token"))) {
            return token(request.body());
        }
        if (path.size() < 3 || !path.subList(0, 2).equals(List.of("api", "v2"))) {
            return notFound();
        }
        return switch (path.get(2)) {
            case "users-by-email" ->
                new Reply(
                        200,
                        array(users.values().stream()
                                .filter(user -> text(user, "email").equals(request.parameter("email")))
                                .toList()));
            case "users" -> patched(request, path.get(3));
            case "organizations" -> organisations(request, path);
            case "clients" -> clients(request, path);
            case "client-grants" -> granted(request.body());
            default -> notFound();
        };
    }

    private Reply token(JsonObject body) {
        if (!text(body, "client_id").equals(CLIENT_ID)
                || !text(body, "client_secret").equals(SECRET)) {
            return Reply.of(401, "error", "access_denied");
        }
        if (!text(body, "grant_type").equals("client_credentials")
                || !text(body, "audience").equals(uri() + "/api/v2/")) {
            return Reply.of(403, "error", "access_denied");
        }
        tokens++;
        return new Reply(
                200,
                new JsonObjectBuilder()
                        .put("access_token", TOKEN)
                        .put("expires_in", 86_400)
                        .build());
    }

    private Reply patched(Request request, String id) {
        JsonObject user = users.get(id);
        if (user == null || !request.method().equals("PATCH")) {
            return notFound();
        }
        JsonObjectBuilder merged = new JsonObjectBuilder();
        user.members().forEach(merged::put);
        users.put(
                id,
                merged.put("app_metadata", request.body().object("app_metadata"))
                        .build());
        return new Reply(200, users.get(id));
    }

    private Reply organisations(Request request, List<String> path) {
        if (request.is("POST", 3)) {
            String name = text(request.body(), "name");
            if (!name.matches("[a-z0-9][a-z0-9_-]{0,49}")) {
                return Reply.of(400, "message", "Payload validation error");
            }
            if (organisations.containsKey(name)) {
                return Reply.of(409, "message", "An organization with this name already exists.");
            }
            organisations.put(name, "org_" + organisations.size());
            return Reply.of(201, "id", organisations.get(name));
        }
        if (request.is("GET", 5) && path.get(3).equals("name")) {
            return organisations.containsKey(path.get(4))
                    ? Reply.of(200, "id", organisations.get(path.get(4)))
                    : notFound();
        }
        if (path.size() != 5 || !organisations.containsValue(path.get(3))) {
            return notFound();
        }
        if (path.get(4).equals("members")) {
            members.add(path.get(3) + " " + request.body().get("members").orElse(JsonValue.NULL));
            return new Reply(204, null);
        }
        return request.method().equals("POST")
                ? organisationGranted(path.get(3), text(request.body(), "grant_id"))
                : grantsOf(path.get(3));
    }

    private Reply organisationGranted(String organisation, String grant) {
        if (!grants.containsKey(grant)) {
            return notFound();
        }
        organisationGrants.add(organisation + " " + grant);
        return Reply.of(201, "id", grant);
    }

    private Reply grantsOf(String organisation) {
        List<JsonObject> found = new ArrayList<>();
        grants.forEach((grant, client) -> {
            if (organisationGrants.contains(organisation + " " + grant)) {
                found.add(new JsonObjectBuilder()
                        .put("id", grant)
                        .put("client_id", client)
                        .put("audience", AUDIENCE)
                        .build());
            }
        });
        return new Reply(200, array(found));
    }

    private Reply clients(Request request, List<String> path) {
        if (request.is("POST", 3)) {
            if (text(request.body(), "name").isEmpty()) {
                return Reply.of(400, "message", "Payload validation error");
            }
            String id = UUID.randomUUID().toString().replace("-", "");
            JsonObjectBuilder client =
                    new JsonObjectBuilder().put("client_id", id).put("client_secret", "client-" + UUID.randomUUID());
            request.body().members().forEach(client::put);
            clients.put(id, client.build());
            return new Reply(201, clients.get(id));
        }
        Optional<JsonObject> client = Optional.ofNullable(clients.get(path.get(3)));
        if (client.isEmpty()) {
            return notFound();
        }
        if (request.is("DELETE", 4)) {
            clients.remove(path.get(3));
            grants.values().removeIf(path.get(3)::equals);
            return new Reply(204, null);
        }
        JsonObjectBuilder shown = new JsonObjectBuilder();
        client.get().members().forEach((name, value) -> {
            boolean isAsked = request.parameter("fields").isEmpty()
                    || List.of(request.parameter("fields").split(",", -1)).contains(name);
            if (isAsked && (showsSecrets || !name.equals("client_secret"))) {
                shown.put(name, value);
            }
        });
        return new Reply(200, shown.build());
    }

    private Reply granted(JsonObject body) {
        if (!clients.containsKey(text(body, "client_id"))
                || !text(body, "audience").equals(AUDIENCE)) {
            return Reply.of(400, "message", "Payload validation error");
        }
        String id = "cgr_" + UUID.randomUUID();
        grants.put(id, text(body, "client_id"));
        return Reply.of(201, "id", id);
    }

    private static String text(JsonObject object, String name) {
        return object.string(name).orElse("");
    }

    private static Reply notFound() {
        return Reply.of(404, "message", "Not Found");
    }
}
