package dev.latchkey.local.lambda;

import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.machine.TemporaryFolder;
import dev.latchkey.local.template.FunctionDefinition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One running JVM of a function, with its unpacked code and its Runtime API. It does not outlive this one. */
final class FunctionJvm implements AutoCloseable {
    private static final String BOOTSTRAP = "bootstrap";

    private static final String TOOL_OPTIONS = "JAVA_TOOL_OPTIONS";

    private final Sandbox sandbox;
    private final TemporaryFolder code;
    private final TemporaryFolder library;
    private final Thread shutdownHook = new Thread(this::release, "latchkey-stop");
    private final AtomicBoolean released = new AtomicBoolean();

    private FunctionJvm(Sandbox sandbox, TemporaryFolder code, TemporaryFolder library) {
        this.sandbox = sandbox;
        this.code = code;
        this.library = library;
    }

    /** Starts the JVM; it initializes while this returns. */
    static FunctionJvm start(
            FunctionDefinition function, Map<String, String> overrides, JvmSettings settings, LogListener listener) {
        RuntimeClient client = RuntimeClient.in(settings.runtimeClient());
        TemporaryFolder code = PackageZip.unpacked(function.code());
        TemporaryFolder library = TemporaryFolder.empty("latchkey-runtime-");
        try {
            for (Path layer : function.layers()) {
                PackageZip.addLayer(layer, code.path());
            }
            List<String> command = function.hasOwnRuntime()
                    ? List.of(code.path().resolve(BOOTSTRAP).toString())
                    : settings.command(function, library.path());
            Map<String, String> variables = variables(function, overrides, settings);
            Sandbox sandbox = Sandbox.start(
                    new Sandbox.Program(function, code.path(), client.folder(), command, variables), Redirect.PIPE);
            FunctionJvm jvm = new FunctionJvm(sandbox, code, library);
            jvm.watch(function.logicalId(), listener);
            return jvm;
        } catch (IOException | SetupException failed) {
            code.delete();
            library.delete();
            String program = function.hasOwnRuntime() ? BOOTSTRAP : settings.javaHome() + "/bin/java";
            throw new SetupException("Cannot start " + program + ": " + failed.getMessage(), failed);
        }
    }

    /** The variables for this run; a runtime of the function's own takes the JVM flags from one, unless it has that. */
    private static Map<String, String> variables(
            FunctionDefinition function, Map<String, String> overrides, JvmSettings settings) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (function.hasOwnRuntime()
                && !settings.flags().isEmpty()
                && !function.environment().containsKey(TOOL_OPTIONS)) {
            variables.put(TOOL_OPTIONS, String.join(" ", settings.flags()));
        }
        variables.putAll(overrides);
        return variables;
    }

    private void watch(String function, LogListener listener) {
        try {
            Runtime.getRuntime().addShutdownHook(shutdownHook);
        } catch (IllegalStateException shuttingDown) {
            release();
            return;
        }
        pump(function, LogListener.Stream.STDOUT, sandbox.standardOutput(), listener);
        pump(function, LogListener.Stream.STDERR, sandbox.standardError(), listener);
    }

    /** See {@link Sandbox#invoke}. */
    Optional<InvocationResult> invoke(String requestId, byte[] event) {
        return sandbox.invoke(requestId, event);
    }

    boolean isAlive() {
        return sandbox.isAlive();
    }

    long pid() {
        return sandbox.pid();
    }

    /** Asks the process to end, and waits; false when it has not ended by then. */
    boolean terminate(Duration patience) {
        return sandbox.terminate(patience);
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
        if (released.compareAndSet(false, true)) {
            sandbox.close();
            code.delete();
            library.delete();
        }
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
