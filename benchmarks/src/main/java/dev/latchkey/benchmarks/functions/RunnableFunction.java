package dev.latchkey.benchmarks.functions;

import dev.latchkey.benchmarks.functions.TimedProcess.Program;
import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.template.FunctionDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A function that can be started as often as one likes.
 *
 * @param program what to start
 * @param output the file for what it prints
 * @param answer what its answer to a good key contains
 */
public record RunnableFunction(Program program, Path output, String answer) {

    /** What an authorizer's answer to a good key contains. */
    public static final String ALLOW = "\"Effect\":\"Allow\"";

    /** What an answer to an HTTP API that went well contains. */
    static final String OK = "\"statusCode\":200";

    /** Memory size of the functions. */
    static final int MEMORY_MB = 512;

    /** A handler with its settings, as a template defines it. */
    static FunctionDefinition definition(String handler, Map<String, String> settings) {
        return new FunctionDefinition(
                "Benchmark",
                "java25",
                Path.of(""),
                handler,
                settings,
                Duration.ofMinutes(1),
                MEMORY_MB,
                "JSON",
                "INFO");
    }

    /** The same with one more JVM flag. */
    public RunnableFunction withFlag(String flag) {
        List<String> command = new ArrayList<>(program.command());
        // It means the archive of the JDK itself, and the JVM refuses it beside a cache.
        command.remove("-Xshare:auto");
        command.add(1, flag);
        return new RunnableFunction(new Program(program.function(), program.taskRoot(), command), output, answer);
    }

    /** Starts it. */
    public TimedProcess start() throws IOException {
        return TimedProcess.start(program, output);
    }

    /**
     * Calls it.
     *
     * @throws IllegalStateException if the answer is not the expected one
     */
    public void call(TimedProcess process, byte[] event) {
        InvocationResult result = process.invoke(event);
        String text = new String(result.asPayload().bytes(), StandardCharsets.UTF_8);
        if (!(result instanceof InvocationResult.Success) || !text.contains(answer)) {
            throw new IllegalStateException(String.join(" ", program.command()) + " answered " + text + ", expected "
                    + answer + ". What it printed is in " + output);
        }
    }
}
