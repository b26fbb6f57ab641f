package dev.latchkey.local.stack;

import dev.latchkey.local.lambda.JvmSettings;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a template is run.
 *
 * @param apiPort port of the REST API; 0 for any free one
 * @param httpApiPort port of the HTTP API; 0 for any free one
 * @param lambdaPort port of the Invoke endpoint; 0 for any free one
 * @param openApiPort port of the HTTP API without an authorizer; 0 for any free one
 * @param environment variables by function, stronger than the template's; those under {@value #ALL_FUNCTIONS} are for
 *     all functions
 * @param jvm how the functions' JVMs are started
 * @param clock the time that cached answers of authorizers are measured by
 */
public record StackOptions(
        int apiPort,
        int httpApiPort,
        int lambdaPort,
        int openApiPort,
        Map<String, Map<String, String>> environment,
        JvmSettings jvm,
        Clock clock) {
    /** Key of the variables for all functions, as in the AWS SAM CLI's {@code --env-vars} file. */
    public static final String ALL_FUNCTIONS = "Parameters";

    /** Copies the variables. */
    public StackOptions {
        Map<String, Map<String, String>> copy = new LinkedHashMap<>();
        environment.forEach((name, variables) -> copy.put(name, Map.copyOf(variables)));
        environment = Map.copyOf(copy);
    }

    /** Any free ports, no further variables, the JDK that runs this tool, the system's clock. */
    public static StackOptions defaults() {
        return new StackOptions(0, 0, 0, 0, Map.of(), JvmSettings.defaults(), Clock.systemUTC());
    }

    /** The same with other ports. */
    public StackOptions withPorts(int api, int httpApi, int lambda) {
        return new StackOptions(api, httpApi, lambda, openApiPort, environment, jvm, clock);
    }

    /** The same with another port of the HTTP API without an authorizer. */
    public StackOptions withOpenApiPort(int other) {
        return new StackOptions(apiPort, httpApiPort, lambdaPort, other, environment, jvm, clock);
    }

    /** The same with other variables. */
    public StackOptions withEnvironment(Map<String, Map<String, String>> other) {
        return new StackOptions(apiPort, httpApiPort, lambdaPort, openApiPort, other, jvm, clock);
    }

    /** The same with other JVM settings. */
    public StackOptions withJvm(JvmSettings other) {
        return new StackOptions(apiPort, httpApiPort, lambdaPort, openApiPort, environment, other, clock);
    }

    /** The same with another clock. */
    public StackOptions withClock(Clock other) {
        return new StackOptions(apiPort, httpApiPort, lambdaPort, openApiPort, environment, jvm, other);
    }

    /** The variables for one function. */
    Map<String, String> variablesOf(String function) {
        Map<String, String> variables = new LinkedHashMap<>(environment.getOrDefault(ALL_FUNCTIONS, Map.of()));
        variables.putAll(environment.getOrDefault(function, Map.of()));
        return variables;
    }
}
