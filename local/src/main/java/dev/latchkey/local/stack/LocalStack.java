package dev.latchkey.local.stack;

import dev.latchkey.local.gateway.ApiGateway;
import dev.latchkey.local.gateway.RequestLog;
import dev.latchkey.local.lambda.FunctionProcess;
import dev.latchkey.local.lambda.FunctionSettings;
import dev.latchkey.local.lambda.InvokeEndpoint;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.template.Api;
import dev.latchkey.local.template.FunctionDefinition;
import dev.latchkey.local.template.HttpApi;
import dev.latchkey.local.template.RestApi;
import dev.latchkey.local.template.Template;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

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

    private record Servers(LoopbackServer api, Optional<LoopbackServer> httpApi, LoopbackServer lambda) {}

    /**
     * Starts a template.
     *
     * @throws SetupException when a function's zip, the JDK or the runtime client is not there, an option names an
     *     unknown function, a port is taken, or the template has not exactly one REST API and at most one HTTP API
     */
    public static LocalStack start(Template template, StackOptions options, StackListener listener) {
        RestApi api = onlyApi(template);
        Optional<HttpApi> httpApi = onlyHttpApi(template);
        check(template, options);
        RequestLog log = new RequestLog(listener::request);
        Map<String, FunctionProcess> functions = new LinkedHashMap<>();
        for (FunctionDefinition function : template.functions()) {
            functions.put(
                    function.logicalId(),
                    new FunctionProcess(
                            function,
                            options.variablesOf(function.logicalId()),
                            options.jvm(),
                            (name, stream, line) -> {
                                log.line(line);
                                listener.line(name, stream, line);
                            }));
        }
        InvokeEndpoint invokeEndpoint = new InvokeEndpoint(Map.copyOf(functions));
        Function<Api, ApiGateway> gateway = one -> new ApiGateway(one, Map.copyOf(functions), options.clock(), log);
        List<LoopbackServer> started = new ArrayList<>();
        try {
            ApiGateway rest = gateway.apply(api);
            started.add(LoopbackServer.start("api", options.apiPort(), "--port", rest::handle));
            started.add(LoopbackServer.start("lambda", options.lambdaPort(), "--lambda-port", invokeEndpoint::handle));
            Optional<LoopbackServer> httpApiServer = httpApi.map(gateway)
                    .map(http -> LoopbackServer.start("http-api", options.httpApiPort(), "--http-port", http::handle));
            Servers servers = new Servers(started.get(0), httpApiServer, started.get(1));
            return new LocalStack(api, httpApi, functions, invokeEndpoint, log, servers);
        } catch (SetupException mistake) {
            started.forEach(LoopbackServer::close);
            log.close();
            throw mistake;
        }
    }

    /** Base URL of the REST API with its stage and without a slash at the end, such as {@code http://127.0.0.1:3000/prod}. */
    public URI apiUrl() {
        return URI.create("http://127.0.0.1:" + servers.api().port() + api.stagePath());
    }

    /** Base URL of the HTTP API without a slash at the end; empty when the template has none. */
    public Optional<URI> httpApiUrl() {
        return servers.httpApi().map(server -> URI.create("http://127.0.0.1:" + server.port()));
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
        servers.api().close();
        servers.httpApi().ifPresent(LoopbackServer::close);
        servers.lambda().close();
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

    private static Optional<HttpApi> onlyHttpApi(Template template) {
        if (template.httpApis().size() > 1) {
            throw new SetupException("The template has " + template.httpApis().size()
                    + " resources of type AWS::Serverless::HttpApi; at most one can run here");
        }
        return template.httpApis().stream().findFirst();
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
