package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.SettingsException;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.testing.RecordingLogger;
import dev.latchkey.testing.TestContext;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AuthorizerHandlerTest {

    private final String good = TestTokens.good("HS256").hs256(TestKeys.SECRET);

    @Test
    void aPublicKeyOpensTheDoorToRs256KeysAndToNoForgery() {
        KeyPair pair = TestKeys.rsa("door");
        String publicPem = TestKeys.pem(pair.getPublic());
        TestAuthorizer authorizer = TestAuthorizer.with("JWT_VERIFY_KEY", publicPem);
        assertThat(TestAuthorizer.effect(
                        authorizer.token("Bearer " + TestTokens.good("RS256").rs256(pair.getPrivate()))))
                .isEqualTo("Allow");
        String forged = TestTokens.good("HS256").hs256(publicPem);
        assertThatThrownBy(() -> authorizer.token("Bearer " + forged)).isExactlyInstanceOf(Unauthorized.class);
        assertThat(authorizer.reason()).isEqualTo("wrong_algorithm");
    }

    @Test
    void theClaimNamesOfTheIssuingSideAreTheOnesThatAreRead() {
        TestAuthorizer authorizer =
                TestAuthorizer.with("PLUGIN_JWT_COMPANY_ID_FIELD", "company", "JWT_USER_ID_FIELD", "user");
        String token = TestTokens.good("HS256")
                .claim("company", "c1")
                .claim("user", "u1")
                .hs256(TestKeys.SECRET);
        JsonObject context = authorizer.token(token).object("context");
        assertThat(context.string("company_id")).contains("c1");
        assertThat(context.string("user_id")).contains("u1");
    }

    @DisplayName("M5: a key that was accepted is refused once its time is over, to the second")
    @Test
    void expiry() {
        TestAuthorizer authorizer = TestAuthorizer.with();
        authorizer.token(good);
        authorizer.clock.turn(Duration.ofSeconds(3599));
        authorizer.token(good);
        authorizer.clock.turn(Duration.ofSeconds(1));
        assertThatThrownBy(() -> authorizer.token(good)).isExactlyInstanceOf(Unauthorized.class);
        assertThat(authorizer.reason()).isEqualTo("expired");
        assertThat(authorizer.logged().string("keyId")).contains(TestTokens.KEY_ID);
    }

    @DisplayName("M1: a refusal is one record with reason, kid and request ids, and nothing of the token")
    @Test
    void refusalRecord() {
        TestAuthorizer authorizer = TestAuthorizer.with();
        String token = TestTokens.good("HS256").header("kid", "k1").hs256(TestKeys.OTHER_SECRET);
        assertThatThrownBy(() -> authorizer.request("{\"authorization\":\"" + token + "\"}", "null"))
                .isExactlyInstanceOf(Unauthorized.class);
        assertThat(authorizer.log.lines()).hasSize(1);
        assertThat(authorizer.logged().members().keySet())
                .containsExactly(
                        "timestamp",
                        "level",
                        "message",
                        "decision",
                        "reason",
                        "_aws",
                        "Unauthenticated",
                        "kid",
                        "requestId",
                        "awsRequestId",
                        "microseconds");
        assertThat(authorizer.logged().string("requestId")).contains("gateway-1");
        assertThat(authorizer.logged().string("kid")).contains("k1");
    }

    @DisplayName(
            "M1: no record of a good, bad, expired or misplaced token holds any of its parts, not even one at DEBUG")
    @Test
    void nothingOfTheToken() {
        TestAuthorizer authorizer = TestAuthorizer.with("METRICS", "off");
        List<String> tokens = List.of(
                good,
                TestTokens.good("HS256").hs256(TestKeys.OTHER_SECRET),
                TestTokens.good("HS256").claim("exp", 1).hs256(TestKeys.SECRET),
                TestTokens.good("HS256").claim("org_id", "").hs256(TestKeys.SECRET));
        for (String token : tokens) {
            List<String> events = List.of(
                    "{\"type\":\"TOKEN\",\"methodArn\":\"" + TestAuthorizer.ARN + "\",\"authorizationToken\":\"" + token
                            + "\"}",
                    "{\"type\":\"TOKEN\",\"methodArn\":\"" + TestAuthorizer.ARN + "\",\"authorizationToken\":\"Basic "
                            + token + "\"}",
                    "{\"type\":\"TOKEN\",\"methodArn\":\"" + token + "\",\"authorizationToken\":\"" + token + "\"}",
                    "{\"type\":\"" + token + "\"}",
                    "{\"" + token + "\":1,\"" + token + "\":2}",
                    token);
            for (String event : events) {
                int before = authorizer.log.lines().size();
                try {
                    authorizer.call(event);
                } catch (Unauthorized | UnknownEventException refused) {
                    assertThat(refused.toString()).doesNotContain(token.split("\\."));
                }
                assertThat(authorizer.log.lines()).hasSize(before + 1);
                assertThat(authorizer.log.last()).doesNotContain(token.split("\\."));
            }
        }
    }

    @DisplayName("M2, D4: a kid with control characters or of great length does not reach the log as it is")
    @Test
    void logInjection() {
        TestAuthorizer authorizer = TestAuthorizer.with();
        for (String kid : List.of("a\nb", "\u001b[31m", "k".repeat(6000))) {
            String token = TestTokens.good("HS256").header("kid", kid).hs256(TestKeys.OTHER_SECRET);
            assertThatThrownBy(() -> authorizer.token(token)).isExactlyInstanceOf(Unauthorized.class);
            assertThat(authorizer.log.last()).hasSizeLessThan(700).endsWith("}\n");
            assertThat(authorizer.log.last().trim()).matches("[\\x20-\\x7e]*");
        }
    }

    @Test
    void anAcceptedKeyIsRecordedAtDebug() {
        TestAuthorizer authorizer = TestAuthorizer.with("METRICS", "off");
        authorizer.token(good);
        assertThat(authorizer.logged().string("level")).contains("DEBUG");
        assertThat(authorizer.logged().string("decision")).contains("allow");
    }

    @Test
    void settingsThatDoNotWorkStopTheStartWithEveryProblem() {
        assertThatThrownBy(() -> TestAuthorizer.with(
                        "JWT_VERIFY_KEY", "short",
                        "POLICY_SCOPE", "world",
                        "JWT_CLOCK_SKEW", "61",
                        "JWT_ALGORITHMS", "none"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("4 problems in the settings:")
                .hasMessageContaining("JWT_VERIFY_KEY: HS256 needs at least 256 bits, got 40")
                .hasMessageContaining("POLICY_SCOPE: needs one of stage, api, method, scoped")
                .hasMessageContaining("JWT_CLOCK_SKEW: needs a whole number from 0 to 60, got \"61\"")
                .hasMessageContaining("JWT_ALGORITHMS: unknown algorithm \"none\"");
    }

    @DisplayName("J11: keys that cannot be had are our failure, not the token's, and are had again later")
    @Test
    void keysUnavailable() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        RecordingLogger log = new RecordingLogger();
        TurnableClock clock = new TurnableClock(TestTokens.NOW);
        AuthorizerHandler handler = new AuthorizerHandler(
                Map.of("PLUGIN_JWT_SECRET_ID", "signing"),
                extension -> id -> {
                    if (down.get()) {
                        throw new KeysUnavailableException("the secret " + id + " cannot be read", null);
                    }
                    return TestKeys.SECRET;
                },
                List.of(),
                clock,
                log);
        assertThatThrownBy(() -> call(handler, log)).isInstanceOf(KeysUnavailableException.class);
        assertThat(log.lines()).anyMatch(line -> line.contains("keys not refreshed") && line.contains("signing"));
        assertThat(log.last()).contains("\"level\":\"ERROR\"", "\"decision\":\"error\"");
        down.set(false);
        clock.turn(Duration.ofSeconds(10));
        assertThat(call(handler, log)).contains("\"Effect\":\"Allow\"");
    }

    @DisplayName("H15: eight threads with good and bad keys get the answers of single calls")
    @Test
    void threads() throws Exception {
        TestAuthorizer authorizer = TestAuthorizer.with();
        String other = TestTokens.good("HS256").claim("org_id", "cus_2").hs256(TestKeys.SECRET);
        String bad = TestTokens.good("HS256").claim("org_id", "cus_3").hs256(TestKeys.OTHER_SECRET);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                calls.add(() -> principal(authorizer, good));
                calls.add(() -> principal(authorizer, other));
                calls.add(() -> principal(authorizer, bad));
            }
            List<Future<String>> answers = threads.invokeAll(calls);
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get())
                        .isEqualTo(List.of("cus_1", "cus_2", "refused").get(i % 3));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static String principal(TestAuthorizer authorizer, String token) {
        try {
            JsonObject answer = authorizer.token(token);
            assertThat(answer.object("context").get("company_id").map(JsonValue::toString))
                    .isEqualTo(answer.get("principalId").map(JsonValue::toString));
            return answer.string("principalId").orElse("");
        } catch (Unauthorized e) {
            return "refused";
        }
    }

    private String call(AuthorizerHandler handler, RecordingLogger log) throws Exception {
        String event = "{\"type\":\"TOKEN\",\"methodArn\":\"" + TestAuthorizer.ARN + "\",\"authorizationToken\":\""
                + good + "\"}";
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output, new TestContext(log));
        return output.toString(StandardCharsets.UTF_8);
    }
}
