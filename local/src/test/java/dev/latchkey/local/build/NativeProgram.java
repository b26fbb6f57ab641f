package dev.latchkey.local.build;

import dev.latchkey.local.lambda.FunctionProcess;
import dev.latchkey.local.lambda.JvmSettings;
import dev.latchkey.local.lambda.LogListener;
import dev.latchkey.local.template.FunctionDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The native program that scripts/build --native makes, started by its bootstrap. */
final class NativeProgram {
    static final Path ZIP = Path.of("../functions/authorizer/target/authorizer-native.zip");
    static final String ALLOW = "\"Effect\":\"Allow\"";
    static final int MEMORY_MB = 512;

    private NativeProgram() {}

    /** The function, with settings and layers. */
    static FunctionDefinition definition(Map<String, String> settings, List<Path> layers, int memoryMb) {
        return new FunctionDefinition(
                "AuthorizerFunction",
                "provided.al2023",
                ZIP,
                layers,
                "dev.latchkey.authorizer.AuthorizerHandler",
                settings,
                Duration.ofSeconds(30),
                memoryMb,
                "JSON",
                "INFO");
    }

    /**
     * One of these functions, which starts with the first call.
     *
     * @param flags what {@code JAVA_TOOL_OPTIONS} holds
     */
    static FunctionProcess process(FunctionDefinition function, List<String> flags, LogListener listener) {
        return new FunctionProcess(function, Map.of(), JvmSettings.defaults().withFlags(flags), listener);
    }

    /** What a caller of Lambda's Invoke gets. */
    static String answer(FunctionProcess process, byte[] event) {
        return process.invoke("request", event).asPayload().text();
    }
}
