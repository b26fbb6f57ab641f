package dev.latchkey.local.gateway;

import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.template.Route;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the route of a request. At each path segment a fixed text wins over {@code {name}}, and that over
 * {@code {name+}}, which takes the rest of the path; an exact method wins over {@code ANY}.
 */
final class RouteTable {
    private final List<Route> routes;

    RouteTable(List<Route> routes) {
        this.routes = routes.stream()
                .sorted(Comparator.comparing(RouteTable::rank)
                        .thenComparing(route -> route.method().equals("ANY")))
                .toList();
    }

    /** A route with the decoded values of its path parameters. */
    record Match(Route route, Map<String, String> pathParameters) {
        Match {
            pathParameters = Map.copyOf(pathParameters);
        }
    }

    Optional<Match> find(String method, String path) {
        String[] segments = path.split("/", -1);
        for (Route route : routes) {
            if (route.method().equals(method) || route.method().equals("ANY")) {
                Optional<Map<String, String>> parameters = match(route.path().split("/", -1), segments);
                if (parameters.isPresent()) {
                    return Optional.of(new Match(route, parameters.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Map<String, String>> match(String[] template, String[] segments) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < template.length; i++) {
            if (i >= segments.length) {
                return Optional.empty();
            }
            String expected = template[i];
            if (isGreedy(expected)) {
                String rest = String.join("/", List.of(segments).subList(i, segments.length));
                if (rest.isEmpty()) {
                    return Optional.empty();
                }
                parameters.put(expected.substring(1, expected.length() - 2), LoopbackServer.decode(rest));
                return Optional.of(parameters);
            }
            if (isParameter(expected)) {
                if (segments[i].isEmpty()) {
                    return Optional.empty();
                }
                parameters.put(expected.substring(1, expected.length() - 1), LoopbackServer.decode(segments[i]));
            } else if (!expected.equals(segments[i])) {
                return Optional.empty();
            }
        }
        return template.length == segments.length ? Optional.of(parameters) : Optional.empty();
    }

    private static boolean isGreedy(String segment) {
        return segment.startsWith("{") && segment.endsWith("+}");
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    /** One digit per segment, so that texts compare as the segments rank. */
    private static String rank(Route route) {
        StringBuilder rank = new StringBuilder();
        for (String segment : route.path().split("/", -1)) {
            rank.append(isGreedy(segment) ? '2' : isParameter(segment) ? '1' : '0');
        }
        return rank.toString();
    }
}
