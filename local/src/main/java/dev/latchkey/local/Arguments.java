package dev.latchkey.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.stack.KeySettings;
import dev.latchkey.local.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The command line of {@link LocalMain}. */
record Arguments(
        Path template,
        Map<String, String> parameters,
        StackOptions options,
        int pagePort,
        @Nullable Algorithm algorithm,
        boolean check,
        boolean settings,
        boolean verbose,
        boolean help) {
    static final String USAGE = """
            Runs Latchkey on this machine: its functions, an API Gateway and a Lambda, all on loopback.

            Usage: scripts/local [options]

              --check                 issue a key, try good and bad ones, and end; 0 only if all checks hold
              --settings              start each function with the template's settings, say what it says of them, and end;
                                      0 only if all work
              --algorithm NAME        algorithm of the throw-away key (default: RS256)
              --template FILE         the SAM template (default: template.yaml)
              --port N                port of the REST API; 0 takes any (default: 3000)
              --http-port N           port of the HTTP API; 0 takes any (default: 3002)
              --lambda-port N         port of the Invoke endpoint; 0 takes any (default: 3001)
              --publish-port N        port of the status lists and public keys; 0 takes any (default: 3004)
              --page-port N           port of the playground, a page to look at; 0 takes any (default: 3003)
              --parameter Name=Value  value of a template parameter; repeatable
              --env-vars FILE         JSON with variables by function, as for sam local:
                                      {"FunctionLogicalId": {"NAME": "value"}, "Parameters": {"NAME": "for all"}}
              --java-home DIR         JDK that runs the functions (default: the one that runs this)
              --verbose               also print what the functions log
              --help                  print this

            The table of keys and the queue are in moto server, where scripts/local could install it, as long as this
            runs. --parameter "RotateEvery=90 days" keeps the throw-away key there, too, in a secret, where scripts/keys rotate
            moves it on. AWS_ENDPOINT_URL_DYNAMODB or AWS_ENDPOINT_URL names another DynamoDB, which has the table KeysTable.
            """;

    /** The same with values of further template parameters. */
    Arguments withParameters(Map<String, String> further) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.putAll(further);
        return new Arguments(template, all, options, pagePort, algorithm, check, settings, verbose, help);
    }

    private static final int DEFAULT_API_PORT = 3000;
    private static final int DEFAULT_LAMBDA_PORT = 3001;
    private static final int DEFAULT_HTTP_API_PORT = 3002;
    private static final int DEFAULT_PAGE_PORT = 3003;
    private static final int DEFAULT_PUBLISH_PORT = 3004;

    /** What the arguments say; a {@link SetupException} when they cannot be understood. */
    static Arguments parse(List<String> arguments) {
        Path template = Path.of("template.yaml");
        Map<String, String> parameters = new LinkedHashMap<>();
        int apiPort = DEFAULT_API_PORT;
        int httpApiPort = DEFAULT_HTTP_API_PORT;
        int lambdaPort = DEFAULT_LAMBDA_PORT;
        int pagePort = DEFAULT_PAGE_PORT;
        int publishPort = DEFAULT_PUBLISH_PORT;
        StackOptions options = StackOptions.defaults();
        @Nullable Algorithm algorithm = null;
        boolean check = false;
        boolean settings = false;
        boolean verbose = false;
        boolean help = false;
        for (int i = 0; i < arguments.size(); i++) {
            String flag = arguments.get(i);
            switch (flag) {
                case "--check" -> check = true;
                case "--settings" -> settings = true;
                case "--verbose" -> verbose = true;
                case "--help", "-h" -> help = true;
                case "--algorithm",
                        "--template",
                        "--port",
                        "--http-port",
                        "--lambda-port",
                        "--page-port",
                        "--publish-port",
                        "--parameter",
                        "--env-vars",
                        "--java-home" -> {
                    i++;
                    String value = value(flag, i < arguments.size() ? arguments.get(i) : null);
                    switch (flag) {
                        case "--algorithm" -> algorithm = KeySettings.algorithm(value);
                        case "--template" -> template = Path.of(value);
                        case "--port" -> apiPort = port(flag, value);
                        case "--http-port" -> httpApiPort = port(flag, value);
                        case "--lambda-port" -> lambdaPort = port(flag, value);
                        case "--page-port" -> pagePort = port(flag, value);
                        case "--publish-port" -> publishPort = port(flag, value);
                        case "--parameter" -> parameter(value, parameters);
                        case "--env-vars" -> options = options.withEnvironment(environment(Path.of(value)));
                        default -> options = options.withJvm(options.jvm().withJavaHome(Path.of(value)));
                    }
                }
                default -> throw new SetupException("Unknown option " + flag + "; --help lists the options");
            }
        }
        return new Arguments(
                template,
                parameters,
                options.withPorts(apiPort, httpApiPort, lambdaPort).withOpenApiPort(publishPort),
                pagePort,
                algorithm,
                check,
                settings,
                verbose,
                help);
    }

    private static String value(String flag, @Nullable String value) {
        if (value == null) {
            throw new SetupException(flag + " needs a value; --help lists the options");
        }
        return value;
    }

    private static int port(String flag, String value) {
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notNumber) {
            throw new SetupException(flag + " must be 0 to 65535, got " + value, notNumber);
        }
        throw new SetupException(flag + " must be 0 to 65535, got " + value);
    }

    private static void parameter(String value, Map<String, String> parameters) {
        int equals = value.indexOf('=');
        if (equals < 1) {
            throw new SetupException("--parameter needs Name=Value");
        }
        parameters.put(value.substring(0, equals), value.substring(equals + 1));
    }

    private static Map<String, Map<String, String>> environment(Path file) {
        JsonNode root;
        try {
            root = JsonTree.parse(Files.readAllBytes(file))
                    .filter(JsonNode::isObject)
                    .orElseThrow(() -> new SetupException("--env-vars: " + file + " is not a JSON object"));
        } catch (IOException unreadable) {
            throw new SetupException("--env-vars: cannot read " + file + ": " + unreadable, unreadable);
        }
        Map<String, Map<String, String>> environment = new LinkedHashMap<>();
        root.properties().forEach(function -> {
            Map<String, String> variables = new LinkedHashMap<>();
            function.getValue().properties().forEach(variable -> {
                if (!variable.getValue().isValueNode() || variable.getValue().isNull()) {
                    throw new SetupException("--env-vars: " + function.getKey() + "." + variable.getKey() + " in "
                            + file + " must be a text");
                }
                variables.put(variable.getKey(), variable.getValue().asText());
            });
            environment.put(function.getKey(), variables);
        });
        return environment;
    }
}
