package dev.latchkey.benchmarks.functions;

import dev.latchkey.benchmarks.Workplace;
import dev.latchkey.benchmarks.functions.TimedProcess.Program;
import dev.latchkey.benchmarks.peer.EmptyHandler;
import dev.latchkey.local.lambda.PackageZip;
import dev.latchkey.local.template.FunctionDefinition;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes functions: of our packages and of handlers, in the layouts that Lambda knows. */
public final class Functions {

    /** The function that does nothing. */
    public static final PeerHandler EMPTY = new PeerHandler(EmptyHandler.class, "{}", List.of());

    private static final String AUTHORIZER = "dev.latchkey.authorizer.AuthorizerHandler";
    private static final String PUBLISH = "dev.latchkey.publish.PublishHandler";

    private final Workplace place;
    private final Path folder;
    private final byte[] event;
    private @Nullable String runtimeCache;

    /**
     * Makes them in an empty folder.
     *
     * @param event an event with a good key, for training runs
     */
    public Functions(Workplace place, Path folder, byte[] event) {
        this.place = place;
        this.folder = folder;
        this.event = event.clone();
    }

    /**
     * Gives the managed runtime a cache of its client's classes, as Lambda's java25 has: trained with a function that
     * does nothing, so that nothing of a function is in it.
     */
    public void cacheRuntime() throws IOException {
        runtimeCache = AotCache.train(managed("training", EMPTY, Map.of()), event, folder.resolve("runtime.aot"));
    }

    /** Our authorizer's package as Lambda's managed runtimes run it. */
    public RunnableFunction authorizer(String name, Map<String, String> settings) throws IOException {
        Path taskRoot = unpacked(place.authorizer(), name);
        return managed(name, taskRoot, RunnableFunction.definition(AUTHORIZER, settings), RunnableFunction.ALLOW);
    }

    /** Our function that publishes, as Lambda's managed runtimes run it. */
    public RunnableFunction publish(String name, Map<String, String> settings) throws IOException {
        Path taskRoot = unpacked(place.publish(), name);
        return managed(name, taskRoot, RunnableFunction.definition(PUBLISH, settings), RunnableFunction.OK);
    }

    /** Our authorizer's package that brings its own runtime. */
    public RunnableFunction authorizerWithRuntime(String name, Map<String, String> settings) throws IOException {
        Path taskRoot = unpacked(place.authorizerWithRuntime(), name);
        List<String> command = List.of(taskRoot.resolve("bootstrap").toString());
        Map<String, String> all = new HashMap<>(settings);
        all.put("JAVA_TOOL_OPTIONS", "-XX:MaxRAM=" + RunnableFunction.MEMORY_MB + "m");
        Program program = new Program(RunnableFunction.definition(AUTHORIZER, all), taskRoot, command);
        return new RunnableFunction(program, output(name), RunnableFunction.ALLOW);
    }

    /** Our authorizer's package that is a native program. */
    public RunnableFunction authorizerNative(String name, Map<String, String> settings) throws IOException {
        Path taskRoot = unpacked(place.authorizerNative(), name);
        List<String> command = List.of(taskRoot.resolve("bootstrap").toString());
        Program program = new Program(RunnableFunction.definition(AUTHORIZER, settings), taskRoot, command);
        return new RunnableFunction(program, output(name), RunnableFunction.ALLOW);
    }

    /** A handler as Lambda's managed runtimes run it: its jars in {@code lib/}. */
    public RunnableFunction managed(String name, PeerHandler handler, Map<String, String> settings) throws IOException {
        Path taskRoot = folder(name);
        TaskRoot.jar(handler.type(), taskRoot.resolve("lib/function.jar"));
        for (Path jar : handler.jars()) {
            Files.copy(jar, taskRoot.resolve("lib").resolve(jar.getFileName()));
        }
        FunctionDefinition function = RunnableFunction.definition(handler.type().getName(), settings);
        return managed(name, taskRoot, function, handler.answer());
    }

    private RunnableFunction managed(String name, Path taskRoot, FunctionDefinition function, String answer)
            throws IOException {
        List<String> command = command(name, function);
        RunnableFunction plain = new RunnableFunction(new Program(function, taskRoot, command), output(name), answer);
        return runtimeCache == null ? plain : plain.withFlag(runtimeCache);
    }

    /**
     * A handler as one gives it a runtime of its own: all jars on the class path, and a cache that was trained with the
     * function itself.
     */
    public RunnableFunction withOwnRuntime(String name, PeerHandler handler, Map<String, String> settings)
            throws IOException {
        Path jar = TaskRoot.jar(handler.type(), folder(name).resolve("function.jar"));
        FunctionDefinition function = RunnableFunction.definition(handler.type().getName(), settings);
        List<String> command = command(name, function);
        String runtime = command.get(command.indexOf("-classpath") + 1);
        String all = Stream.concat(Stream.of(runtime, jar), handler.jars().stream())
                .map(String::valueOf)
                .collect(Collectors.joining(File.pathSeparator));
        command =
                command.stream().map(word -> word.equals(runtime) ? all : word).toList();
        RunnableFunction plain =
                new RunnableFunction(new Program(function, folder(name), command), output(name), handler.answer());
        return plain.withFlag(AotCache.train(plain, event, folder(name).resolve("function.aot")));
    }

    /** One of the Node.js authorizers under AWS's runtime interface client for Node.js. */
    public RunnableFunction node(String name, String answer, Map<String, String> settings) {
        FunctionDefinition function = RunnableFunction.definition(name + ".handler", settings);
        List<String> command = List.of("node", "node_modules/aws-lambda-ric/bin/index.mjs", function.handler());
        return new RunnableFunction(new Program(function, place.node(), command), output(name), answer);
    }

    private List<String> command(String name, FunctionDefinition function) throws IOException {
        return place.jvm().command(function, folder("runtime-of-" + name));
    }

    private Path unpacked(Path zip, String name) throws IOException {
        Path taskRoot = folder(name);
        PackageZip.unpack(zip, taskRoot);
        return taskRoot;
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    private Path output(String name) {
        return folder.resolve(name + ".log");
    }
}
