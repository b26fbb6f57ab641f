package dev.latchkey.local.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.local.check.SpoiltKeys;
import dev.latchkey.local.lambda.FunctionSettings;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.LoopbackServer.Response;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.stack.LocalStack;
import dev.latchkey.local.template.Api;
import dev.latchkey.local.template.Route;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page to look at, on 127.0.0.1: create a key, see it taken apart, call the APIs with it or with a spoilt one, and see
 * what was decided and why.
 *
 * <p>Keys are issued and calls are made at the endpoints that everybody else uses, under {@code /rest/} and {@code
 * /http/}. Beside them there are {@code /setup}, {@code /spoilt}, {@code /decisions/{request id}}, and, as in a portal, the
 * keys of a customer under {@code /latchkey/}.
 */
public final class Playground implements AutoCloseable {
    private static final int MAX_KEY_BYTES = 64 * 1024;
    private static final String DECISIONS = "/decisions/";
    private static final String KEYS = "/latchkey/";
    private static final List<Setting> SETTINGS = List.of(
            Settings.ALGORITHM,
            Settings.KEY_ID,
            Settings.EXPIRES_IN,
            Settings.USER_ID_FIELD,
            Settings.COMPANY_ID_FIELD,
            Settings.ISSUER,
            Settings.AUDIENCE);

    private static final Map<String, List<String>> SECURITY = Map.of(
            "Cross-Origin-Opener-Policy",
            List.of("same-origin"),
            "Cross-Origin-Resource-Policy",
            List.of("same-origin"),
            "Referrer-Policy",
            List.of("same-origin"),
            "X-Content-Type-Options",
            List.of("nosniff"),
            "Cache-Control",
            List.of("no-store"));

    private final LocalStack stack;
    private final SpoiltKeys spoilt;
    private final Decisions decisions;
    private final Forwarder restApi;
    private final Optional<Forwarder> httpApi;
    private final Optional<CustomerKeys> keys;
    private final String contentSecurityPolicy;
    private final LoopbackServer server;

    private Playground(int port, LocalStack stack, Decisions decisions) {
        this.stack = stack;
        this.spoilt = SpoiltKeys.of(stack);
        this.decisions = decisions;
        this.restApi = new Forwarder(stack.apiUrl());
        this.httpApi = stack.httpApiUrl().map(Forwarder::new);
        this.keys = stack.function("IssueKeyFunction").map(CustomerKeys::new);
        this.contentSecurityPolicy = contentSecurityPolicy(stack);
        this.server = LoopbackServer.start("page", port, "--page-port", this::handle);
    }

    /**
     * Starts the page's server.
     *
     * @param port a port, or 0 for any free one
     * @param stack what it plays with
     * @param decisions those about the stack's requests
     * @throws SetupException when the port is taken
     */
    public static Playground start(int port, LocalStack stack, Decisions decisions) {
        return new Playground(port, stack, decisions);
    }

    /** The page's address. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port() + "/");
    }

    /** Stops the server. */
    @Override
    public void close() {
        server.close();
    }

    private Response handle(HttpExchange exchange) throws IOException, InterruptedException {
        Response response = answer(exchange);
        Map<String, List<String>> headers = new LinkedHashMap<>(response.headers());
        headers.putAll(SECURITY);
        headers.put("Content-Security-Policy", List.of(contentSecurityPolicy));
        return new Response(response.status(), headers, response.body());
    }

    /**
     * Scripts and styles of its own only, calls of the APIs beside, and no text that becomes markup (W3C, Content Security
     * Policy, Trusted Types).
     */
    private static String contentSecurityPolicy(LocalStack stack) {
        StringBuilder apis = new StringBuilder(origin(stack.apiUrl()));
        stack.httpApiUrl().ifPresent(url -> apis.append(' ').append(origin(url)));
        return "default-src 'self'; connect-src 'self' " + apis + "; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
    }

    private static String origin(URI url) {
        return "http://" + url.getAuthority();
    }

    private Response answer(HttpExchange exchange) throws IOException, InterruptedException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getRawPath();
        Optional<Response> file = method.equals("GET") ? PageFiles.at(path) : Optional.empty();
        PageGuard guard = new PageGuard(exchange.getLocalAddress().getPort());
        Optional<String> refusal = guard.refusal(method, exchange.getRequestHeaders(), file.isPresent());
        if (refusal.isPresent()) {
            return message(403, refusal.get());
        }
        if (file.isPresent()) {
            return file.get();
        }
        if (path.startsWith(KEYS) && keys.isPresent()) {
            return keys(exchange, keys.get());
        }
        if (!method.equals("GET") && !method.equals("POST")) {
            return message(405, "Only GET and POST are here");
        }
        if (path.startsWith("/rest/")) {
            return restApi.forward(exchange, path.substring("/rest".length()));
        }
        if (path.startsWith("/http/") && httpApi.isPresent()) {
            return httpApi.get().forward(exchange, path.substring("/http".length()));
        }
        if (method.equals("GET") && path.startsWith(DECISIONS)) {
            return decisions
                    .of(path.substring(DECISIONS.length()))
                    .map(decision -> Response.json(200, JsonTree.bytes(decision), Map.of()))
                    .orElseGet(() -> message(404, "No such request is known"));
        }
        return switch (method + " " + path) {
            case "GET /setup" -> Response.json(200, JsonTree.bytes(setup()), Map.of());
            case "POST /spoilt" -> spoilt(exchange);
            default -> message(404, "There is no " + path);
        };
    }

    /** The addresses, the routes that ask an authorizer, and the settings that show in a key; null where unset. */
    private ObjectNode setup() {
        ObjectNode setup = JsonTree.object().put("lambda", stack.lambdaUrl().toString());
        ArrayNode apis = setup.putArray("apis");
        describe(apis.addObject().put("name", "rest"), stack.apiUrl(), stack.api());
        stack.httpApi()
                .ifPresent(api -> describe(
                        apis.addObject().put("name", "http"), stack.httpApiUrl().orElseThrow(), api));
        ObjectNode settings = setup.putObject("settings");
        FunctionSettings issueKey = stack.settings("IssueKeyFunction");
        SETTINGS.forEach(setting ->
                settings.put(setting.prefixed(), issueKey.value(setting.plain()).orElse(null)));
        return setup;
    }

    private static void describe(ObjectNode json, URI url, Api api) {
        json.put("url", url.toString());
        ArrayNode paths = json.putArray("paths");
        api.routes().stream()
                .filter(route -> route.security() instanceof Route.Security.Custom)
                .filter(route -> route.method().equals("GET") && !route.path().contains("{"))
                .forEach(route -> paths.add(route.path()));
    }

    private Response spoilt(HttpExchange exchange) throws IOException {
        Optional<byte[]> body = LoopbackServer.body(exchange, MAX_KEY_BYTES);
        Optional<String> key = body.flatMap(JsonTree::parse)
                .map(json -> json.path("apikey").asText(""))
                .filter(text -> !text.isEmpty());
        if (key.isEmpty()) {
            return message(400, "The body must be {\"apikey\": \"...\"}");
        }
        ObjectNode keys = JsonTree.object();
        spoilt.of(key.get()).forEach((flaw, bad) -> keys.put(flaw.id(), bad));
        return Response.json(200, JsonTree.bytes(keys), Map.of());
    }

    private static Response keys(HttpExchange exchange, CustomerKeys keys) throws IOException {
        URI uri = exchange.getRequestURI();
        String path = uri.getRawPath().substring(KEYS.length() - 1);
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        Optional<byte[]> body = LoopbackServer.body(exchange, MAX_KEY_BYTES);
        return body.map(bytes -> keys.answer(exchange.getRequestMethod(), path, query, bytes))
                .orElseGet(() -> message(413, "The body has more than 64 KiB"));
    }

    private static Response message(int status, String text) {
        return Response.json(status, JsonTree.message("message", text), Map.of());
    }
}
