package dev.latchkey.provided;

import dev.latchkey.jwt.TokenCheck;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts the authorizer under the Lambda Runtime API as a native program. Checks of good keys are those that were compiled
 * in.
 */
public final class NativeMain {
    private static final String LAYERS = "/opt/java/lib";

    private NativeMain() {}

    /**
     * Answers events until nothing more can be done.
     *
     * @throws IOException if the Runtime API does not work
     */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> environment = System.getenv();
        takeProperties(environment.getOrDefault("JAVA_TOOL_OPTIONS", ""));
        AuthorizerMain.trustTheSystem();
        AuthorizerMain.run(environment, () -> checks(environment.getOrDefault("LAMBDA_TASK_ROOT", ".")));
        System.exit(1);
    }

    private static List<TokenCheck> checks(String taskRoot) {
        List<String> jars = Stream.of(taskRoot + "/lib", LAYERS)
                .flatMap(folder -> Stream.ofNullable(new File(folder).list()).flatMap(Stream::of))
                .filter(name -> name.endsWith(".jar"))
                .sorted()
                .toList();
        if (!jars.isEmpty()) {
            throw new IllegalStateException(
                    "a native program takes no classes from layers, got " + String.join(", ", jars)
                            + ". Build the check in (docs/runtimes.md), or deploy another package with AuthorizerLayerArn");
        }
        return AuthorizerMain.checks();
    }

    /** Sets the system properties among the options of a JVM, the only ones that mean something here. */
    private static void takeProperties(String options) {
        for (String option : options.trim().split("\\s+", -1)) {
            int equals = option.indexOf('=');
            if (option.startsWith("-D") && equals > 2) {
                System.setProperty(option.substring(2, equals), option.substring(equals + 1));
            } else if (!option.isEmpty()) {
                throw new IllegalArgumentException(
                        "JAVA_TOOL_OPTIONS: a native program takes options such as -Dname=value only, got " + option);
            }
        }
    }
}
