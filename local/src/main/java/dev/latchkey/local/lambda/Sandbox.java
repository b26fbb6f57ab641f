package dev.latchkey.local.lambda;

import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.template.FunctionDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program of any kind under a Lambda Runtime API of its own, as Lambda runs one function. */
public final class Sandbox implements AutoCloseable {
    private final Process process;
    private final RuntimeApi api;
    private final LoopbackServer server;
    private final long startedAt;

    private Sandbox(Process process, RuntimeApi api, LoopbackServer server, long startedAt) {
        this.process = process;
        this.api = api;
        this.server = server;
        this.startedAt = startedAt;
    }

    /**
     * What to start.
     *
     * @param function its handler, environment and memory size
     * @param taskRoot its working directory
     * @param runtime the folder that Lambda's managed runtimes are in
     * @param command the program and its arguments
     * @param overrides variables for this run, stronger than the function's and Lambda's
     */
    public record Program(
            FunctionDefinition function,
            Path taskRoot,
            Path runtime,
            List<String> command,
            Map<String, String> overrides) {

        /** Copies the command and the variables. */
        public Program {
            command = List.copyOf(command);
            overrides = Map.copyOf(overrides);
        }
    }

    /**
     * Starts a program; it initializes while this returns.
     *
     * @param output where its standard output and standard error go
     * @throws IOException when it cannot be started
     */
    public static Sandbox start(Program program, Redirect output) throws IOException {
        RuntimeApi api = new RuntimeApi(program.function(), Clock.systemUTC());
        String name = "runtime-api-" + program.function().logicalId();
        LoopbackServer server = LoopbackServer.start(name, 0, "", api::handle);
        ProcessBuilder builder = new ProcessBuilder(program.command())
                .directory(program.taskRoot().toFile())
                .redirectOutput(output)
                .redirectError(output)
                .redirectErrorStream(!output.equals(Redirect.PIPE));
        builder.environment().clear();
        builder.environment()
                .putAll(FunctionEnvironment.of(
                        program.function(),
                        program.taskRoot(),
                        program.runtime(),
                        "127.0.0.1:" + server.port(),
                        program.overrides()));
        Sandbox sandbox;
        long startedAt = System.nanoTime();
        try {
            sandbox = new Sandbox(builder.start(), api, server, startedAt);
        } catch (IOException failed) {
            server.close();
            throw failed;
        }
        CompletableFuture<Void> unused = sandbox.process.onExit().thenAccept(ended -> {
            String message = "Runtime exited with error: exit status " + ended.exitValue();
            api.end(new InvocationResult.Crash("Runtime.ExitError", message));
        });
        return sandbox;
    }

    /**
     * Hands an event over and waits for the end, which is at the latest the function's timeout after that; one caller at
     * a time. Empty when the program, which had been idle before, ended without having taken the event: it is then safe
     * to hand it to another one.
     */
    public Optional<InvocationResult> invoke(String requestId, byte[] event) {
        return api.invoke(requestId, event);
    }

    /** When it was started, by {@link System#nanoTime}: just before. */
    public long startedAt() {
        return startedAt;
    }

    /** When it was told to go on from its snapshot, by {@link System#nanoTime}; 0 where it has no SnapStart. */
    public long restoredAt() {
        return api.restoredAt();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Asks it to end, and waits; false when it has not ended by then. */
    public boolean terminate(Duration patience) {
        // The handle leaves the pipes open, which the process may write to until its end.
        process.toHandle().destroy();
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Kills it, and waits for its end; an invocation under way ends as a crash. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        api.end(new InvocationResult.Crash("Sandbox.Closed", "The function was stopped"));
        server.close();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it writes to its standard output; empty where that goes elsewhere. */
    InputStream standardOutput() {
        return process.getInputStream();
    }

    /** What it writes to its standard error; empty where that goes elsewhere. */
    InputStream standardError() {
        return process.getErrorStream();
    }
}
