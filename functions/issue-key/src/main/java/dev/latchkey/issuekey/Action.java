package dev.latchkey.issuekey;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the function can be asked to do: by the name of a direct invocation, or by an HTTP method and path. */
enum Action {
    CREATE_API_KEY("createApiKey", "POST", "/create-key"),
    PROVISION_USER("provisionUser", "POST", "/provision-user"),
    GET_USER("getUser", "GET", "/user");

    private final String actionName;
    private final String method;
    private final String path;

    Action(String actionName, String method, String path) {
        this.actionName = actionName;
        this.method = method;
        this.path = path;
    }

    /** The name in direct invocations: the plugin method's. */
    String actionName() {
        return actionName;
    }

    boolean readsBody() {
        return method.equals("POST");
    }

    static Optional<Action> named(String name) {
        return Arrays.stream(values())
                .filter(action -> action.actionName.equals(name))
                .findFirst();
    }

    /** The action of an HTTP request's method and route. */
    static Optional<Action> routed(String method, String route) {
        return Arrays.stream(values())
                .filter(action -> action.method.equals(method) && action.path.equals(route))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(Action::actionName).collect(Collectors.joining(", "));
    }

    static String routes() {
        return Arrays.stream(values())
                .map(action -> action.method + " " + action.path)
                .collect(Collectors.joining(", "));
    }
}
