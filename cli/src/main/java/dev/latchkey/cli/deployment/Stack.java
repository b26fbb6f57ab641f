package dev.latchkey.cli.deployment;

import java.util.Map;
import java.util.Optional;

/**
 * A stack of AWS CloudFormation.
 *
 * @param status how its last change ended
 * @param parameters values by parameter
 * @param outputs values by output
 * @param resources physical ids by logical id; empty where they cannot be read
 */
public record Stack(
        String name,
        String status,
        Map<String, String> parameters,
        Map<String, String> outputs,
        Map<String, String> resources) {

    /** Copies the maps. */
    public Stack {
        parameters = Map.copyOf(parameters);
        outputs = Map.copyOf(outputs);
        resources = Map.copyOf(resources);
    }

    Optional<String> parameter(String parameter) {
        return Optional.ofNullable(parameters.get(parameter)).filter(value -> !value.isEmpty());
    }

    Optional<String> resource(String logicalId) {
        return Optional.ofNullable(resources.get(logicalId)).filter(id -> !id.isEmpty());
    }
}
