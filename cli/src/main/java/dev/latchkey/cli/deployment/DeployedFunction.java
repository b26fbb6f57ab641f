package dev.latchkey.cli.deployment;

import dev.latchkey.config.Setting;
import dev.latchkey.config.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;

/**
 * A function as it is deployed.
 *
 * @param role what it is to the stack: the authorizer, or issue-key
 * @param configuration what Lambda tells of it
 */
record DeployedFunction(String role, GetFunctionConfigurationResponse configuration) {

    String name() {
        return configuration.functionName();
    }

    Map<String, String> environment() {
        return configuration.environment() == null
                ? Map.of()
                : configuration.environment().variables();
    }

    /** A setting as the function reads it. */
    Optional<String> setting(Setting setting) {
        return new SettingsReader(environment()).text(setting);
    }

    /** Likewise one that is a list; its usual value where it is unset. */
    List<String> list(Setting setting) {
        List<String> values = new SettingsReader(environment()).list(setting);
        return values.isEmpty() && !setting.usual().isEmpty() ? List.of(setting.usual()) : values;
    }

    String logGroup() {
        return configuration.loggingConfig() == null
                        || configuration.loggingConfig().logGroup() == null
                ? "/aws/lambda/" + name()
                : configuration.loggingConfig().logGroup();
    }
}
