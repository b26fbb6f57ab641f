package dev.latchkey.issuekey;

import dev.latchkey.config.SecretSource;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.moesif.TestReporter;
import dev.latchkey.provisioning.IdempotencyRecord;
import dev.latchkey.provisioning.IdempotencyRecords;
import dev.latchkey.provisioning.IdempotencyUnavailableException;
import dev.latchkey.provisioning.PluginLoader;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.MemoryKeyTable;
import dev.latchkey.testing.RecordingLogger;
import dev.latchkey.testing.TestContext;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The handler under test with good settings to spoil: HS256, 30 days, a clock that stands, a log that remembers. */
final class TestIssuer {

    final RecordingLogger log = new RecordingLogger();
    final TurnableClock clock = new TurnableClock(TestTokens.NOW);
    final List<String> atStart;

    /** The times for which flushes were asked. */
    final List<Instant> flushes = new ArrayList<>();

    private final MemoryKeyTable keys = new MemoryKeyTable();

    /** How often a record was read. */
    final AtomicInteger readings = keys.readings;

    private final IssueKeyHandler handler;

    /** Who asks over HTTP. */
    static final String CALLER = "arn:aws:iam::123456789012:user/portal";

    /** When the queue takes no message. */
    static final Instant QUEUE_DOWN = TestTokens.NOW.plusSeconds(77);

    private TestIssuer(Map<String, String> environment) {
        SecretSource down = id -> {
            throw new KeysUnavailableException(
                    "the secret " + id + " cannot be read", new IllegalStateException("10.0.0.7 refused"));
        };
        handler = new IssueKeyHandler(
                environment,
                new IssueKeyHandler.Services(
                        extension -> down,
                        TestIssuer::records,
                        table -> keys,
                        queue -> this::flushAsked,
                        TestReporter::patient),
                PluginLoader.ofClassPath(),
                clock,
                log);
        atStart = List.copyOf(log.lines());
        log.lines().clear();
    }

    private void flushAsked(Instant notBefore) {
        if (clock.instant().equals(QUEUE_DOWN)) {
            throw new IllegalStateException("the queue is down");
        }
        flushes.add(notBefore);
    }

    /** A handler that keeps records of keys. */
    static TestIssuer keeping(String... settings) {
        String[] all = Arrays.copyOf(settings, settings.length + 4);
        all[settings.length] = "PLUGIN_JWT_KEYS_TABLE";
        all[settings.length + 1] = "keys";
        all[settings.length + 2] = "PLUGIN_JWT_STATUS_LIST_BASE";
        all[settings.length + 3] = "https://keys.example";
        return with(all);
    }

    /** Records in memory; those of the table {@code down} cannot be had. */
    private static IdempotencyRecords records(String table) {
        if (table.equals("down")) {
            return proposed -> {
                throw new IdempotencyUnavailableException("the table down cannot be reached, got 10.0.0.7 refused");
            };
        }
        Map<String, IdempotencyRecord> kept = new ConcurrentHashMap<>();
        return proposed -> kept.computeIfAbsent(proposed.id(), id -> proposed);
    }

    /** A handler that signs with {@link TestKeys#SECRET}, and these settings: name, value, name, value. */
    static TestIssuer with(String... settings) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PLUGIN_JWT_SECRET", TestKeys.SECRET);
        environment.put("PLUGIN_JWT_EXPIRES_IN", "30d");
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return new TestIssuer(environment);
    }

    /** A handler whose key is in a secret that cannot be read. */
    static TestIssuer withoutKey() {
        return with("PLUGIN_JWT_SECRET", "", "PLUGIN_JWT_SECRET_ID", "prod/signing");
    }

    /** The answer to a file in events/. */
    JsonObject file(String name) {
        return call(fileBytes(name));
    }

    /** The answer to an event. */
    JsonObject call(String event) {
        return call(event.getBytes(StandardCharsets.UTF_8));
    }

    /** The answer to an event. */
    JsonObject call(byte[] event) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            call(event, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JsonObject answer = json(output.toByteArray());
        JsonObject body = answer.has("body") ? body(answer) : answer;
        body.string("apikey").ifPresent(key -> LeakGuard.secret(key.substring(key.lastIndexOf('.') + 1)));
        return answer;
    }

    void call(byte[] event, OutputStream output) throws IOException {
        handler.handleRequest(new ByteArrayInputStream(event), output, new TestContext(log));
    }

    /** The answer's body to {@code POST /create-key} with this body. */
    JsonObject post(String body) {
        return call(httpEvent(body));
    }

    /** The event of {@code POST /create-key} with this body. */
    static String httpEvent(String body) {
        return new JsonObjectBuilder()
                .put("httpMethod", "POST")
                .put("path", "/create-key")
                .put(
                        "requestContext",
                        new JsonObjectBuilder()
                                .put("stage", "prod")
                                .put(
                                        "identity",
                                        new JsonObjectBuilder()
                                                .put("userArn", CALLER)
                                                .build())
                                .build())
                .put("body", body)
                .put("isBase64Encoded", false)
                .build()
                .toString();
    }

    /** The body of a proxy response. */
    static JsonObject body(JsonObject answer) {
        return json(answer.string("body").orElseThrow().getBytes(StandardCharsets.UTF_8));
    }

    /** The status of a proxy response; 0 for another answer. */
    static int status(JsonObject answer) {
        return answer.get("statusCode")
                .map(status -> Integer.parseInt(status.toString()))
                .orElse(0);
    }

    /** The last log record. */
    JsonObject logged() {
        return json(log.last().getBytes(StandardCharsets.UTF_8));
    }

    static byte[] fileBytes(String name) {
        try (InputStream stream = TestIssuer.class.getResourceAsStream("/events/" + name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonObject json(byte[] text) {
        try {
            return JsonReader.readObject(text, new JsonLimits(256 * 1024, 32));
        } catch (JsonSyntaxException e) {
            throw new AssertionError("not a JSON object", e);
        }
    }
}
