package dev.latchkey.local.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.jwt.ClaimNames;
import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.jwt.TokenSigner;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.NewKeyRing;
import dev.latchkey.local.lambda.AuthorizerCalls.Call;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.Payload;
import dev.latchkey.local.template.FunctionDefinition;
import dev.latchkey.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The native program that scripts/build --native makes beside the managed package: answers and log records alike. */
@Tag("native")
@Timeout(300)
class NativeCallsTest {
    private static final Path NATIVE = Path.of("../functions/authorizer/target/authorizer-native.zip");
    private static final Path MANAGED = Path.of("../functions/authorizer/target/authorizer.zip");
    private static final Path EVENTS = Path.of("../events");
    private static final String LAST = "the-last-request";
    private static final int CALLS = 10_000;

    /** What came of the calls of one authorizer. */
    private record Seen(List<String> answers, List<JsonNode> records) {}

    @DisplayName(
            "H15: 10,000 calls in turn get, byte for byte, the answers of single calls, in any locale and time zone")
    @ParameterizedTest(name = "{0}")
    @CsvSource({"C, Pacific/Auckland", "tr_TR.ISO-8859-9, :UTC"})
    void answersAlikeWhateverCameBefore(String locale, String zone) {
        List<Call> calls = AuthorizerCalls.all();
        List<Payload> single = new ArrayList<>();
        for (Call call : calls) {
            try (FunctionProcess alone =
                    process("provided.al2023", NATIVE, AuthorizerCalls.settings(), new ArrayList<>())) {
                single.add(alone.invoke("request", call.event().getBytes(UTF_8)).asPayload());
                assertThat(single.get(single.size() - 1).text()).as(call.name()).contains(call.answer());
            }
        }
        Random order = new Random(locale.hashCode());
        Map<String, String> settings = new HashMap<>(AuthorizerCalls.settings());
        settings.putAll(Map.of("LC_ALL", locale, "LANG", locale, "TZ", zone));
        try (FunctionProcess all = process("provided.al2023", NATIVE, settings, new ArrayList<>())) {
            for (int i = 0; i < CALLS; i++) {
                int kind = i < calls.size() ? i : order.nextInt(calls.size());
                Payload answer = all.invoke("request", calls.get(kind).event().getBytes(UTF_8))
                        .asPayload();
                assertThat(answer.equals(single.get(kind)))
                        .as("call %d, %s: %s", i, calls.get(kind).name(), answer.text())
                        .isTrue();
            }
        }
    }

    @Test
    void answersAndLogsEveryCallAsTheManagedPackageDoes() throws IOException {
        List<byte[]> events = AuthorizerCalls.all().stream()
                .map(call -> call.event().getBytes(UTF_8))
                .toList();
        assertAlike(AuthorizerCalls.settings(), events, 25);
    }

    @Test
    void answersAndLogsEveryEventFileAsTheManagedPackageDoes() throws IOException {
        List<byte[]> events = new ArrayList<>();
        try (Stream<Path> files = Files.list(EVENTS)) {
            for (Path file : files.filter(
                            one -> String.valueOf(one.getFileName()).matches("authorizer-.*\\.json"))
                    .sorted()
                    .toList()) {
                events.add(Files.readAllBytes(file));
            }
        }
        JsonNode secret =
                JsonTree.parse(Files.readAllBytes(EVENTS.resolve("env.json"))).orElseThrow();
        String key = secret.path("AuthorizerFunction").path("JWT_VERIFY_KEY").asText();
        assertAlike(Map.of("JWT_VERIFY_KEY", key), events, 15);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void takesKeysOfEveryAlgorithm(Algorithm algorithm) throws IOException {
        NewKeyRing ring = NewKeyRing.of(algorithm);
        TokenSigner signer = new TokenSigner(
                KeySource.fixed(KeyRing.read(ring.secretText()).signingKey(algorithm, null)),
                ClaimNames.DEFAULT,
                null,
                List.of());
        Instant now = Instant.now();
        String good = signer.sign(new KeyClaims("cus_1", "key_1", now, now.plus(Duration.ofHours(1))));
        String bad = signer.sign(new KeyClaims("cus_2", "key_1", now, now.plus(Duration.ofHours(1))));
        String mixed = good.substring(0, good.lastIndexOf('.')) + bad.substring(bad.lastIndexOf('.'));
        Seen seen = assertAlike(
                Map.of("JWT_VERIFY_KEY", ring.verifyingText()), List.of(tokenEvent(good), tokenEvent(mixed)), 2);
        assertThat(seen.answers().get(0)).contains("\"Effect\":\"Allow\"");
        assertThat(seen.answers().get(1)).contains("Unauthorized");
    }

    static Stream<Map<String, String>> settings() {
        String pem = TestKeys.pem(TestKeys.rsa("native").getPublic());
        return Stream.of(
                Map.of("JWT_VERIFY_KEY", pem),
                Map.of("JWT_VERIFY_KEY", TestKeys.pem(TestKeys.ec("native", 384).getPublic())),
                Map.of("JWT_VERIFY_KEY", TestKeys.pem(TestKeys.ed25519("native").getPublic())),
                Map.of(),
                Map.of("JWT_VERIFY_KEY", "short"),
                Map.of("JWT_VERIFY_KEY", pem.replace("A", "B")),
                Map.of("JWT_VERIFY_KEY", pem, "JWKS_URI", "https://127.0.0.1/keys", "JWT_VERIFY_KEI", "x"),
                Map.of("JWT_VERIFY_KEY", pem, "POLICY_SCOPE", "everything", "JWT_CLOCK_SKEW", "2 days"),
                Map.of("JWT_VERIFY_KEY", "{\"keys\":[]}"),
                Map.of("JWT_ISSUERS", "[{}]"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void startsAndRefusesToStartAsTheManagedPackageDoes(Map<String, String> settings) throws IOException {
        assertAlike(settings, List.of(tokenEvent("not.a.token")), 1);
    }

    private static byte[] tokenEvent(String token) {
        return JsonTree.bytes(JsonTree.object()
                .put("type", "TOKEN")
                .put("methodArn", "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/GET/orders")
                .put("authorizationToken", "Bearer " + token));
    }

    private static Seen assertAlike(Map<String, String> settings, List<byte[]> events, int atLeast) {
        assertThat(events).hasSizeGreaterThanOrEqualTo(atLeast);
        Seen managed = seen("java25", MANAGED, settings, events);
        Seen compiled = seen("provided.al2023", NATIVE, settings, events);
        assertThat(compiled.answers()).isEqualTo(managed.answers());
        assertThat(compiled.records()).isEqualTo(managed.records()).hasSizeGreaterThanOrEqualTo(events.size());
        return compiled;
    }

    private static Seen seen(String runtime, Path zip, Map<String, String> settings, List<byte[]> events) {
        List<String> lines = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        try (FunctionProcess process = process(runtime, zip, settings, lines)) {
            for (byte[] event : events) {
                JsonNode answer = JsonTree.parse(
                                process.invoke("request", event).asPayload().bytes())
                        .orElseThrow();
                if (answer instanceof ObjectNode error) {
                    error.remove("stackTrace");
                }
                answers.add(answer.toString());
            }
            // By its answer all records of the others are written; its own do not count.
            process.invoke(LAST, tokenEvent("last"));
            awaitQuiet(lines);
        }
        synchronized (lines) {
            return new Seen(
                    answers,
                    lines.stream()
                            .filter(line -> !line.contains('"' + LAST + '"'))
                            .map(NativeCallsTest::comparable)
                            .toList());
        }
    }

    private static void awaitQuiet(List<String> lines) {
        int before = -1;
        try {
            while (before < lines.size()) {
                before = lines.size();
                Thread.sleep(500);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A record without what is of its time, and without the lines of a trace but for the first. */
    private static JsonNode comparable(String line) {
        JsonNode record = JsonTree.parse(line.getBytes(UTF_8))
                .orElseGet(() -> JsonTree.object().put("text", line));
        if (record instanceof ObjectNode object) {
            object.remove(List.of("timestamp", "_aws", "microseconds"));
            object.put("message", object.path("message").asText().replaceAll("(?s)\n\tat .*", ""));
        }
        return record;
    }

    private static FunctionProcess process(String runtime, Path zip, Map<String, String> settings, List<String> lines) {
        FunctionDefinition function = new FunctionDefinition(
                "AuthorizerFunction",
                runtime,
                zip,
                "dev.latchkey.authorizer.AuthorizerHandler",
                settings,
                Duration.ofSeconds(30),
                512,
                "JSON",
                "INFO");
        return new FunctionProcess(function, Map.of(), JvmSettings.defaults(), (from, stream, line) -> {
            synchronized (lines) {
                lines.add(line);
            }
        });
    }
}
