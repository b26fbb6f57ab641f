package dev.latchkey.local.stack;

import dev.latchkey.local.gateway.ApiGateway;
import dev.latchkey.local.gateway.Management;
import dev.latchkey.local.gateway.RequestLog;
import dev.latchkey.local.lambda.FunctionProcess;
import dev.latchkey.local.lambda.FunctionSettings;
import dev.latchkey.local.lambda.InvokeEndpoint;
import dev.latchkey.local.lambda.LogTail;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.services.QueueReader;
import dev.latchkey.local.services.Services;
import dev.latchkey.local.services.TablesAndQueues;
import dev.latchkey.local.template.Api;
import dev.latchkey.local.template.FunctionDefinition;
import dev.latchkey.local.template.HttpApi;
import dev.latchkey.local.template.RestApi;
import dev.latchkey.local.template.Template;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A template running on this machine: its APIs, its functions, and Lambda's Invoke endpoint, all on 127.0.0.1 only. Each
 * function's JVM starts with the first invocation; none of them outlives {@link #close} or the end of this JVM.
 */
public final class LocalStack implements AutoCloseable {
    private final RestApi api;
    private final Optional<HttpApi> httpApi;
    private final Map<String, FunctionProcess> functions;
    private final InvokeEndpoint invokeEndpoint;
    private final RequestLog log;
    private final Servers servers;

    private LocalStack(
            RestApi api,
            Optional<HttpApi> httpApi,
            Map<String, FunctionProcess> functions,
            InvokeEndpoint invokeEndpoint,
            RequestLog log,
            Servers servers) {
        this.api = api;
        this.httpApi = httpApi;
        this.functions = functions;
        this.invokeEndpoint = invokeEndpoint;
        this.log = log;
        this.servers = servers;
    }

    private record Servers(
            LoopbackServer api,
            Optional<LoopbackServer> httpApi,
            Optional<LoopbackServer> jwtApi,
            LoopbackServer lambda,
            LoopbackServer openApi,
            LoopbackServer management,
            List<QueueReader> queues) {

        void close() {
            queues.forEach(QueueReader::close);
            api.close();
            httpApi.ifPresent(LoopbackServer::close);
            jwtApi.ifPresent(LoopbackServer::close);
            lambda.close();
            openApi.close();
            management.close();
        }
    }

    /**
     * Starts a template without AWS services: keys have no life.
     *
     * @throws SetupException when a function's zip, the JDK or the runtime client is not there, an option names an
     *     unknown function, a port is taken, or the template has not exactly one REST API and at most one HTTP API each with
     *     a Lambda authorizer, a JWT authorizer and none
     */
    public static LocalStack start(Template template, StackOptions options, StackListener listener) {
        return start(template, options, null, listener);
    }

    /**
     * Starts a template with these AWS services, in which its table and its queues are made.
     *
     * @throws SetupException as above, or when a table or queue cannot be made
     */
    public static LocalStack start(
            Template template, StackOptions options, @Nullable Services services, StackListener listener) {
        StackParts parts = StackParts.of(template, options);
        RequestLog log = new RequestLog(listener::request);
        List<LoopbackServer> started = new ArrayList<>();
        try {
            LateHandler lists = new LateHandler();
            LateHandler flushes = new LateHandler();
            LoopbackServer openServer =
                    LoopbackServer.start("open-api", options.openApiPort(), "--publish-port", lists);
            started.add(openServer);
            LoopbackServer management = LoopbackServer.start("management", 0, "", flushes);
            started.add(management);
            TablesAndQueues made = made(template, services);
            KeyLifeVariables life = new KeyLifeVariables(
                    services == null ? null : services.endpoint(),
                    address(management),
                    address(openServer),
                    made.queueUrls());
            LogTail tail = new LogTail();
            Map<String, FunctionProcess> functions = functions(template, options, life, listener, log, tail);
            InvokeEndpoint invokeEndpoint = new InvokeEndpoint(Map.copyOf(functions), tail);
            Function<Api, ApiGateway> gateway = one -> new ApiGateway(one, Map.copyOf(functions), options.clock(), log);
            ApiGateway rest = gateway.apply(parts.api());
            Optional<ApiGateway> http = parts.httpApi().map(gateway);
            parts.openApi().map(gateway).ifPresent(open -> lists.set(open::handle));
            List<ApiGateway> guarded = new ArrayList<>(List.of(rest));
            http.ifPresent(guarded::add);
            flushes.set(new Management(guarded)::handle);
            LoopbackServer restServer = LoopbackServer.start("api", options.apiPort(), "--port", rest::handle);
            started.add(restServer);
            LoopbackServer lambda =
                    LoopbackServer.start("lambda", options.lambdaPort(), "--lambda-port", invokeEndpoint::handle);
            started.add(lambda);
            Optional<LoopbackServer> httpServer = http.map(
                    one -> LoopbackServer.start("http-api", options.httpApiPort(), "--http-port", one::handle));
            httpServer.ifPresent(started::add);
            Optional<LoopbackServer> jwtServer =
                    parts.jwtApi().map(gateway).map(one -> LoopbackServer.start("jwt-api", 0, "", one::handle));
            jwtServer.ifPresent(started::add);
            Servers servers = new Servers(
                    restServer, httpServer, jwtServer, lambda, openServer, management, made.readers(functions));
            return new LocalStack(parts.api(), parts.httpApi(), functions, invokeEndpoint, log, servers);
        } catch (SetupException mistake) {
            started.forEach(LoopbackServer::close);
            log.close();
            throw mistake;
        }
    }

    private static URI address(LoopbackServer server) {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    private static TablesAndQueues made(Template template, @Nullable Services services) {
        List<String> tables = template.functions().stream()
                .map(function -> function.environment().getOrDefault(KeyLifeVariables.KEYS_TABLE, ""))
                .filter(table -> !table.isEmpty())
                .distinct()
                .toList();
        return TablesAndQueues.make(services, tables, template.queues());
    }

    private static Map<String, FunctionProcess> functions(
            Template template,
            StackOptions options,
            KeyLifeVariables life,
            StackListener listener,
            RequestLog log,
            LogTail tail) {
        Map<String, FunctionProcess> functions = new LinkedHashMap<>();
        for (FunctionDefinition function : template.functions()) {
            Map<String, String> variables = new LinkedHashMap<>(life.of(function));
            variables.putAll(options.variablesOf(function.logicalId()));
            functions.put(
                    function.logicalId(),
                    new FunctionProcess(function, variables, options.jvm(), (name, stream, line) -> {
                        log.line(line);
                        tail.line(name, stream, line);
                        listener.line(name, stream, line);
                    }));
        }
        return functions;
    }

    /** Base URL of the REST API with its stage and without a slash at the end, such as {@code http://127.0.0.1:3000/prod}. */
    public URI apiUrl() {
        return URI.create("http://127.0.0.1:" + servers.api().port() + api.stagePath());
    }

    /** Base URL of the HTTP API without a slash at the end; empty when the template has none. */
    public Optional<URI> httpApiUrl() {
        return servers.httpApi().map(server -> URI.create("http://127.0.0.1:" + server.port()));
    }

    /** Base URL of the HTTP API that API Gateway itself guards, likewise; empty when the template has none. */
    public Optional<URI> jwtApiUrl() {
        return servers.jwtApi().map(LocalStack::address);
    }

    /** Base URL of the HTTP API that anybody may ask, without a slash at the end. */
    public URI openApiUrl() {
        return address(servers.openApi());
    }

    /** Endpoint URL for Lambda clients, such as {@code http://127.0.0.1:3001}. */
    public URI lambdaUrl() {
        return URI.create("http://127.0.0.1:" + servers.lambda().port());
    }

    /** The REST API it serves. */
    public RestApi api() {
        return api;
    }

    /** The HTTP API it serves; empty when the template has none. */
    public Optional<HttpApi> httpApi() {
        return httpApi;
    }

    /** The settings of the function of that logical id; none when the template has no such function. */
    public FunctionSettings settings(String logicalId) {
        return function(logicalId)
                .map(FunctionProcess::functionSettings)
                .orElseGet(() -> new FunctionSettings(Map.of()));
    }

    /** The logical ids of its functions, in the order of the template. */
    public List<String> functionNames() {
        return List.copyOf(functions.keySet());
    }

    /** The function of that logical id; empty when the template has none. */
    public Optional<FunctionProcess> function(String logicalId) {
        return Optional.ofNullable(functions.get(logicalId));
    }

    /** Stops the servers and kills the functions. */
    @Override
    public void close() {
        servers.close();
        invokeEndpoint.close();
        functions.values().forEach(FunctionProcess::close);
        log.close();
    }
}
