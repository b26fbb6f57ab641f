package dev.latchkey.authorizer;

import dev.latchkey.config.Quoted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which routes a scope opens: the setting {@code SCOPE_ROUTES}, such as
 * {@code orders:read = GET /orders, GET /orders/*; orders:write = * /orders/*}.
 *
 * <p>A key's policy allows the routes of all its scopes at once, so that API Gateway may cache it for every route.
 *
 * @param routes policy resources behind the stage, such as {@code GET/orders/*}, by scope
 */
record ScopeRoutes(Map<String, List<String>> routes) {

    /** With a usual ARN before them, all routes must fit into an answer; {@link AnswerSize} measures what becomes of them. */
    private static final int MAX_LENGTH = 6000;

    private static final int ARN_LENGTH = 120;
    private static final int MAX_ROUTE = 300;
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x3a\\x3c\\x3e-\\x5b\\x5d-\\x7e]{1,128}");
    private static final String CONNECT = "$connect";
    private static final Pattern QUOTED = Pattern.compile("\\P{Cntrl}{1,256}");
    private static final Pattern ROUTE =
            Pattern.compile("(\\*|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) +/([A-Za-z0-9._~!$&'()*+:@%/-]*)");

    /** Copies the routes. */
    ScopeRoutes {
        routes = Map.copyOf(routes);
    }

    /**
     * Reads the setting: entries of a scope, an equals sign and routes separated by commas; entries separated by
     * semicolons or line breaks. A scope in double quotes may hold any of these, and spaces. An asterisk in a path stands for anything, slashes included. {@code $connect} is a WebSocket's.
     *
     * @throws IllegalArgumentException if it is not in that form or too long; the message tells which entry
     */
    static ScopeRoutes parse(String text) {
        Map<String, List<String>> routes = new LinkedHashMap<>();
        for (String entry : Quoted.split(text.replace('\n', ';'), ';')) {
            if (entry.isBlank()) {
                continue;
            }
            List<String> sides = Quoted.split(entry, '=', 2);
            String scope = Quoted.plain(sides.get(0));
            boolean isQuoted = scope.length() < sides.get(0).length();
            if (sides.size() != 2 || !(isQuoted ? QUOTED : SCOPE).matcher(scope).matches()) {
                throw new IllegalArgumentException("entry " + (routes.size() + 1)
                        + " needs a scope, an equals sign and routes, such as orders:read = GET /orders/*");
            }
            if (routes.put(scope, resources(scope, sides.get(1))) != null) {
                throw new IllegalArgumentException("the scope " + scope + " has two entries. Join them by a comma");
            }
        }
        int length = routes.values().stream()
                .flatMap(List::stream)
                .mapToInt(route -> route.length() + ARN_LENGTH)
                .sum();
        if (routes.isEmpty() || length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    routes.isEmpty() ? "names no routes" : "names more routes than fit into a policy of 8 KB");
        }
        return new ScopeRoutes(routes);
    }

    private static List<String> resources(String scope, String text) {
        List<String> resources = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            if (entry.strip().equals(CONNECT)) {
                resources.add(CONNECT);
                continue;
            }
            var route = ROUTE.matcher(entry.strip());
            if (!route.matches() || entry.length() > MAX_ROUTE) {
                throw new IllegalArgumentException(
                        "the scope " + scope
                                + " needs routes of a method, a space and a path, such as GET /orders/* or * /orders; write * for a path parameter, and $connect for a WebSocket");
            }
            resources.add(route.group(1) + "/" + route.group(2));
        }
        return resources;
    }

    /** Tells whether one of the resources is that of a call, by policies' wildcard for any characters. */
    static boolean cover(List<String> resources, MethodArn arn) {
        String called = arn.toString();
        return resources.stream().anyMatch(resource -> covers(resource.split("\\*", -1), called));
    }

    private static boolean covers(String[] parts, String called) {
        if (!called.startsWith(parts[0]) || parts.length == 1) {
            return called.equals(parts[0]);
        }
        int from = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = called.indexOf(parts[i], from);
            if (found < 0) {
                return false;
            }
            from = found + parts[i].length();
        }
        String last = parts[parts.length - 1];
        return called.length() - last.length() >= from && called.endsWith(last);
    }

    /** The policy resources that these scopes open in the stage of a call; empty where they open none. */
    Optional<List<String>> resources(MethodArn arn, Collection<String> scopes) {
        List<String> resources = scopes.stream()
                .flatMap(scope -> routes.getOrDefault(scope, List.of()).stream())
                .distinct()
                .map(route -> arn.api() + "/" + arn.stage() + "/" + route)
                .toList();
        return resources.isEmpty() ? Optional.empty() : Optional.of(resources);
    }
}
