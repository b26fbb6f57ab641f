package dev.latchkey.local.template;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A Lambda function as the template describes it.
 *
 * @param logicalId its name in the template, which is also its function name here
 * @param runtime the Lambda runtime, such as {@code java25} or {@code provided.al2023}
 * @param code the built zip: classes at the root and jars in {@code lib/}, or a {@code bootstrap} and all that it needs
 * @param layers zips of its layers, whose jars lie in {@code java/lib/}
 * @param handler the handler class, with or without {@code ::method}
 * @param environment the variables the template sets
 * @param timeout how long one invocation may take; Lambda's default is 3 s
 * @param memoryMb memory size in MB; Lambda's default is 128
 * @param logFormat {@code JSON} or {@code Text}; Lambda's default is Text
 * @param logLevel least application log level, such as {@code INFO}; empty where Lambda sets none, as with Text
 */
public record FunctionDefinition(
        String logicalId,
        String runtime,
        Path code,
        List<Path> layers,
        String handler,
        Map<String, String> environment,
        Duration timeout,
        int memoryMb,
        String logFormat,
        String logLevel) {

    /** The variable that tells a function how it is started (Lambda, Defined runtime environment variables). */
    public static final String INITIALIZATION = "AWS_LAMBDA_INITIALIZATION_TYPE";

    /** The value of {@link #INITIALIZATION} for a start from a snapshot. */
    public static final String SNAP_START = "snap-start";

    /** Copies the layers and the environment. */
    public FunctionDefinition {
        layers = List.copyOf(layers);
        environment = Map.copyOf(environment);
    }

    /** A function without layers. */
    public FunctionDefinition(
            String logicalId,
            String runtime,
            Path code,
            String handler,
            Map<String, String> environment,
            Duration timeout,
            int memoryMb,
            String logFormat,
            String logLevel) {
        this(logicalId, runtime, code, List.of(), handler, environment, timeout, memoryMb, logFormat, logLevel);
    }

    /** Whether the zip brings its own runtime, which its program {@code bootstrap} starts. */
    public boolean hasOwnRuntime() {
        return runtime.startsWith("provided");
    }
}
