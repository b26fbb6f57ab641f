package dev.latchkey.local.lambda;

import dev.latchkey.local.machine.LocalAccount;
import dev.latchkey.local.template.FunctionDefinition;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The environment variables of a function's process: those that Lambda defines, and the function's own (Lambda, Defined
 * runtime environment variables). Nothing of the developer's own environment gets in.
 */
final class FunctionEnvironment {
    private FunctionEnvironment() {}

    /**
     * The whole environment; later sources win: Lambda's, the template's, the overrides.
     *
     * @param runtimeApi host and port of the Runtime API
     * @param overrides variables for this run only
     */
    static Map<String, String> of(
            FunctionDefinition function,
            Path taskRoot,
            Path runtimeDir,
            String runtimeApi,
            Map<String, String> overrides) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        environment.put("_HANDLER", function.handler());
        environment.put("LAMBDA_TASK_ROOT", taskRoot.toString());
        environment.put("LAMBDA_RUNTIME_DIR", runtimeDir.toString());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", function.logicalId());
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(function.memoryMb()));
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        environment.put(FunctionDefinition.INITIALIZATION, "on-demand");
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.logicalId());
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
        environment.put("AWS_LAMBDA_LOG_FORMAT", function.logFormat());
        if (!function.logLevel().isEmpty()) {
            environment.put("AWS_LAMBDA_LOG_LEVEL", function.logLevel());
        }
        environment.put("AWS_REGION", LocalAccount.REGION);
        environment.put("AWS_DEFAULT_REGION", LocalAccount.REGION);
        environment.put("AWS_ACCESS_KEY_ID", "local");
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        environment.put("AWS_SESSION_TOKEN", "local");
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin:/opt/bin");
        environment.put("LANG", "en_US.UTF-8");
        environment.put("TZ", ":UTC");
        environment.putAll(function.environment());
        environment.putAll(overrides);
        return environment;
    }
}
