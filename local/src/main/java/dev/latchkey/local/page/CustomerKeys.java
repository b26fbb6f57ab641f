package dev.latchkey.local.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.lambda.Invoker;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.LoopbackServer.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The keys of a sample customer, at the routes that a portal has by {@code keysRouter()} of portal-plugin: {@code GET} and
 * {@code POST /keys}, {@code PATCH /keys/{id}}, and {@code POST /keys/{id}/} with roll, revoke, suspend or resume. Whose keys
 * they are, no request says.
 */
final class CustomerKeys {
    private static final String CUSTOMER = "cus_1";
    private static final String EMAIL = "ada@example.com";
    private static final Set<String> HIDDEN = Set.of("customerId", "createdBy", "metadata");
    private static final Map<String, Integer> STATUSES = Map.of(
            "invalid_request", 400, "unauthenticated", 401, "not_found", 404, "conflict", 409, "not_implemented", 501);

    private final Invoker issueKey;

    /** Lets that function do the work. */
    CustomerKeys(Invoker issueKey) {
        this.issueKey = issueKey;
    }

    /** What issue-key is asked for, whether that makes a key, and the fields that a request may have. */
    private record Operation(String action, boolean makesKey, Set<String> fields) {}

    /**
     * The answer to a request.
     *
     * @param path below the routes' base, such as {@code /keys}
     * @param query the raw query; empty where there is none
     * @param body the JSON object that was sent; ignored for {@code GET}
     */
    Response answer(String method, String path, String query, byte[] body) {
        String[] parts = path.split("/", -1);
        Optional<Operation> operation = operation(method, parts);
        if (operation.isEmpty()) {
            return error(404, "not_found", "There is no " + method + " " + path);
        }
        Optional<ObjectNode> given = method.equals("GET") ? Optional.of(fields(query)) : object(body);
        if (given.isEmpty()) {
            return error(400, "invalid_request", "The body must be a JSON object");
        }
        ObjectNode event = given.get();
        for (Map.Entry<String, JsonNode> field : event.properties()) {
            if (!operation.get().fields().contains(field.getKey())) {
                return error(400, "invalid_request", field.getKey() + " is no field here");
            }
        }
        event.put("action", operation.get().action()).put("customerId", CUSTOMER);
        if (operation.get().makesKey()) {
            event.put("email", EMAIL).put("idempotencyKey", UUID.randomUUID().toString());
        }
        if (parts.length > 2) {
            event.put("keyId", LoopbackServer.decode(parts[2]));
        }
        return invoke(event, operation.get().makesKey() ? 201 : 200);
    }

    private static Optional<Operation> operation(String method, String[] parts) {
        if (parts.length < 2 || parts.length > 4 || !parts[1].equals("keys")) {
            return Optional.empty();
        }
        String verb = parts.length == 4 ? " " + parts[3] : "";
        return Optional.ofNullable(
                switch (method + " " + (parts.length == 2 ? "keys" : "key") + verb) {
                    case "GET keys" -> new Operation("listApiKeys", false, Set.of("limit", "cursor"));
                    case "POST keys" -> new Operation("createApiKey", true, Set.of("name", "expiresIn"));
                    case "PATCH key" -> new Operation("updateApiKey", false, Set.of("name"));
                    case "POST key roll" -> new Operation("rollApiKey", true, Set.of("grace"));
                    case "POST key revoke" -> new Operation("revokeApiKey", false, Set.of());
                    case "POST key suspend" -> new Operation("suspendApiKey", false, Set.of());
                    case "POST key resume" -> new Operation("resumeApiKey", false, Set.of());
                    default -> null;
                });
    }

    private static ObjectNode fields(String query) {
        ObjectNode fields = JsonTree.object();
        for (String pair : query.isEmpty() ? List.<String>of() : List.of(query.split("&"))) {
            String[] parts = pair.split("=", 2);
            String value = parts.length == 2 ? LoopbackServer.decode(parts[1]) : "";
            if (parts[0].equals("limit") && value.matches("\\d{1,3}")) {
                fields.put("limit", Integer.parseInt(value));
            } else {
                fields.put(LoopbackServer.decode(parts[0]), value);
            }
        }
        return fields;
    }

    private static Optional<ObjectNode> object(byte[] body) {
        return JsonTree.parse(body).filter(JsonNode::isObject).map(ObjectNode.class::cast);
    }

    private Response invoke(ObjectNode event, int status) {
        InvocationResult result = issueKey.invoke(UUID.randomUUID().toString(), JsonTree.bytes(event));
        Optional<ObjectNode> answer = result instanceof InvocationResult.Success success
                ? object(success.payload().bytes())
                : Optional.empty();
        if (answer.isEmpty()) {
            return error(500, "internal_error", "issue-key failed; --verbose shows its log");
        }
        JsonNode code = answer.get().path("error").path("code");
        if (!code.isMissingNode()) {
            return json(STATUSES.getOrDefault(code.asText(), 500), answer.get());
        }
        hide(answer.get());
        answer.get().path("keys").forEach(key -> hide((ObjectNode) key));
        return json(status, answer.get());
    }

    private static void hide(ObjectNode record) {
        record.remove(HIDDEN);
    }

    private static Response error(int status, String code, String message) {
        ObjectNode body = JsonTree.object();
        body.putObject("error").put("code", code).put("message", message);
        return json(status, body);
    }

    private static Response json(int status, ObjectNode body) {
        return Response.json(status, JsonTree.bytes(body), Map.of());
    }
}
