package dev.latchkey.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.local.gateway.RequestRecord.Access;
import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.lambda.Invoker;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LocalAccount;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.LoopbackServer.Response;
import dev.latchkey.local.machine.Payload;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.machine.SignatureCheck;
import dev.latchkey.local.machine.SignatureV4;
import dev.latchkey.local.template.Api;
import dev.latchkey.local.template.AuthorizerDefinition;
import dev.latchkey.local.template.ResponseTemplate;
import dev.latchkey.local.template.Route;
import dev.latchkey.local.template.Route.Integration;
import dev.latchkey.local.template.Route.Security;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An API as API Gateway serves it: a REST API at {@code /stage/...} as on AWS and also at {@code /...}, an HTTP API at
 * {@code /...}.
 *
 * <p>On IAM-authorised routes a request must be signed (Signature Version 4) with the credentials of {@link LocalAccount}.
 *
 * <p>Header names reach functions of REST APIs as {@code Content-type}: the JDK's server does not keep how they were
 * written.
 */
public final class ApiGateway {
    private static final int MAX_BODY_BYTES = 10 * 1024 * 1024;
    private static final int MAX_HEADER_BYTES = 10_240;
    private static final int FORBIDDEN = 403;

    private final Api api;
    private final Dialect dialect;
    private final RouteTable routes;
    private final Map<String, Invoker> functions;
    private final Map<String, Authorizer> authorizers = new LinkedHashMap<>();
    private final Map<Integration.Mock, ResponseTemplate> templates = new LinkedHashMap<>();
    private final Clock clock;
    private final SignatureCheck signatures;
    private final RequestLog log;

    /**
     * An API over functions by logical id.
     *
     * @param clock the time that cached answers of authorizers are measured by
     * @throws SetupException when the API names a function that is not there
     */
    public ApiGateway(Api api, Map<String, Invoker> functions, Clock clock, RequestLog log) {
        this.api = api;
        this.dialect = Dialect.of(api);
        this.routes = new RouteTable(api.routes());
        this.functions = Map.copyOf(functions);
        this.clock = clock;
        this.signatures = new SignatureCheck("execute-api", clock);
        this.log = log;
        api.authorizers().forEach((name, definition) -> authorizers.put(name, authorizer(definition)));
        for (Route route : api.routes()) {
            if (route.integration() instanceof Integration.Mock mock) {
                templates.put(mock, ResponseTemplate.parse(mock.template(), route.method() + " " + route.path()));
            } else if (route.integration() instanceof Integration.LambdaProxy proxy) {
                function(proxy.function());
            }
        }
    }

    private Authorizer authorizer(AuthorizerDefinition definition) {
        if (definition instanceof AuthorizerDefinition.Jwt jwt) {
            return new JwtAuthorizer(jwt, clock);
        }
        AuthorizerDefinition.Lambda lambda = (AuthorizerDefinition.Lambda) definition;
        return new LambdaAuthorizer(lambda, function(lambda.function()), api, clock);
    }

    /** Forgets what its authorizers answered (API Gateway API references, FlushStageAuthorizersCache, ResetAuthorizersCache). */
    void forgetAuthorizersAnswers() {
        authorizers.values().forEach(Authorizer::forget);
    }

    /** The API that it serves. */
    Api api() {
        return api;
    }

    /** Answers one request. */
    public Response handle(HttpExchange exchange) throws IOException {
        long start = System.nanoTime();
        Instant time = clock.instant();
        Optional<byte[]> body = LoopbackServer.body(exchange, MAX_BODY_BYTES);
        Payload payload = new Payload(body.orElseGet(() -> new byte[0]));
        ApiRequest request = ApiRequest.of(exchange, payload, api.stagePath(), time);
        Optional<RouteTable.Match> match = routes.find(request.method(), request.path());
        Optional<Response> preflight = dialect.preflight(request);
        Gate gate;
        if (ApiRequest.headerBytes(exchange) > MAX_HEADER_BYTES) {
            gate = Gate.stop(Access.OPEN, "", GatewayResponse.HEADERS_TOO_LARGE);
        } else if (body.isEmpty()) {
            gate = Gate.stop(Access.OPEN, "", GatewayResponse.REQUEST_TOO_LARGE);
        } else if (preflight.isPresent()) {
            gate = Gate.open();
        } else {
            gate = match.map(found -> gate(request, found, signed(exchange, request)))
                    .orElseGet(ApiGateway::unknownRoute);
        }
        Response response = gate.refusal()
                .map(ApiGateway::refused)
                .or(() -> gate.stop().map(dialect::response))
                .or(() -> preflight)
                .orElseGet(() -> integrate(request, match.orElseThrow(), gate));
        Map<String, List<String>> headers = new LinkedHashMap<>(response.headers());
        headers.put(dialect.requestIdHeader(), List.of(request.id()));
        if (!gate.challenge().isEmpty()) {
            headers.put("www-authenticate", List.of(gate.challenge()));
        }
        log.request(new RequestRecord(
                request.id(),
                time,
                request.method(),
                request.path(),
                response.status(),
                gate.access(),
                gate.cached(),
                gate.detail(),
                gate.evidence(),
                Duration.ofNanos(System.nanoTime() - start)));
        return new Response(response.status(), headers, response.body());
    }

    /** What a signature is of: the path with the stage, as it was sent. */
    private static SignatureV4.Request signed(HttpExchange exchange, ApiRequest request) {
        return new SignatureV4.Request(
                request.method(),
                exchange.getRequestURI().getRawPath(),
                request.rawQuery(),
                request.headers(),
                request.body());
    }

    private static Response refused(SignatureCheck.Refusal refusal) {
        return Response.json(
                FORBIDDEN, JsonTree.message("message", refusal.message()), Map.of("x-amzn-ErrorType", refusal.type()));
    }

    private static Gate unknownRoute() {
        return Gate.stop(Access.OPEN, "no such route", GatewayResponse.MISSING_AUTHENTICATION_TOKEN);
    }

    private Gate gate(ApiRequest request, RouteTable.Match match, SignatureV4.Request signed) {
        Security security = match.route().security();
        if (security instanceof Security.None) {
            return Gate.open();
        }
        if (security instanceof Security.Custom custom) {
            return Gate.of(ask(custom, request, match));
        }
        return signatures.refusal(signed).map(Gate::badlySigned).orElseGet(() -> Gate.signed(LocalAccount.ACCESS_KEY));
    }

    private Verdict ask(Security.Custom custom, ApiRequest request, RouteTable.Match match) {
        Authorizer authorizer = authorizers.get(custom.authorizer());
        if (authorizer == null) {
            return new Verdict.Failed("", "there is no authorizer " + custom.authorizer());
        }
        return authorizer.authorize(request, match);
    }

    private Response integrate(ApiRequest request, RouteTable.Match match, Gate gate) {
        if (match.route().integration() instanceof Integration.LambdaProxy proxy) {
            byte[] event = dialect.event(request, match, gate);
            InvocationResult result = function(proxy.function()).invoke(request.id(), event);
            Optional<Response> response = result instanceof InvocationResult.Success success
                    ? dialect.answer(request, success.payload())
                    : Optional.empty();
            return response.orElseGet(() -> dialect.response(GatewayResponse.BAD_GATEWAY));
        }
        Integration.Mock mock = (Integration.Mock) match.route().integration();
        Map<String, String> context = new LinkedHashMap<>();
        gate.integrationContext().forEach((name, value) -> context.put("authorizer." + name, value));
        context.put("requestId", request.id());
        context.put("stage", api.stage());
        Optional<ResponseTemplate> template = Optional.ofNullable(templates.get(mock));
        Map<String, String> headers = template.flatMap(ResponseTemplate::origins)
                .map(origins -> origins.of(request.header("Origin")))
                .orElse(Map.of());
        String text = template.map(one -> one.render(context)).orElse("");
        return Response.json(mock.status(), text.getBytes(StandardCharsets.UTF_8), headers);
    }

    private Invoker function(String name) {
        Invoker function = functions.get(name);
        if (function == null) {
            throw new SetupException("Resources." + api.logicalId() + ": there is no function " + name);
        }
        return function;
    }
}
