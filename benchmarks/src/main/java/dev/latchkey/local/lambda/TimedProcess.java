package dev.latchkey.local.lambda;

import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.TemporaryFolder;
import dev.latchkey.local.template.FunctionDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program of any kind under the Lambda Runtime API of {@code local}, with the time that it was started at. It stands in
 * this package because the API does not leave it.
 */
public final class TimedProcess implements AutoCloseable {

    private final Process process;
    private final RuntimeApi api;
    private final LoopbackServer server;
    private final long started;

    private TimedProcess(Process process, RuntimeApi api, LoopbackServer server, long started) {
        this.process = process;
        this.api = api;
        this.server = server;
        this.started = started;
    }

    /**
     * What to start.
     *
     * @param function its handler, environment and memory size
     * @param taskRoot its working directory
     */
    public record Program(FunctionDefinition function, Path taskRoot, List<String> command) {

        /** Copies the command. */
        public Program {
            command = List.copyOf(command);
        }
    }

    /** Unpacks a package into an empty folder as Lambda does, and gives the folder. */
    public static Path unpack(Path zip, Path folder) throws IOException {
        PackageZip.unpack(zip, folder);
        return folder;
    }

    /** The command by which {@code local} runs a function as Lambda's managed Java runtime does. */
    public static List<String> managedJava(FunctionDefinition function, JvmSettings settings, Path emptyFolder) {
        RuntimeClient client = RuntimeClient.in(settings.runtimeClient());
        return FunctionJvm.command(function, settings, client, new TemporaryFolder(emptyFolder));
    }

    /** These settings, for a function that Lambda starts from a snapshot. */
    public static Map<String, String> withSnapStart(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(FunctionDefinition.INITIALIZATION, FunctionDefinition.SNAP_START);
        return all;
    }

    /** Starts a program; what it prints goes into a file. */
    public static TimedProcess start(Program program, Path output) throws IOException {
        RuntimeApi api = new RuntimeApi(program.function(), Clock.systemUTC());
        LoopbackServer server = LoopbackServer.start("runtime-api", 0, "", api::handle);
        String endpoint = "127.0.0.1:" + server.port();
        ProcessBuilder builder = new ProcessBuilder(program.command())
                .directory(program.taskRoot().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(FunctionEnvironment.of(
                        program.function(), program.taskRoot(), program.taskRoot(), endpoint, Map.of()));
        long started = System.nanoTime();
        Process process;
        try {
            process = builder.start();
        } catch (IOException failed) {
            server.close();
            throw failed;
        }
        CompletableFuture<Void> unused = process.onExit().thenAccept(ended -> {
            String message = "exit status " + ended.exitValue() + ", see " + output;
            api.end(new InvocationResult.Crash("Runtime.ExitError", message));
        });
        return new TimedProcess(process, api, server, started);
    }

    /** Hands it one event and waits for the answer. */
    public InvocationResult invoke(byte[] event) {
        return api.invoke(UUID.randomUUID().toString(), event)
                .orElseGet(() -> new InvocationResult.Crash("Runtime.ExitError", "it ended while idle"));
    }

    /** Nanoseconds since just before it was started. */
    public long age() {
        return System.nanoTime() - started;
    }

    /** Nanoseconds since it was told to go on from its snapshot, for a function with SnapStart that was called. */
    public long sinceRestore() {
        return System.nanoTime() - api.restoredAt();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Asks it to end, and waits until it has, which a JVM that writes a cache takes a while for. */
    public void end(int seconds) throws InterruptedException {
        process.destroy();
        process.waitFor(seconds, TimeUnit.SECONDS);
    }

    /** Kills it. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        server.close();
    }
}
