package dev.latchkey.benchmarks.cold;

import com.nimbusds.jose.JWSObject;
import dev.latchkey.benchmarks.Fixtures;
import dev.latchkey.benchmarks.Run;
import dev.latchkey.benchmarks.functions.Emulator;
import dev.latchkey.benchmarks.functions.Functions;
import dev.latchkey.benchmarks.functions.KeyServer;
import dev.latchkey.benchmarks.functions.KeyWithStatus;
import dev.latchkey.benchmarks.functions.PeerHandler;
import dev.latchkey.benchmarks.functions.RunnableFunction;
import dev.latchkey.benchmarks.functions.SecretsExtensionServer;
import dev.latchkey.benchmarks.functions.TaskRoot;
import dev.latchkey.benchmarks.functions.TimedProcess;
import dev.latchkey.benchmarks.peer.JcaHandler;
import dev.latchkey.benchmarks.peer.NimbusHandler;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cold starts: milliseconds from the start of a process until it has answered the first event. */
public final class ColdBenchmark {

    private static final PeerHandler NIMBUS =
            new PeerHandler(NimbusHandler.class, RunnableFunction.ALLOW, List.of(TaskRoot.jarOf(JWSObject.class)));
    private static final PeerHandler JCA = new PeerHandler(JcaHandler.class, RunnableFunction.ALLOW, List.of());

    private final Run run;

    /** A part of a run. */
    public ColdBenchmark(Run run) {
        this.run = run;
    }

    /** Measures with a key in a variable, a key in Secrets Manager by both ways, and keys at an address. */
    public void run() throws Exception {
        Fixtures fixtures = run.fixtures();
        run.progress().next("cold: getting ready");
        byte[] event = Fixtures.event(fixtures.tokens("RS256").get(0));
        Functions functions = new Functions(run.place(), run.place().work("cold"), event);
        if (run.place().hasAotCache()) {
            functions.cacheRuntime();
        } else {
            run.results()
                    .note("Java " + Runtime.version().feature()
                            + " has no AOT cache; run with JDK 25 for cold starts as on Lambda's java25");
        }
        ColdGroup staticKey = new ColdGroup("static", "cold, static RS256 key", run, functions, event);
        staticKey(staticKey, fixtures);
        compare(staticKey);
        try (Emulator aws = Emulator.with(fixtures.privateKey("RS256"), run.place());
                SecretsExtensionServer extension = SecretsExtensionServer.of(aws::getSecretValue)) {
            Map<String, String> byExtension = new HashMap<>(aws.settings());
            byExtension.putAll(extension.settings());
            ColdGroup secret = new ColdGroup("secret", "cold, Secrets Manager", run, functions, event);
            secret.latchkey("latchkey", "AWS SDK", aws.settings());
            secret.latchkey("latchkey-extension", "extension", byExtension);
            secret.node("secrets-manager", "jsonwebtoken 8.5.1, AWS SDK v3", aws.settings());
            secret.node("secrets-extension", "jsonwebtoken 8.5.1, extension", byExtension);
            compare(secret);
            ColdGroup restored = new ColdGroup(
                    "restored", "first call after SnapStart's restore, without the restore", run, functions, event);
            restored(restored, functions, fixtures, aws.settings());
            compare(restored);
            byte[] question = Fixtures.jwkSetEvent();
            ColdGroup publish = new ColdGroup("publish", "cold, publish, JWK Set", run, functions, question);
            publish.publish(aws.settingsWithTable());
            compare(publish);
        }
        try (KeyServer keys = KeyServer.of(fixtures.jwkSet())) {
            ColdGroup remote = new ColdGroup("remote", "cold, remote JWK Set", run, functions, event);
            Map<String, String> settings = Map.of("JWKS_URI", keys.uri());
            remote.latchkey(settings);
            remote.node("jose-remote", "jose", settings);
            compare(remote);
        }
        try (KeyWithStatus key = KeyWithStatus.create(fixtures)) {
            ColdGroup status =
                    new ColdGroup("status", "cold, static RS256 key, token with a status", run, functions, key.event());
            status.latchkey(key.settings());
            compare(status);
        }
    }

    private static void restored(
            ColdGroup group, Functions functions, Fixtures fixtures, Map<String, String> secretsManager)
            throws IOException {
        Map<String, String> key = Map.of("JWT_VERIFY_KEY", fixtures.verifyKey("RS256"));
        group.restored(
                "latchkey",
                "Latchkey, static RS256 key",
                functions.authorizer("restored", TimedProcess.withSnapStart(key)));
        group.restored(
                "latchkey-secret",
                "Latchkey, Secrets Manager, AWS SDK",
                functions.authorizer("restored-secret", TimedProcess.withSnapStart(secretsManager)));
        Map<String, String> peers = Map.of("PUBLIC_KEY", fixtures.verifyKey("RS256"), "JWK_SET", fixtures.jwkSet());
        group.restored(
                "nimbus",
                "Nimbus, static RS256 key",
                functions.managed("restored-nimbus", NIMBUS, TimedProcess.withSnapStart(peers)));
        group.restored(
                "empty",
                "empty handler",
                functions.managed("restored-empty", Functions.EMPTY, TimedProcess.withSnapStart(Map.of())));
    }

    private static void staticKey(ColdGroup group, Fixtures fixtures) throws IOException, InterruptedException {
        String key = fixtures.verifyKey("RS256");
        Map<String, String> settings = Map.of("PUBLIC_KEY", key, "JWK_SET", fixtures.jwkSet());
        group.latchkey(Map.of("JWT_VERIFY_KEY", key));
        group.managed("nimbus", "Nimbus", NIMBUS, settings);
        group.managed("jca", "JCA by hand", JCA, settings);
        group.managed("empty", "empty handler", Functions.EMPTY, Map.of());
        group.ownRuntime("nimbus", "Nimbus", NIMBUS, settings);
        group.ownRuntime("empty", "empty handler", Functions.EMPTY, Map.of());
        group.emptyJvm();
        group.node("portal", "jsonwebtoken 8.5.1, jwks-rsa, dotenv (the portal's)", settings);
        group.node("jsonwebtoken", "jsonwebtoken 8.5.1 alone", settings);
        group.node("jose", "jose", settings);
        group.node("aws-jwt-verify", "aws-jwt-verify", settings);
        group.node("fast-jwt", "fast-jwt", settings);
        group.node("empty", "empty handler", Map.of());
    }

    private void compare(ColdGroup group) throws Exception {
        run.contest(group.contestants(), 1, run.effort().coldRuns());
    }
}
