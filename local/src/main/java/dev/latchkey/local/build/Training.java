package dev.latchkey.local.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.config.Settings;
import dev.latchkey.local.lambda.FunctionProcess;
import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.lambda.JvmSettings;
import dev.latchkey.local.lambda.LogListener;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.SetupException;
import dev.latchkey.local.template.FunctionDefinition;
import dev.latchkey.local.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Training runs, from which the JVM learns what to put into an AOT cache: the authorizer of a package answers every event
 * of {@code events/} and tokens of RS256 keys, and its JVM writes at its end what it has loaded.
 *
 * <p>Keys of other kinds are left out: what they need would cost every start more than it spares them.
 */
final class Training {
    private static final String STATUS_LIST_BASE = Settings.STATUS_LIST_BASE.prefixed();
    private static final String FUNCTION = "AuthorizerFunction";

    /** Starting without a cache and writing one take seconds, many on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Without a cache, on a busy machine, keys that are fetched may come too late for the first calls. */
    private static final int ATTEMPTS = 60;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final FunctionDefinition function;
    private final Path events;
    private final String secret;
    private final TrainingKey jwkSet = TrainingKey.jwkSet();
    private final TrainingKey jwk = TrainingKey.jwk();
    private final TrainingKey pem = TrainingKey.pem();

    /**
     * Training of a package, with the settings that the template gives the authorizer.
     *
     * @param zip the package, without the caches
     * @param events the folder with the events, and {@code env.json} with the secret of their tokens
     * @param template the template, with its parameters at their defaults
     */
    Training(Path zip, Path events, Path template) throws IOException {
        FunctionDefinition deployed = Template.read(template, Map.of()).functions().stream()
                .filter(one -> one.logicalId().equals(FUNCTION))
                .findFirst()
                .orElseThrow(() -> new SetupException(template + " has no " + FUNCTION));
        this.function = new FunctionDefinition(
                FUNCTION,
                "provided.al2023",
                zip,
                deployed.handler(),
                deployed.environment(),
                Duration.ofSeconds(60),
                deployed.memoryMb(),
                deployed.logFormat(),
                deployed.logLevel());
        this.events = events;
        this.secret = json(events.resolve("env.json"))
                .path(FUNCTION)
                .path(Settings.VERIFY_KEY.plain())
                .asText();
    }

    /** With a secret from the Secrets extension, all other keys in the settings, and no status lists. */
    void withKeysAtHand(Path cache) throws IOException {
        ArrayNode issuers = JsonTree.array();
        List<TrainingKey> keys = List.of(jwkSet, jwk, pem);
        keys.forEach(key -> issuer(issuers, key).put("verify_key", key.verifying()));
        try (LoopbackServer extension =
                LoopbackServer.start("extension", 0, "", exchange -> TrainingServices.secret(secret))) {
            Map<String, String> environment = Map.of(
                    Settings.EXTENSION_PORT.name(),
                    String.valueOf(extension.port()),
                    Settings.EXTENSION_CACHE.name(),
                    "false",
                    Settings.SECRET_ID.prefixed(),
                    "training",
                    STATUS_LIST_BASE,
                    "",
                    Settings.ISSUERS.plain(),
                    issuers.toString());
            record(cache, environment, List.of(), keys);
        }
    }

    /** With a secret of Secrets Manager, published keys and a status list, all read over TLS. */
    void withKeysFromTheNetwork(Path cache) throws IOException {
        try (TrainingServices services = TrainingServices.start(secret, jwkSet.verifying())) {
            ArrayNode issuers = JsonTree.array();
            issuer(issuers, jwkSet).put("jwks_uri", services.jwksUri());
            Map<String, String> environment = Map.of(
                    "AWS_ENDPOINT_URL",
                    services.endpoint(),
                    Settings.SECRET_ID.prefixed(),
                    "training",
                    STATUS_LIST_BASE,
                    services.endpoint(),
                    Settings.ISSUERS.plain(),
                    issuers.toString());
            record(cache, environment, services.flags(), List.of(jwkSet));
        }
    }

    private static ObjectNode issuer(ArrayNode issuers, TrainingKey key) {
        ObjectNode issuer = issuers.addObject().put("issuer", key.issuer()).put("audience", TrainingKey.AUDIENCE);
        issuer.putArray("algorithms").add("RS256");
        return issuer;
    }

    private void record(Path cache, Map<String, String> environment, List<String> flags, List<TrainingKey> known)
            throws IOException {
        List<String> lines = new ArrayList<>();
        List<String> all = new ArrayList<>(flags);
        all.add("-XX:AOTCacheOutput=" + cache.toAbsolutePath());
        JvmSettings settings = JvmSettings.defaults().withFlags(all);
        LogListener listener = (name, stream, line) -> {
            synchronized (lines) {
                lines.add(line);
            }
        };
        try (FunctionProcess process = new FunctionProcess(function, environment, settings, listener)) {
            answer(process, known);
            if (!process.end(PATIENCE) || !Files.isRegularFile(cache)) {
                throw new SetupException("it wrote no cache");
            }
        } catch (SetupException failed) {
            synchronized (lines) {
                throw new SetupException(
                        "the training run failed: " + failed.getMessage() + "\n" + String.join("\n", lines), failed);
            }
        }
    }

    private void answer(FunctionProcess process, List<TrainingKey> known) throws IOException {
        JsonNode good = json(events.resolve("authorizer-token.json"));
        allowed(process, good);
        for (TrainingKey key : known) {
            ObjectNode event = good.deepCopy();
            allowed(process, event.put("authorizationToken", "Bearer " + key.token()));
        }
        for (Path event : events(events)) {
            if (process.invoke("training", Files.readAllBytes(event)) instanceof InvocationResult.Crash crash) {
                throw new SetupException(event.getFileName() + " ended it: " + crash.message());
            }
        }
    }

    private static void allowed(FunctionProcess process, JsonNode event) {
        String answer = "";
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                answer = process.invoke("training", JsonTree.bytes(event))
                        .asPayload()
                        .text();
                if (answer.contains("\"Effect\":\"Allow\"")) {
                    return;
                }
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new SetupException("a good key was refused: " + answer);
    }

    /** The files with an event for the authorizer, in the order of their names. */
    static List<Path> events(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches("authorizer-(?!policy).*\\.json"))
                    .sorted()
                    .toList();
        }
    }

    private static JsonNode json(Path file) throws IOException {
        return JsonTree.parse(Files.readAllBytes(file)).orElseThrow(() -> new SetupException(file + " is not JSON"));
    }
}
