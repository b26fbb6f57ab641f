package dev.latchkey.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.NewKeyRing;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.template.FunctionDefinition;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The deployment packages as they are uploaded, under AWS's runtime interface client. */
class BuiltPackagesTest {

    private static final Path AUTHORIZER = BuiltPackage.AUTHORIZER.zip();
    private static final Path ISSUE_KEY = BuiltPackage.ISSUE_KEY.zip();
    private static final Path ORDERS = BuiltPackage.ORDERS.zip();
    private static final long MB = 1024L * 1024;
    private static final String SECRET = LeakGuard.secret("Rb6YtQ1zXw9Nc4Vm7Kd2Jf8Hs5Gp3La0");

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    @Test
    void theAuthorizerRunsWithNothingButTheKeyToVerifyWith() {
        try (FunctionProcess authorizer = authorizer(Map.of("JWT_VERIFY_KEY", SECRET))) {
            assertThat(answer(authorizer, token())).contains("\"Effect\":\"Allow\"", "\"principalId\":\"cus_1\"");
            assertThat(answer(authorizer, token() + "x")).isEqualTo("Unauthorized");
        }
    }

    @Test
    void nothingThatEitherFunctionPrintsHoldsAPieceOfAKeyOrSecret() {
        NewKeyRing ring = NewKeyRing.of(Algorithm.HS256);
        String secret = LeakGuard.secret(ring.secretText().replaceAll(".*\"k\":\"([^\"]+)\".*", "$1"));
        try (FunctionProcess issueKey = process(
                        BuiltPackage.ISSUE_KEY,
                        Map.of("PLUGIN_JWT_SECRET", ring.secretText(), "PLUGIN_JWT_EXPIRES_IN", "1h"));
                FunctionProcess authorizer = authorizer(Map.of("JWT_VERIFY_KEY", ring.verifyingText()))) {
            String issued = result(issueKey.invoke(
                    "issue", bytes("{\"action\":\"createApiKey\",\"customerId\":\"cus_1\",\"email\":\"a@b.co\"}")));
            String key = issued.replaceAll(".*\"apikey\":\"([^\"]+)\".*", "$1");
            LeakGuard.secret(key);
            assertThat(answer(authorizer, "Bearer " + key)).contains("\"Effect\":\"Allow\"");
            assertThat(answer(authorizer, "Bearer " + key.substring(0, key.length() - 4)))
                    .isEqualTo("Unauthorized");
            assertThat(answer(authorizer, "Basic " + key)).isEqualTo("Unauthorized");
            result(authorizer.invoke("odd", bytes("{\"type\":\"" + key + "\"}")));
            result(issueKey.invoke("odd", bytes("{\"action\":\"" + key + "\"}")));
            result(issueKey.invoke("odd", bytes("{\"" + secret + "\":1}")));
        }
        try (FunctionProcess broken =
                authorizer(Map.of("JWT_VERIFY_KEY", ring.verifyingText(), "JWT_ALGORITHMS", "RS256"))) {
            assertThat(broken.invoke("broken", bytes("{}"))).isInstanceOf(InvocationResult.Crash.class);
        }
        assertThat(lines).anyMatch(line -> line.contains("\"reason\":\"malformed_authorization\""));
        assertThat(LeakGuard.leaks(String.join("\n", lines))).isFalse();
    }

    @Test
    void withSnapStartTheAuthorizerIsWarmBeforeTheSnapshotAndFetchesItsKeysAfterIt() {
        KeyPair pair = TestKeys.rsa("snapshot");
        byte[] keys = bytes("{\"keys\":[{" + TestKeys.jwkMembers(pair) + "}]}");
        AtomicInteger fetches = new AtomicInteger();
        try (LoopbackServer issuer = LoopbackServer.start("keys", 0, "", exchange -> {
                    fetches.incrementAndGet();
                    return LoopbackServer.Response.json(200, keys, Map.of());
                });
                FunctionProcess authorizer = authorizer(Map.of(
                        "JWKS_URI",
                        "http://127.0.0.1:" + issuer.port(),
                        FunctionDefinition.INITIALIZATION,
                        "snap-start"))) {
            String token = TestTokens.good("RS256").claim("exp", 4_102_444_800L).rs256(pair.getPrivate());
            assertThat(answer(authorizer, "Bearer " + token)).contains("\"Effect\":\"Allow\"");
            assertThat(fetches).hasValue(2);
            assertThat(answer(authorizer, "Bearer " + token)).contains("\"Effect\":\"Allow\"");
            assertThat(fetches).hasValue(2);
        }
    }

    @Test
    void theSampleAnswersWithWhatTheAuthorizerTold() {
        byte[] event = bytes("{\"version\":\"2.0\",\"routeKey\":\"GET /orders\",\"requestContext\":{\"authorizer\":"
                + "{\"lambda\":{\"user_id\":\"usr_1\",\"company_id\":\"I\u0130\",\"key_id\":\"key_1\",\"expires_at\":"
                + "\"4102444800\"}}},\"isBase64Encoded\":false}");
        try (FunctionProcess orders = process(BuiltPackage.ORDERS, Map.of())) {
            assertThat(result(orders.invoke("orders", event)))
                    .isEqualTo("{\"company\":\"I\u0130\",\"user\":\"usr_1\",\"key\":\"key_1\",\"orders\":[]}");
        }
    }

    @Test
    void theSampleIsNothingButItsOwnClasses() throws IOException {
        assertThat(files(ORDERS)).allMatch(name -> name.startsWith("dev/latchkey/orders/"));
    }

    @Test
    void thePackagesHoldWhatTheyNeedAndNothingThatIsForTestsOrDevelopment() throws IOException {
        for (Path zip : List.of(AUTHORIZER, ISSUE_KEY)) {
            List<String> names = files(zip);
            assertThat(names).contains("dev/latchkey/jwt/TokenVerifier.class");
            assertThat(names)
                    .allMatch(name -> name.startsWith("lib/")
                            || name.startsWith("dev/latchkey/")
                            || name.startsWith("META-INF/services/dev.latchkey."));
            assertThat(names)
                    .noneMatch(
                            name -> name.matches(".*(junit|assertj|netty|apache-client|httpc|unirest|byte-buddy).*"));
        }
    }

    @Test
    void theAuthorizerIsSmallAndKnowsNeitherDynamoDbNorMoesif() throws IOException {
        assertThat(Files.size(AUTHORIZER)).isLessThan(6 * MB);
        assertThat(files(AUTHORIZER)).noneMatch(name -> name.matches("lib/(dynamodb|moesif|jackson).*"));
    }

    @Test
    void issueKeyIsLargerByTheClientsOfItsServicesAndByWhatTheAuthorizerLeavesOut() throws IOException {
        assertThat(Files.size(ISSUE_KEY)).isLessThan(13 * MB);
        List<String> further = new ArrayList<>(files(ISSUE_KEY));
        further.removeAll(files(AUTHORIZER));
        assertThat(further)
                .filteredOn(name -> name.startsWith("lib/"))
                .map(name -> name.replaceFirst("lib/(.*?)-[0-9.]+jar", "$1"))
                .containsExactlyInAnyOrder(
                        "dynamodb",
                        "kms",
                        "sqs",
                        "moesifapi",
                        "jackson-annotations",
                        "jackson-core",
                        "jackson-databind",
                        "annotations",
                        "http-auth-aws-eventstream",
                        "eventstream");
    }

    private static List<String> files(Path zip) throws IOException {
        try (ZipFile entries = new ZipFile(zip.toFile())) {
            return entries.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> !name.endsWith("/"))
                    .toList();
        }
    }

    private static String token() {
        return TestTokens.good("HS256")
                .claim("exp", Instant.now().getEpochSecond() + 3600)
                .hs256(SECRET);
    }

    private FunctionProcess authorizer(Map<String, String> environment) {
        return process(BuiltPackage.AUTHORIZER, environment);
    }

    private FunctionProcess process(BuiltPackage built, Map<String, String> environment) {
        return built.process(environment, List.of(), (from, stream, line) -> lines.add(line));
    }

    private static String answer(FunctionProcess authorizer, String authorization) {
        return result(authorizer.invoke(
                "request",
                bytes(
                        "{\"type\":\"TOKEN\",\"methodArn\":\"arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/GET/\","
                                + "\"authorizationToken\":\"" + authorization + "\"}")));
    }

    private static String result(InvocationResult result) {
        if (result instanceof InvocationResult.Success success) {
            return success.payload().text();
        }
        if (result instanceof InvocationResult.FunctionError error) {
            return error.errorMessage();
        }
        throw new AssertionError(result.getClass().getSimpleName());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
