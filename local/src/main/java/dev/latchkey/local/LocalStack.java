package dev.latchkey.local;

import java.net.URI;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A template running on this machine: its API, its functions, and Lambda's Invoke endpoint, all on 127.0.0.1 only. Each
 * function's JVM starts with the first invocation; none of them outlives {@link #close} or the end of this JVM.
 */
public final class LocalStack implements AutoCloseable {
    private final RestApi api;
    private final Map<String, FunctionProcess> functions;
    private final InvokeEndpoint invokeEndpoint;
    private final RequestLog log;
    private final LoopbackServer apiServer;
    private final LoopbackServer lambdaServer;

    private LocalStack(
            RestApi api,
            Map<String, FunctionProcess> functions,
            InvokeEndpoint invokeEndpoint,
            RequestLog log,
            LoopbackServer apiServer,
            LoopbackServer lambdaServer) {
        this.api = api;
        this.functions = functions;
        this.invokeEndpoint = invokeEndpoint;
        this.log = log;
        this.apiServer = apiServer;
        this.lambdaServer = lambdaServer;
    }

    /**
     * Starts a template.
     *
     * @throws SetupException when a function's zip, the JDK or the runtime client is not there, an option names an
     *     unknown function, a port is taken, or the template has not exactly one REST API
     */
    public static LocalStack start(Template template, StackOptions options, StackListener listener) {
        RestApi api = onlyApi(template);
        check(template, options);
        DecisionLog decisions = new DecisionLog();
        Map<String, FunctionProcess> functions = new LinkedHashMap<>();
        for (FunctionDefinition function : template.functions()) {
            functions.put(
                    function.logicalId(),
                    new FunctionProcess(
                            function,
                            options.variablesOf(function.logicalId()),
                            options.jvm(),
                            (name, stream, line) -> {
                                decisions.line(line);
                                listener.line(name, stream, line);
                            }));
        }
        RequestLog log = new RequestLog(decisions, listener::request);
        InvokeEndpoint invokeEndpoint = new InvokeEndpoint(Map.copyOf(functions));
        ApiGateway gateway = new ApiGateway(api, Map.copyOf(functions), options.clock(), log);
        LoopbackServer apiServer = LoopbackServer.start("api", options.apiPort(), "--port", gateway::handle);
        try {
            LoopbackServer lambdaServer =
                    LoopbackServer.start("lambda", options.lambdaPort(), "--lambda-port", invokeEndpoint::handle);
            return new LocalStack(api, functions, invokeEndpoint, log, apiServer, lambdaServer);
        } catch (SetupException portTaken) {
            apiServer.close();
            log.close();
            throw portTaken;
        }
    }

    /** Base URL of the API with its stage and without a slash at the end, such as {@code http://127.0.0.1:3000/prod}. */
    public URI apiUrl() {
        return URI.create("http://127.0.0.1:" + apiServer.port() + "/" + api.stage());
    }

    /** Endpoint URL for Lambda clients, such as {@code http://127.0.0.1:3001}. */
    public URI lambdaUrl() {
        return URI.create("http://127.0.0.1:" + lambdaServer.port());
    }

    /** The API it serves. */
    public RestApi api() {
        return api;
    }

    /** The function of that logical id; empty when the template has none. */
    public Optional<FunctionProcess> function(String logicalId) {
        return Optional.ofNullable(functions.get(logicalId));
    }

    /** Stops the servers and kills the functions. */
    @Override
    public void close() {
        apiServer.close();
        lambdaServer.close();
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

    private static void check(Template template, StackOptions options) {
        var names = new TreeSet<String>();
        for (FunctionDefinition function : template.functions()) {
            names.add(function.logicalId());
            if (!Files.isRegularFile(function.code())) {
                throw new SetupException("Resources." + function.logicalId() + ".Properties.CodeUri: " + function.code()
                        + " is not there; build it with ./mvnw package");
            }
        }
        for (String name : options.environment().keySet()) {
            if (!names.contains(name) && !name.equals(StackOptions.ALL_FUNCTIONS)) {
                throw new SetupException("Variables are given for " + name
                        + ", which is no function of the template. Functions: " + String.join(", ", names));
            }
        }
        if (!Files.isExecutable(options.jvm().javaHome().resolve("bin").resolve("java"))) {
            throw new SetupException(options.jvm().javaHome() + " has no bin/java; choose a JDK with --java-home");
        }
        RuntimeClient.in(options.jvm().runtimeClient());
    }
}
