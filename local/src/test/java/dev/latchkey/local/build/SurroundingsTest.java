package dev.latchkey.local.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.local.lambda.FunctionProcess;
import dev.latchkey.local.lambda.JvmSettings;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.template.FunctionDefinition;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built package among variables that other software obeys, and across a snapshot. */
@DisplayName("The authorizer takes its keys")
class SurroundingsTest {

    private static final Path ZIP = Path.of("../functions/authorizer/target/authorizer.zip");
    private static final KeyPair GOOD = TestKeys.rsa("good issuer");
    private static final KeyPair EVIL = TestKeys.rsa("evil proxy");
    private static final String ALLOW = "\"Effect\":\"Allow\"";
    private static final String BEFORE = "snapshot-secret-4Kd8Qw2Zx6Nc1Vb5Mh9Jt3Ry7";
    private static final String AFTER = "restored-secret-9Lp3Sd7Fg1Hj5Kl8Qw4Er6Ty2";

    @Test
    @DisplayName("Q3: from their address, whatever proxy the environment names")
    void proxies() {
        AtomicInteger asked = new AtomicInteger();
        try (LoopbackServer issuer = LoopbackServer.start("issuer", 0, "", exchange -> keySet(GOOD));
                LoopbackServer evil = LoopbackServer.start("evil", 0, "", exchange -> {
                    asked.incrementAndGet();
                    return keySet(EVIL);
                })) {
            Map<String, String> environment = new LinkedHashMap<>();
            environment.put("JWKS_URI", "http://127.0.0.1:" + issuer.port());
            for (String name : List.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")) {
                environment.put(name, "http://127.0.0.1:" + evil.port());
                environment.put(name.toLowerCase(java.util.Locale.ROOT), "http://127.0.0.1:" + evil.port());
            }
            try (FunctionProcess authorizer = authorizer(environment, List.of())) {
                assertThat(answer(authorizer, rs256(GOOD))).contains(ALLOW);
                assertThat(answer(authorizer, rs256(EVIL))).contains("Unauthorized");
            }
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    @DisplayName("Q3: over TLS that the JVM trusts, whatever certificates the environment names")
    void certificates(@TempDir Path folder) throws IOException {
        LoopbackCertificate certificate = LoopbackCertificate.in(folder);
        AtomicInteger asked = new AtomicInteger();
        try (LoopbackServer issuer = LoopbackServer.startTls("issuer", certificate.serverContext(), exchange -> {
            asked.incrementAndGet();
            return keySet(GOOD);
        })) {
            Map<String, String> environment = new LinkedHashMap<>();
            environment.put("JWKS_URI", "https://127.0.0.1:" + issuer.port());
            for (String name : List.of("SSL_CERT_FILE", "CURL_CA_BUNDLE", "AWS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")) {
                environment.put(name, certificate.store().toString());
            }
            environment.put("NODE_TLS_REJECT_UNAUTHORIZED", "0");
            try (FunctionProcess authorizer = authorizer(environment, List.of())) {
                assertThat(answer(authorizer, rs256(GOOD))).doesNotContain(ALLOW);
                assertThat(asked).hasValue(0);
            }
            try (FunctionProcess authorizer = authorizer(environment, certificate.clientFlags())) {
                assertThat(answer(authorizer, rs256(GOOD))).contains(ALLOW);
            }
        }
    }

    @Test
    @DisplayName("K17: from the secret as it is after the snapshot was restored, and not as it was before")
    void snapshot() {
        AtomicInteger readings = new AtomicInteger();
        try (LoopbackServer secrets = LoopbackServer.start("secrets", 0, "", exchange -> {
                    String value = readings.getAndIncrement() == 0 ? BEFORE : AFTER;
                    return LoopbackServer.Response.json(
                            200,
                            JsonTree.bytes(JsonTree.object()
                                    .put("Name", "a/b")
                                    .put("VersionId", "0".repeat(32))
                                    .put("SecretString", value)),
                            Map.of());
                });
                FunctionProcess authorizer = authorizer(
                        Map.of(
                                "JWT_SECRET_ID",
                                "a/b",
                                "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                                "http://127.0.0.1:" + secrets.port(),
                                FunctionDefinition.INITIALIZATION,
                                "snap-start"),
                        List.of())) {
            assertThat(answer(authorizer, token("HS256").hs256(AFTER))).contains(ALLOW);
            assertThat(answer(authorizer, token("HS256").hs256(BEFORE))).contains("Unauthorized");
            assertThat(readings.get()).isGreaterThanOrEqualTo(2);
        }
    }

    private static LoopbackServer.Response keySet(KeyPair pair) {
        byte[] set = ("{\"keys\":[{" + TestKeys.jwkMembers(pair) + "}]}").getBytes(StandardCharsets.UTF_8);
        return LoopbackServer.Response.json(200, set, Map.of());
    }

    private static TestTokens token(String algorithm) {
        return TestTokens.good(algorithm).claim("exp", 4_102_444_800L);
    }

    private static String rs256(KeyPair pair) {
        return token("RS256").rs256(pair.getPrivate());
    }

    private static FunctionProcess authorizer(Map<String, String> environment, List<String> flags) {
        FunctionDefinition function = new FunctionDefinition(
                "AuthorizerFunction",
                "java25",
                ZIP,
                "dev.latchkey.authorizer.AuthorizerHandler",
                environment,
                Duration.ofSeconds(20),
                512,
                "JSON",
                "DEBUG");
        return new FunctionProcess(
                function, Map.of(), JvmSettings.defaults().withFlags(flags), (name, stream, line) -> {});
    }

    private static String answer(FunctionProcess authorizer, String token) {
        String event =
                "{\"type\":\"TOKEN\",\"methodArn\":\"arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/GET/\","
                        + "\"authorizationToken\":\"Bearer " + token + "\"}";
        return authorizer
                .invoke("call", event.getBytes(StandardCharsets.UTF_8))
                .asPayload()
                .text();
    }
}
