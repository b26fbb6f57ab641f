package dev.latchkey.local.lambda;

import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.machine.TemporaryFolder;
import dev.latchkey.local.template.FunctionDefinition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One running JVM of a function, with its unpacked code and its Runtime API. It does not outlive this one. */
final class FunctionJvm implements AutoCloseable {
    private static final String BOOTSTRAP = "bootstrap";

    private final Process process;
    private final RuntimeApi api;
    private final LoopbackServer server;
    private final TemporaryFolder code;
    private final TemporaryFolder library;
    private final Thread shutdownHook = new Thread(this::release, "latchkey-stop");
    private final AtomicBoolean released = new AtomicBoolean();

    private FunctionJvm(
            Process process, RuntimeApi api, LoopbackServer server, TemporaryFolder code, TemporaryFolder library) {
        this.process = process;
        this.api = api;
        this.server = server;
        this.code = code;
        this.library = library;
    }

    /** Starts the JVM; it initializes while this returns. */
    static FunctionJvm start(
            FunctionDefinition function, Map<String, String> overrides, JvmSettings settings, LogListener listener) {
        RuntimeClient client = RuntimeClient.in(settings.runtimeClient());
        TemporaryFolder code = PackageZip.unpacked(function.code());
        TemporaryFolder library = TemporaryFolder.empty("latchkey-runtime-");
        RuntimeApi api = new RuntimeApi(function, Clock.systemUTC());
        LoopbackServer server = LoopbackServer.start("runtime-api-" + function.logicalId(), 0, "", api::handle);
        try {
            List<String> command = function.hasOwnRuntime()
                    ? List.of(code.path().resolve(BOOTSTRAP).toString())
                    : command(function, settings, client, library);
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(code.path().toFile());
            builder.environment().clear();
            if (function.hasOwnRuntime() && !settings.flags().isEmpty()) {
                builder.environment().put("JAVA_TOOL_OPTIONS", String.join(" ", settings.flags()));
            }
            builder.environment()
                    .putAll(FunctionEnvironment.of(
                            function, code.path(), client.folder(), "127.0.0.1:" + server.port(), overrides));
            FunctionJvm jvm = new FunctionJvm(builder.start(), api, server, code, library);
            jvm.watch(function.logicalId(), listener);
            return jvm;
        } catch (IOException | SetupException failed) {
            server.close();
            code.delete();
            library.delete();
            String program = function.hasOwnRuntime() ? BOOTSTRAP : settings.javaHome() + "/bin/java";
            throw new SetupException("Cannot start " + program + ": " + failed.getMessage(), failed);
        }
    }

    static List<String> command(
            FunctionDefinition function, JvmSettings settings, RuntimeClient client, TemporaryFolder library) {
        List<String> command = new ArrayList<>();
        command.add(settings.javaHome().resolve("bin").resolve("java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Xshare:auto");
        // The machine that Lambda gives a function has no more than that; the JVM sizes its heap by it.
        command.add("-XX:MaxRAM=" + function.memoryMb() + "m");
        command.add("-XX:MaxHeapSize=" + function.memoryMb() * 1024L * 85 / 100 + "k");
        command.add(client.unpackLibrary(library.path()));
        command.add(RuntimeClient.SNAPSHOT_HOOKS);
        command.addAll(settings.flags());
        command.add("-classpath");
        command.add(client.classPath());
        command.add(RuntimeClient.MAIN_CLASS);
        command.add(function.handler());
        return command;
    }

    private void watch(String function, LogListener listener) {
        try {
            Runtime.getRuntime().addShutdownHook(shutdownHook);
        } catch (IllegalStateException shuttingDown) {
            release();
            return;
        }
        pump(function, LogListener.Stream.STDOUT, process.getInputStream(), listener);
        pump(function, LogListener.Stream.STDERR, process.getErrorStream(), listener);
        CompletableFuture<Void> unused = process.onExit().thenAccept(ended -> {
            String message = "Runtime exited with error: exit status " + ended.exitValue();
            api.end(new InvocationResult.Crash("Runtime.ExitError", message));
        });
    }

    /** See {@link RuntimeApi#invoke}. */
    Optional<InvocationResult> invoke(String requestId, byte[] event) {
        return api.invoke(requestId, event);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Asks the process to end, and waits; false when it has not ended by then. */
    boolean terminate(Duration patience) {
        // The handle leaves the pipes open, which the process may write to until its end.
        process.toHandle().destroy();
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Kills the process and deletes its files. */
    @Override
    public void close() {
        release();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running or has run; it does the same.
            return;
        }
    }

    private void release() {
        if (!released.compareAndSet(false, true)) {
            return;
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        api.end(new InvocationResult.Crash("Sandbox.Closed", "The function was stopped"));
        server.close();
        code.delete();
        library.delete();
    }

    private static void pump(String function, LogListener.Stream stream, InputStream in, LogListener listener) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                        lines.lines().forEach(line -> listener.line(function, stream, line));
                    } catch (IOException | UncheckedIOException closed) {
                        listener.line(function, stream, "");
                    }
                },
                "log-" + function);
        thread.setDaemon(true);
        thread.start();
    }
}
