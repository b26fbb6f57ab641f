package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.log.JsonLog;
import dev.latchkey.log.Metrics;
import dev.latchkey.testing.RecordingLogger;
import dev.latchkey.testing.TestContext;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.crac.Core;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Before the first call")
class WarmUpTest {

    private final RecordingLogger log = new RecordingLogger();
    private final TurnableClock clock = new TurnableClock(TestTokens.NOW);
    private final List<String> readings = new ArrayList<>();
    private boolean down;

    @ParameterizedTest(name = "{0}")
    @DisplayName("keys are fetched at the start, but not into a snapshot")
    @CsvSource({
        "on-demand, 1",
        ", 1",
        "'', 1",
        "snap-start, 0",
        "provisioned-concurrency, 1",
        "lambda-managed-instances, 1"
    })
    void fetched(@Nullable String initialization, int fetches) throws IOException {
        AuthorizerHandler handler = handler(initialization);
        assertThat(readings).hasSize(fetches);

        assertThat(call(handler)).contains("\"Effect\":\"Allow\"");
        assertThat(readings).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"on-demand", "provisioned-concurrency"})
    @DisplayName("keys that cannot be had are logged, and asked for again by the call that needs them, without a pause")
    void unavailable(String initialization) throws IOException {
        down = true;
        AuthorizerHandler handler = handler(initialization);
        assertThat(log.last()).contains("\"message\":\"keys not refreshed\"", "the secret a/b is away");

        down = false;
        assertThat(call(handler)).contains("\"Effect\":\"Allow\"");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"on-demand", "provisioned-concurrency"})
    @DisplayName("the Secrets extension is not asked, which is not ready then")
    void extension(String initialization) throws IOException {
        AuthorizerHandler handler = new AuthorizerHandler(
                Map.of(
                        "JWT_SECRET_ID", "a/b",
                        "AWS_LAMBDA_INITIALIZATION_TYPE", initialization,
                        "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT", "2773",
                        "PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED", "false",
                        "AWS_SESSION_TOKEN", "session"),
                extension -> this::read,
                List.of(),
                clock,
                log);
        assertThat(readings).isEmpty();

        assertThat(call(handler)).contains("\"Effect\":\"Allow\"");
        assertThat(readings).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("keys of several issuers are fetched only where nobody waits for the start")
    @CsvSource({"on-demand, 0", "provisioned-concurrency, 1"})
    void severalIssuers(String initialization, int fetches) {
        AuthorizerHandler handler = new AuthorizerHandler(
                Map.of(
                        "JWT_SECRET_ID",
                        "a/b",
                        "JWT_ISSUERS",
                        "[{\"issuer\":\"https://b.example\",\"audience\":\"*\",\"verify_key\":\""
                                + TestKeys.OTHER_SECRET + "\"}]",
                        "AWS_LAMBDA_INITIALIZATION_TYPE",
                        initialization),
                extension -> this::read,
                List.of(),
                clock,
                log);

        assertThat(handler).isNotNull();
        assertThat(readings).hasSize(fetches);
    }

    @Test
    @DisplayName("keys that take long to come keep no start beyond its time")
    void slow() {
        List<String> calls = new ArrayList<>();
        KeySource<KeySet> slow = recorded(calls, Duration.ofSeconds(3));
        KeySource<KeySet> quick = recorded(calls, Duration.ofSeconds(3).minusNanos(1));

        warmUp(List.of(quick, quick, quick)).fetch();
        assertThat(calls).containsExactly("current", "forget", "current", "forget");

        calls.clear();
        warmUp(List.of(slow, quick)).fetch();
        assertThat(calls).containsExactly("current", "forget");
    }

    @Test
    @DisplayName("a snapshot is warm and holds no fetched key")
    void snapshot() {
        List<String> calls = new ArrayList<>();
        KeySource<KeySet> keys = recorded(calls, Duration.ZERO);
        SnapshotHook hook = SnapshotHook.register(warmUp(List.of(keys, keys)));

        hook.beforeCheckpoint(Core.getGlobalContext());
        hook.afterRestore(Core.getGlobalContext());

        assertThat(calls).containsExactly("current", "forget", "current", "forget", "forget", "forget");
    }

    @Test
    @DisplayName("sample requests are answered and not logged, and open nothing in their own hour")
    void samples() {
        assertThatNoException().isThrownBy(SampleRequests::answer);
        AuthorizerHandler handler = new AuthorizerHandler(
                Map.of("JWT_SECRET_ID", "a/b", "AWS_LAMBDA_INITIALIZATION_TYPE", "provisioned-concurrency"),
                extension -> this::read,
                List.of(),
                new TurnableClock(SampleRequests.THEN),
                log);
        assertThat(log.lines()).singleElement().asString().contains("keys fetched");

        for (String event : SampleRequests.events()) {
            assertThat(answer(handler, event)).isIn("Unauthorized", "{\"isAuthorized\":false}");
            assertThat(log.last()).containsPattern("\"reason\":\"(unknown_key|wrong_algorithm|bad_signature)\"");
        }
    }

    private WarmUp warmUp(List<KeySource<KeySet>> sources) {
        return new WarmUp(
                sources, clock, new DecisionLog(new JsonLog(log, clock), new Metrics(clock, false, List.of())));
    }

    private static String answer(AuthorizerHandler handler, String event) {
        try {
            return handler.answer(event.getBytes(StandardCharsets.UTF_8), "request")
                    .toString();
        } catch (Unauthorized e) {
            return String.valueOf(e.getMessage());
        }
    }

    private AuthorizerHandler handler(@Nullable String initialization) {
        Map<String, String> environment = initialization == null
                ? Map.of("JWT_SECRET_ID", "a/b")
                : Map.of("JWT_SECRET_ID", "a/b", "AWS_LAMBDA_INITIALIZATION_TYPE", initialization);
        return new AuthorizerHandler(environment, extension -> this::read, List.of(), clock, log);
    }

    private String read(String id) {
        readings.add(id);
        if (down) {
            throw new KeysUnavailableException("the secret " + id + " is away", null);
        }
        return TestKeys.SECRET;
    }

    private String call(AuthorizerHandler handler) throws IOException {
        String event =
                "{\"type\":\"TOKEN\",\"methodArn\":\"" + TestAuthorizer.ARN + "\",\"authorizationToken\":\"Bearer "
                        + TestTokens.good("HS256").hs256(TestKeys.SECRET) + "\"}";
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output, new TestContext(log));
        return output.toString(StandardCharsets.UTF_8);
    }

    /** A source that has no keys, and tells so after a while. */
    private KeySource<KeySet> recorded(List<String> calls, Duration wait) {
        return new KeySource<>() {
            @Override
            public KeySet current() {
                calls.add("current");
                clock.turn(wait);
                throw new KeysUnavailableException("away", null);
            }

            @Override
            public KeySet afterMiss(int missed) {
                throw new AssertionError("nothing is missed");
            }

            @Override
            public void forget() {
                calls.add("forget");
            }
        };
    }
}
