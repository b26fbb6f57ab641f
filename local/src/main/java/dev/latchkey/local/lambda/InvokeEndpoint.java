package dev.latchkey.local.lambda;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LocalAccount;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.LoopbackServer.Response;
import dev.latchkey.local.machine.Payload;
import dev.latchkey.local.machine.SignatureCheck;
import dev.latchkey.local.machine.SignatureV4;
import java.io.IOException;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lambda's Invoke (Lambda API reference, Invoke): {@code POST /2015-03-31/functions/{name}/invocations} with a
 * function's name, partial or full ARN, with or without alias, and the invocation types RequestResponse, Event and
 * DryRun, and with the log type Tail. An unsigned call is taken, as only this machine can connect; a signed one must be signed well. Requests of
 * web pages, which carry an Origin, are refused.
 */
public final class InvokeEndpoint implements AutoCloseable {
    private static final Pattern PATH = Pattern.compile("/2015-03-31/functions/([^/]+)/invocations");
    private static final int MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;

    private final Map<String, Invoker> functions;
    private final LogTail log;
    private final SignatureCheck signatures = new SignatureCheck("lambda", Clock.systemUTC());
    private final ExecutorService background = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "invoke-event");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Invokes functions by logical id.
     *
     * @param log what they write, for callers that ask for it
     */
    public InvokeEndpoint(Map<String, Invoker> functions, LogTail log) {
        this.functions = Map.copyOf(functions);
        this.log = log;
    }

    /** Answers one request. */
    public Response handle(HttpExchange exchange) throws IOException {
        Optional<byte[]> body = LoopbackServer.body(exchange, MAX_PAYLOAD_BYTES);
        Matcher path = PATH.matcher(exchange.getRequestURI().getRawPath());
        if (!path.matches() || !exchange.getRequestMethod().equals("POST")) {
            return error(
                    404, "UnknownOperationException", "Only POST /2015-03-31/functions/{name}/invocations is here");
        }
        if (exchange.getRequestHeaders().containsKey("Origin")) {
            return error(403, "AccessDeniedException", "Web pages may not invoke functions");
        }
        Optional<SignatureCheck.Refusal> badlySigned = badlySigned(exchange, body.orElseGet(() -> new byte[0]));
        if (badlySigned.isPresent() && body.isPresent()) {
            SignatureCheck.Refusal refusal = badlySigned.get();
            return Response.json(
                    403, JsonTree.message("message", refusal.message()), Map.of("x-amzn-ErrorType", refusal.type()));
        }
        String name = LoopbackServer.decode(path.group(1));
        String logicalId = LocalAccount.functionName(name).orElse("");
        Invoker function = functions.get(logicalId);
        if (function == null) {
            String arn = name.startsWith("arn:") ? name : LocalAccount.functionArn(name);
            return error(404, "ResourceNotFoundException", "Function not found: " + arn);
        }
        if (body.isEmpty()) {
            return error(413, "RequestTooLargeException", "The payload has more than " + MAX_PAYLOAD_BYTES + " bytes");
        }
        byte[] event = body.get().length == 0 ? JsonTree.bytes(JsonTree.object()) : body.get();
        if (JsonTree.parse(event).isEmpty()) {
            return error(400, "InvalidRequestContentException", "Could not parse request body into json");
        }
        String type = exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type");
        boolean isLogAsked = "Tail".equals(exchange.getRequestHeaders().getFirst("X-Amz-Log-Type"));
        String requestId = UUID.randomUUID().toString();
        Response response = invoke(function, requestId, event, type == null ? "RequestResponse" : type);
        if (isLogAsked && response.status() == 200) {
            String told = Base64.getEncoder().encodeToString(log.of(logicalId, requestId));
            response.headers().put("X-Amz-Log-Result", List.of(told));
        }
        return response;
    }

    private Optional<SignatureCheck.Refusal> badlySigned(HttpExchange exchange, byte[] body) {
        if (!exchange.getRequestHeaders().containsKey("Authorization")) {
            return Optional.empty();
        }
        String query = exchange.getRequestURI().getRawQuery();
        return signatures.refusal(new SignatureV4.Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                exchange.getRequestHeaders(),
                new Payload(body)));
    }

    private Response invoke(Invoker function, String requestId, byte[] event, String type) {
        return switch (type) {
            case "DryRun" -> new Response(204, headers(requestId), new Payload(new byte[0]));
            case "Event" -> {
                background.execute(() -> function.invoke(requestId, event));
                yield new Response(202, headers(requestId), new Payload(new byte[0]));
            }
            case "RequestResponse" -> {
                InvocationResult result = function.invoke(requestId, event);
                Map<String, List<String>> headers = headers(requestId);
                headers.put("X-Amz-Executed-Version", List.of("$LATEST"));
                headers.put("Content-Type", List.of("application/json"));
                if (!(result instanceof InvocationResult.Success)) {
                    headers.put("X-Amz-Function-Error", List.of("Unhandled"));
                }
                yield new Response(200, headers, result.asPayload());
            }
            default ->
                error(
                        400,
                        "InvalidParameterValueException",
                        "X-Amz-Invocation-Type must be RequestResponse, Event or DryRun");
        };
    }

    /** Stops taking events for later; those under way end with their functions. */
    @Override
    public void close() {
        background.shutdownNow();
    }

    private static Map<String, List<String>> headers(String requestId) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("x-amzn-RequestId", List.of(requestId));
        return headers;
    }

    private static Response error(int status, String type, String message) {
        byte[] body = JsonTree.bytes(JsonTree.object().put("Type", "User").put("Message", message));
        return Response.json(status, body, Map.of("x-amzn-ErrorType", type));
    }
}
