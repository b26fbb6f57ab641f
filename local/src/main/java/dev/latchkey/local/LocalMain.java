package dev.latchkey.local;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.NewKeyRing;
import dev.latchkey.local.check.Check;
import dev.latchkey.local.check.Journal;
import dev.latchkey.local.check.SettingsCheck;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.page.Decisions;
import dev.latchkey.local.page.Playground;
import dev.latchkey.local.services.Services;
import dev.latchkey.local.stack.KeySettings;
import dev.latchkey.local.stack.LocalStack;
import dev.latchkey.local.stack.StackListener;
import dev.latchkey.local.stack.StackOptions;
import dev.latchkey.local.template.FunctionDefinition;
import dev.latchkey.local.template.Template;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Runs Latchkey's template on this machine until it is stopped with Ctrl-C: what {@code scripts/local} runs. The exit
 * code is 2 when the options, the template or the machine keep it from starting, and 1 when a check fails.
 */
public final class LocalMain {
    private static final int EXIT_CHECK = 1;
    private static final int EXIT_SETUP = 2;
    private static final List<String> KNOWING_THE_KEY = List.of("PublishFunction", "RotateKeysFunction");
    private static final String SECRET = "latchkey/signing";

    /** AWS's emulator, where scripts/common.sh installs it. */
    private static final Path MOTO = Path.of(".venv/bin/moto_server");

    /** Where {@code --check} leaves what it asked and what the functions logged. */
    private static final Path JOURNAL = Path.of("target/local-check.log");

    private LocalMain() {}

    /** Starts with the options that {@code --help} lists. */
    public static void main(String[] arguments) {
        int exit = run(List.of(arguments), System.getenv(), System.out, System.err);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    /** Starts; the exit code, 0 when the servers are running, all checks hold or only help was asked for. */
    static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            Arguments parsed = Arguments.parse(arguments);
            if (parsed.help()) {
                out.print(Arguments.USAGE);
                return 0;
            }
            if (parsed.settings()) {
                return settings(parsed, out);
            }
            return parsed.check() ? check(parsed, out) : serve(parsed, environment, out);
        } catch (SetupException mistake) {
            err.println(mistake.getMessage());
            return EXIT_SETUP;
        }
    }

    /** The key's own settings count here, since a deployment has them, too. */
    private static int settings(Arguments arguments, PrintStream out) {
        StackOptions options = arguments.options().withPorts(0, 0, 0).withOpenApiPort(0);
        Template template = Template.read(arguments.template(), arguments.parameters());
        try (LocalStack stack = LocalStack.start(template, options, StackListener.none())) {
            return new SettingsCheck(stack, out).passes() ? 0 : EXIT_CHECK;
        }
    }

    private static int check(Arguments arguments, PrintStream out) {
        Algorithm algorithm = arguments.algorithm() == null ? Algorithm.RS256 : arguments.algorithm();
        StackOptions options = arguments.options().withPorts(0, 0, 0).withOpenApiPort(0);
        Optional<Services> services = Services.start(MOTO);
        KeySettings keys = KeySettings.of(where(services), algorithm);
        try (Journal journal = Journal.in(JOURNAL);
                LocalStack stack = start(arguments, options, keys, services, new Console(journal, true))) {
            Optional<Supplier<LocalStack>> rotating = services.map(
                    running -> rotating(arguments, options, running, algorithm, new Console(journal, true)));
            return new Check(stack, rotating, out, journal).passes() ? 0 : EXIT_CHECK;
        } finally {
            services.ifPresent(Services::close);
        }
    }

    /**
     * Starts stacks, one after the other, whose key ring is in a secret, and in which API Gateway itself guards a third
     * API where it knows the algorithm.
     */
    private static Supplier<LocalStack> rotating(
            Arguments arguments, StackOptions options, Services services, Algorithm algorithm, StackListener listener) {
        services.createSecret(SECRET, NewKeyRing.of(algorithm).secretText());
        KeySettings keys = KeySettings.inSecret(SECRET, algorithm, services.endpoint());
        boolean hasOwnClaims =
                arguments.parameters().keySet().stream().anyMatch(Set.of("Issuer", "Audience")::contains);
        if (algorithm.family() != Algorithm.Family.RSA || hasOwnClaims) {
            return () -> start(arguments, options, keys, Optional.empty(), listener);
        }
        int port = Ports.anyFree();
        String issuer = "http://127.0.0.1:" + port;
        Arguments guarded = arguments.withParameters(
                Map.of("JwtAuthorizer", "on", "Issuer", issuer, "Audience", "https://api.example.com"));
        Map<String, Map<String, String>> environment = new LinkedHashMap<>(options.environment());
        environment.merge("PublishFunction", Map.of("PLUGIN_JWT_STATUS_LIST_BASE", issuer), (given, base) -> given);
        StackOptions published = options.withOpenApiPort(port).withEnvironment(environment);
        return () -> start(guarded, published, keys, Optional.empty(), listener);
    }

    private static int serve(Arguments arguments, Map<String, String> environment, PrintStream out) {
        Ports.requireFree(arguments);
        boolean isElsewhere = environment.keySet().stream().anyMatch(name -> name.startsWith("AWS_ENDPOINT_URL"));
        Optional<Services> services = isElsewhere ? Optional.empty() : Services.start(MOTO);
        try {
            serve(arguments, environment, services, out);
        } catch (SetupException broken) {
            services.ifPresent(Services::close);
            throw broken;
        }
        return 0;
    }

    private static void serve(
            Arguments arguments, Map<String, String> environment, Optional<Services> services, PrintStream out) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(where(services));
        KeySettings keys = keys(arguments, all, services);
        Console console = new Console(out::println, arguments.verbose());
        Decisions decisions = new Decisions();
        StartUp startUp = new StartUp();
        StackListener listener = startUp.quiet(StackListener.both(console, decisions));
        LocalStack stack = start(arguments, arguments.options(), keys, services, listener);
        try {
            startUp.check(stack);
            Playground page = Playground.start(arguments.pagePort(), stack, decisions);
            announce(stack, services.isPresent(), page.url(), keys.algorithm(), console);
        } catch (SetupException broken) {
            stack.close();
            throw broken;
        }
    }

    /** Where a rotation is asked for, the throw-away key ring is in a secret. */
    private static KeySettings keys(Arguments arguments, Map<String, String> environment, Optional<Services> services) {
        KeySettings keys = KeySettings.of(environment, arguments.algorithm());
        if (services.isEmpty() || !keys.isThrowAway() || !arguments.parameters().containsKey("RotateEvery")) {
            return keys;
        }
        services.get().createSecret(SECRET, NewKeyRing.of(keys.algorithm()).secretText());
        return KeySettings.inSecret(SECRET, keys.algorithm(), services.get().endpoint());
    }

    private static Map<String, String> where(Optional<Services> services) {
        return services.map(running ->
                        Map.of(KeySettings.DYNAMODB, running.endpoint().toString()))
                .orElseGet(Map::of);
    }

    private static LocalStack start(
            Arguments arguments,
            StackOptions options,
            KeySettings keys,
            Optional<Services> services,
            StackListener listener) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("Algorithm", keys.algorithm().name());
        parameters.put("LogLevel", "DEBUG");
        parameters.putAll(arguments.parameters());
        Template template = Template.read(arguments.template(), parameters);
        Map<String, Map<String, String>> variables = new LinkedHashMap<>(keys.environment(options.environment()));
        for (FunctionDefinition function : template.functions()) {
            if (KNOWING_THE_KEY.contains(function.logicalId())) {
                variables.put(function.logicalId(), keys.of(function.logicalId(), options.environment()));
            }
        }
        return LocalStack.start(template, options.withEnvironment(variables), services.orElse(null), listener);
    }

    private static void announce(LocalStack stack, boolean keepsKeys, URI page, Algorithm algorithm, Console console) {
        console.print("Latchkey runs at " + stack.apiUrl() + " with " + algorithm + " keys. Stop it with Ctrl-C.");
        stack.httpApiUrl().ifPresent(url -> console.print("Its HTTP API is at " + url + "."));
        console.print("Lambda's Invoke API is at " + stack.lambdaUrl() + ", for AWS_ENDPOINT_URL_LAMBDA.");
        console.print(
                keepsKeys
                        ? "Status lists and public keys are published at " + stack.openApiUrl() + "."
                        : "Keys cannot be listed, rolled or revoked here: there is no table. Python 3.10 or newer brings one.");
        console.print("A page to try it on is at " + page + ".");
        console.print("");
        console.print("Create a key:");
        console.print(
                "  KEY=$(curl -s -d '{\"action\":\"createApiKey\",\"customerId\":\"cus_1\",\"email\":\"a@b.co\"}' \\");
        console.print("    " + stack.lambdaUrl() + "/2015-03-31/functions/IssueKeyFunction/invocations"
                + " | sed 's/.*\"apikey\":\"\\([^\"]*\\)\".*/\\1/')");
        console.print("Call the REST API with it:");
        console.print("  curl -i -H \"Authorization: Bearer $KEY\" " + stack.apiUrl() + "/orders");
        stack.httpApiUrl().ifPresent(url -> {
            console.print("Call the HTTP API with it:");
            console.print("  curl -i -H \"Authorization: Bearer $KEY\" " + url + "/orders");
        });
        console.print("Call the REST API with a broken one:");
        console.print("  curl -i -H \"Authorization: Bearer ${KEY}x\" " + stack.apiUrl() + "/orders");
        if (keepsKeys) {
            console.print("List that customer's keys; scripts/keys --help names what else can be done with them:");
            console.print("  scripts/keys --endpoint " + stack.lambdaUrl() + " list cus_1");
        }
        console.print("");
    }
}
