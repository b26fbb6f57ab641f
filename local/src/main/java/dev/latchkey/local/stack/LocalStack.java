package dev.latchkey.local.stack;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.local.gateway.ApiGateway;
import dev.latchkey.local.gateway.Management;
import dev.latchkey.local.gateway.RequestLog;
import dev.latchkey.local.lambda.FunctionProcess;
import dev.latchkey.local.lambda.FunctionSettings;
import dev.latchkey.local.lambda.InvokeEndpoint;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.services.QueueReader;
import dev.latchkey.local.services.Services;
import dev.latchkey.local.template.Api;
import dev.latchkey.local.template.FunctionDefinition;
import dev.latchkey.local.template.HttpApi;
import dev.latchkey.local.template.RestApi;
import dev.latchkey.local.template.Template;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
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
            LoopbackServer lambda,
            LoopbackServer openApi,
            LoopbackServer management,
            List<QueueReader> queues) {

        void close() {
            queues.forEach(QueueReader::close);
            api.close();
            httpApi.ifPresent(LoopbackServer::close);
            lambda.close();
            openApi.close();
            management.close();
        }
    }

    /**
     * Starts a template without AWS services: keys have no life.
     *
     * @throws SetupException when a function's zip, the JDK or the runtime client is not there, an option names an
     *     unknown function, a port is taken, or the template has not exactly one REST API and at most one HTTP API with
     *     and one without an authorizer
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
        RestApi api = onlyApi(template);
        Optional<HttpApi> httpApi = onlyHttpApi(template, false);
        Optional<HttpApi> openApi = onlyHttpApi(template, true);
        check(template, options);
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
            Map<String, String> queueUrls = made(template, services);
            KeyLifeVariables life = new KeyLifeVariables(
                    services == null ? null : services.endpoint(), address(management), address(openServer), queueUrls);
            Map<String, FunctionProcess> functions = functions(template, options, life, listener, log);
            InvokeEndpoint invokeEndpoint = new InvokeEndpoint(Map.copyOf(functions));
            Function<Api, ApiGateway> gateway = one -> new ApiGateway(one, Map.copyOf(functions), options.clock(), log);
            ApiGateway rest = gateway.apply(api);
            Optional<ApiGateway> http = httpApi.map(gateway);
            openApi.map(gateway).ifPresent(open -> lists.set(open::handle));
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
            Servers servers = new Servers(
                    restServer,
                    httpServer,
                    lambda,
                    openServer,
                    management,
                    readers(template, services, queueUrls, functions));
            return new LocalStack(api, httpApi, functions, invokeEndpoint, log, servers);
        } catch (SetupException mistake) {
            started.forEach(LoopbackServer::close);
            log.close();
            throw mistake;
        }
    }

    /** A handler of a server whose port functions must know before what it serves can start. */
    private static final class LateHandler implements LoopbackServer.Handler {
        private volatile LoopbackServer.Handler handler =
                exchange -> LoopbackServer.Response.json(404, JsonTree.message("message", "Not Found"), Map.of());

        void set(LoopbackServer.Handler started) {
            handler = started;
        }

        @Override
        public LoopbackServer.Response handle(HttpExchange exchange) throws IOException, InterruptedException {
            return handler.handle(exchange);
        }
    }

    private static URI address(LoopbackServer server) {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Makes the tables that functions name and the queues that they read; the URLs of the latter by their names. */
    private static Map<String, String> made(Template template, @Nullable Services services) {
        Map<String, String> queueUrls = new LinkedHashMap<>();
        if (services != null) {
            template.functions().stream()
                    .map(function -> function.environment().getOrDefault(KeyLifeVariables.KEYS_TABLE, ""))
                    .filter(table -> !table.isEmpty())
                    .distinct()
                    .forEach(services::createTable);
            template.queues().keySet().forEach(queue -> queueUrls.put(queue, services.createQueue(queue)));
        }
        return queueUrls;
    }

    private static List<QueueReader> readers(
            Template template,
            @Nullable Services services,
            Map<String, String> queueUrls,
            Map<String, FunctionProcess> functions) {
        List<QueueReader> readers = new ArrayList<>();
        template.queues().forEach((queue, function) -> {
            String url = queueUrls.get(queue);
            FunctionProcess process = functions.get(function);
            if (services != null && url != null && process != null) {
                readers.add(new QueueReader(services, url, queue, process));
            }
        });
        return readers;
    }

    private static Map<String, FunctionProcess> functions(
            Template template, StackOptions options, KeyLifeVariables life, StackListener listener, RequestLog log) {
        Map<String, FunctionProcess> functions = new LinkedHashMap<>();
        for (FunctionDefinition function : template.functions()) {
            Map<String, String> variables = new LinkedHashMap<>(life.of(function));
            variables.putAll(options.variablesOf(function.logicalId()));
            functions.put(
                    function.logicalId(),
                    new FunctionProcess(function, variables, options.jvm(), (name, stream, line) -> {
                        log.line(line);
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

    private static RestApi onlyApi(Template template) {
        if (template.apis().size() != 1) {
            throw new SetupException("The template has " + template.apis().size()
                    + " resources of type AWS::Serverless::Api; exactly one can run here");
        }
        return template.apis().get(0);
    }

    private static Optional<HttpApi> onlyHttpApi(Template template, boolean isOpen) {
        List<HttpApi> apis = template.httpApis().stream()
                .filter(api -> api.isOpen() == isOpen)
                .toList();
        if (apis.size() > 1) {
            throw new SetupException("The template has " + apis.size() + " resources of type AWS::Serverless::HttpApi "
                    + (isOpen ? "without" : "with") + " an authorizer; at most one can run here");
        }
        return apis.stream().findFirst();
    }

    private static void check(Template template, StackOptions options) {
        var names = new TreeSet<String>();
        for (FunctionDefinition function : template.functions()) {
            names.add(function.logicalId());
            if (!Files.isRegularFile(function.code())) {
                throw new SetupException("Resources." + function.logicalId() + ".Properties.CodeUri: " + function.code()
                        + " is not there; build it with scripts/build"
                        + (function.hasOwnRuntime() ? " --own-runtime" : ""));
            }
        }
        for (String name : options.environment().keySet()) {
            if (!names.contains(name) && !name.equals(StackOptions.ALL_FUNCTIONS)) {
                throw new SetupException("Variables are given for " + name
                        + ", which is no function of the template. Functions: " + String.join(", ", names));
            }
        }
        options.jvm().check();
    }
}
