package dev.latchkey.issuekey;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the function can be asked to do: by the name of a direct invocation, or by an HTTP method and path. */
enum Action {
    CREATE_API_KEY(
            "createApiKey",
            "POST",
            "/create-key",
            "customerId",
            "email",
            "subscriptionId",
            "idempotencyKey",
            "name",
            "scopes",
            "plan",
            "metadata",
            "expiresIn"),
    PROVISION_USER("provisionUser", "POST", "/provision-user", "customerId", "email", "subscriptionId"),
    GET_USER("getUser", "GET", "/user", "customerId", "email", "subscriptionId"),
    LIST_API_KEYS("listApiKeys", "GET", "/keys", "customerId", "limit", "cursor"),
    GET_API_KEY("getApiKey", "GET", "/keys/{keyId}", "customerId", "keyId"),
    UPDATE_API_KEY("updateApiKey", "PATCH", "/keys/{keyId}", "customerId", "keyId", "name", "metadata"),
    SUSPEND_API_KEY("suspendApiKey", "POST", "/keys/{keyId}/suspend", "customerId", "keyId"),
    RESUME_API_KEY("resumeApiKey", "POST", "/keys/{keyId}/resume", "customerId", "keyId"),
    REVOKE_API_KEY("revokeApiKey", "POST", "/keys/{keyId}/revoke", "customerId", "keyId"),
    REVOKE_PRESENTED_KEY("revokeApiKey", "POST", "/revoke-key", "apikey"),
    ROLL_API_KEY("rollApiKey", "POST", "/keys/{keyId}/roll", "customerId", "keyId", "email", "grace", "idempotencyKey"),
    REVOKE_CUSTOMER("revokeCustomer", "POST", "/revoke-customer", "customerId"),
    GET_OPEN_API("getOpenApi", "GET", "/openapi.json"),
    /** For operators, who may invoke the function. */
    COUNT_SIGNED_KEYS("countSignedKeys", "", "", "signingKey", "cursor");

    /** The name of a route's variable part. */
    static final String KEY_ID = "keyId";

    private static final String VARIABLE = "{keyId}";

    private final String actionName;
    private final String method;
    private final String path;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of makes sets that nobody can change.
    private final Set<String> fields;

    Action(String actionName, String method, String path, String... fields) {
        this.actionName = actionName;
        this.method = method;
        this.path = path;
        this.fields = Set.of(fields);
    }

    /** The name in direct invocations: the plugin method's. */
    String actionName() {
        return actionName;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /** The fields that it takes. */
    Set<String> fields() {
        return fields;
    }

    /** Whether it has a route over HTTP. */
    boolean isRouted() {
        return !path.isEmpty();
    }

    boolean readsBody() {
        return !method.equals("GET");
    }

    /** Tells whether the key id stands in the path. */
    boolean hasKeyInPath() {
        return path.contains(VARIABLE);
    }

    /** The action of a direct invocation; a key that is presented itself needs no other field. */
    static Optional<Action> named(String name, boolean hasKeyItself) {
        if (hasKeyItself && name.equals(REVOKE_PRESENTED_KEY.actionName)) {
            return Optional.of(REVOKE_PRESENTED_KEY);
        }
        return Arrays.stream(values())
                .filter(action -> action.actionName.equals(name))
                .findFirst();
    }

    /** The action of an HTTP request's method and of its route, or of its path where there are no routes. */
    static Optional<Action> routed(String method, String route) {
        return Arrays.stream(values())
                .filter(action -> action.isRouted() && action.method.equals(method) && action.matches(route))
                .findFirst();
    }

    private boolean matches(String route) {
        List<String> ours = List.of(path.split("/", -1));
        List<String> theirs = List.of(route.split("/", -1));
        if (ours.size() != theirs.size()) {
            return false;
        }
        for (int i = 0; i < ours.size(); i++) {
            boolean isVariable = ours.get(i).equals(VARIABLE) && !theirs.get(i).isEmpty();
            if (!isVariable && !ours.get(i).equals(theirs.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The key id in a path of this action. */
    String keyIdIn(String requestPath) {
        int segment = List.of(path.split("/", -1)).indexOf(VARIABLE);
        return requestPath.split("/", -1)[segment];
    }

    static String names() {
        return Arrays.stream(values()).map(Action::actionName).distinct().collect(Collectors.joining(", "));
    }

    static String routes() {
        return Arrays.stream(values())
                .filter(Action::isRouted)
                .map(action -> action.method + " " + action.path)
                .collect(Collectors.joining(", "));
    }
}
