package dev.latchkey.benchmarks.cold;

import com.nimbusds.jose.JWSObject;
import dev.latchkey.benchmarks.Fixtures;
import dev.latchkey.benchmarks.Results;
import dev.latchkey.benchmarks.Workplace;
import dev.latchkey.benchmarks.functions.Functions;
import dev.latchkey.benchmarks.functions.PeerHandler;
import dev.latchkey.benchmarks.functions.RunnableFunction;
import dev.latchkey.benchmarks.functions.SecretsManager;
import dev.latchkey.benchmarks.functions.TaskRoot;
import dev.latchkey.benchmarks.peer.EmptyMain;
import dev.latchkey.benchmarks.peer.JcaHandler;
import dev.latchkey.benchmarks.peer.NimbusHandler;
import dev.latchkey.local.TimedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who starts against whom. */
final class ColdContestants {

    private static final PeerHandler NIMBUS =
            new PeerHandler(NimbusHandler.class, RunnableFunction.ALLOW, List.of(TaskRoot.jarOf(JWSObject.class)));
    private static final PeerHandler JCA = new PeerHandler(JcaHandler.class, RunnableFunction.ALLOW, List.of());

    private final Workplace place;
    private final Functions functions;
    private final byte[] event;
    private final Results results;

    ColdContestants(Workplace place, Functions functions, byte[] event, Results results) {
        this.place = place;
        this.functions = functions;
        this.event = event;
        this.results = results;
    }

    /** With an RS256 key in a variable. */
    List<Contestant> staticKey(Fixtures fixtures) throws IOException, InterruptedException {
        String key = fixtures.verifyKey("RS256");
        Map<String, String> settings = Map.of("PUBLIC_KEY", key, "JWK_SET", fixtures.jwkSet());
        List<Contestant> contestants = new ArrayList<>(ours("static", Map.of("JWT_VERIFY_KEY", key)));
        managed(contestants, "nimbus", "Nimbus", NIMBUS, settings);
        managed(contestants, "jca", "JCA by hand", JCA, settings);
        managed(contestants, "empty", "empty handler", Functions.EMPTY, Map.of());
        if (place.hasAotCache()) {
            ownRuntime(contestants, "nimbus", "Nimbus", NIMBUS, settings);
            ownRuntime(contestants, "empty", "empty handler", Functions.EMPTY, Map.of());
        }
        contestants.add(emptyJvm());
        node(contestants, "jsonwebtoken", "jsonwebtoken 8.5.1 (the seed's)", settings);
        node(contestants, "jose", "jose", settings);
        node(contestants, "aws-jwt-verify", "aws-jwt-verify", settings);
        node(contestants, "fast-jwt", "fast-jwt", settings);
        node(contestants, "empty", "empty handler", Map.of());
        return contestants;
    }

    /** With the key in a secret. */
    List<Contestant> secret(SecretsManager secrets) throws IOException {
        String id = secrets.secretId();
        Map<String, String> endpoint = Map.of("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint());
        List<Contestant> contestants = new ArrayList<>(
                ours("secret", with(endpoint, Map.of("PLUGIN_JWT_SECRET_ID", id, "JWT_ALGORITHMS", "RS256"))));
        node(contestants, "secrets-manager", "jsonwebtoken 8.5.1, AWS SDK v3", with(endpoint, Map.of("SECRET_ID", id)));
        return contestants;
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    /** With keys at an address. */
    List<Contestant> remote(String uri) throws IOException {
        List<Contestant> contestants = new ArrayList<>(ours("remote", Map.of("JWKS_URI", uri)));
        node(contestants, "jose-remote", "jose", Map.of("JWKS_URI", uri));
        return contestants;
    }

    private List<Contestant> ours(String source, Map<String, String> settings) throws IOException {
        List<Contestant> ours = new ArrayList<>();
        ours.add(contestant(
                "latchkey-managed", "Latchkey, managed", functions.authorizer(source + "-managed", settings)));
        Path zip = place.authorizerWithRuntime();
        if (Files.exists(zip)) {
            ours.add(contestant(
                    "latchkey-own",
                    "Latchkey, own runtime",
                    functions.authorizerWithRuntime(source + "-own", settings)));
        } else {
            results.note("Latchkey with its own runtime was left out: there is no " + zip.getFileName()
                    + ", which scripts/build --own-runtime makes");
        }
        return ours;
    }

    private void managed(
            List<Contestant> to, String id, String label, PeerHandler handler, Map<String, String> settings)
            throws IOException {
        String name = id + "-managed";
        to.add(contestant(name, label + ", managed", functions.managed(name, handler, settings)));
    }

    private void ownRuntime(
            List<Contestant> to, String id, String label, PeerHandler handler, Map<String, String> settings)
            throws IOException, InterruptedException {
        String name = id + "-own";
        to.add(contestant(name, label + ", own runtime", functions.withOwnRuntime(name, handler, settings)));
    }

    private void node(List<Contestant> to, String name, String label, Map<String, String> settings) {
        if (place.hasNode()) {
            String answer = name.equals("empty") ? "{}" : RunnableFunction.ALLOW;
            to.add(contestant("node-" + name, label + ", Node.js", functions.node(name, answer, settings)));
        } else {
            results.note("the Node.js authorizers were left out: their libraries are not in benchmarks/node");
        }
    }

    private Contestant contestant(String id, String label, RunnableFunction function) {
        return new Contestant(id, label, () -> {
            try (TimedProcess process = function.start()) {
                function.call(process, event);
                return process.age() / 1e6;
            }
        });
    }

    /** A JVM with one class that does nothing; until it has ended. */
    private Contestant emptyJvm() throws IOException {
        Path jar = TaskRoot.jar(EmptyMain.class, place.work("empty-jvm").resolve("empty.jar"));
        ProcessBuilder jvm = new ProcessBuilder(
                        place.java().toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-classpath",
                        jar.toString(),
                        EmptyMain.class.getName())
                .inheritIO();
        return new Contestant("empty-jvm", "empty JVM", () -> {
            long started = System.nanoTime();
            jvm.start().waitFor();
            return (System.nanoTime() - started) / 1e6;
        });
    }
}
