package dev.latchkey.benchmarks.functions;

import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.lambda.Sandbox;
import dev.latchkey.local.template.FunctionDefinition;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A program of any kind under the Lambda Runtime API of {@code local}, with the time that it was started at. */
public final class TimedProcess implements AutoCloseable {

    private final Sandbox sandbox;

    private TimedProcess(Sandbox sandbox) {
        this.sandbox = sandbox;
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

    /** These settings, for a function that Lambda starts from a snapshot. */
    public static Map<String, String> withSnapStart(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(FunctionDefinition.INITIALIZATION, FunctionDefinition.SNAP_START);
        return all;
    }

    /** Starts a program; what it prints goes into a file. */
    public static TimedProcess start(Program program, Path output) throws IOException {
        Path taskRoot = program.taskRoot();
        return new TimedProcess(Sandbox.start(
                new Sandbox.Program(program.function(), taskRoot, taskRoot, program.command(), Map.of()),
                Redirect.to(output.toFile())));
    }

    /** Hands it one event and waits for the answer. */
    public InvocationResult invoke(byte[] event) {
        return sandbox.invoke(UUID.randomUUID().toString(), event)
                .orElseGet(() -> new InvocationResult.Crash("Runtime.ExitError", "it ended while idle"));
    }

    /** Nanoseconds since just before it was started. */
    public long age() {
        return System.nanoTime() - sandbox.startedAt();
    }

    /** Nanoseconds since it was told to go on from its snapshot, for a function with SnapStart that was called. */
    public long sinceRestore() {
        return System.nanoTime() - sandbox.restoredAt();
    }

    /** Nanoseconds that its threads, as far as they live, were on a processor (Linux, proc(5), schedstat). */
    public long processorTime() throws IOException {
        long sum = 0;
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid()), "task"))) {
            for (Path thread : threads.toList()) {
                String times = Files.readString(thread.resolve("schedstat"));
                sum += Long.parseLong(times.substring(0, times.indexOf(' ')));
            }
        }
        return sum;
    }

    /** Its process id. */
    public long pid() {
        return sandbox.pid();
    }

    /** Asks it to end, and waits until it has, which a JVM that writes a cache takes a while for. */
    public void end(Duration patience) {
        sandbox.terminate(patience);
    }

    /** Kills it. */
    @Override
    public void close() {
        sandbox.close();
    }
}
