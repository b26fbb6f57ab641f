package dev.latchkey.flushcaches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.aws.ApiGatewayFlusher;
import dev.latchkey.config.SettingsException;
import dev.latchkey.provisioning.StageCache;
import dev.latchkey.testing.RecordingLogger;
import dev.latchkey.testing.TestContext;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A batch of the queue")
class FlushCachesHandlerTest {

    private static final String DONE = "{\"batchItemFailures\":[]}";
    private static final String STAGES = "rest:abc123/prod, http:def456/$default";

    private final TurnableClock clock = new TurnableClock(TestTokens.NOW);
    private final RecordingLogger log = new RecordingLogger();
    private final List<String> flushed = new ArrayList<>();
    private String failing = "none";
    private int failures = Integer.MAX_VALUE;

    private final FlushCachesHandler handler = new FlushCachesHandler(
            Map.of("FLUSH_STAGES", STAGES, "AWS_LAMBDA_FUNCTION_NAME", "prod-Flush"),
            stage -> {
                if (stage.toString().matches(failing) && failures-- > 0) {
                    throw new IllegalStateException("throttled");
                }
                flushed.add(stage + " at "
                        + Duration.between(TestTokens.NOW, clock.instant()).toMillis());
            },
            clock,
            clock::turn,
            log);

    private String call(Instant... notBefore) {
        List<String> records = new ArrayList<>();
        for (Instant time : notBefore) {
            records.add("{\"messageId\":\"m" + records.size() + "\",\"body\":\"{\\\"notBefore\\\":"
                    + time.toEpochMilli() + "}\"}");
        }
        return event("{\"Records\":[" + String.join(",", records) + "]}");
    }

    private String event(String json) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            handler.handleRequest(
                    new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), output, new TestContext(log));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return output.toString(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("is one flush of each stage, not before the latest of its times")
    void joined() {
        assertThat(call(TestTokens.NOW.plusMillis(400), TestTokens.NOW.plusMillis(900), TestTokens.NOW))
                .isEqualTo(DONE);

        assertThat(flushed)
                .containsExactly("REST API abc123, stage prod at 900", "HTTP API def456, stage $default at 900");
    }

    @Test
    @DisplayName("comes at most once a second, and not at all where a later flush was made already")
    void rate() {
        call(TestTokens.NOW);
        call(TestTokens.NOW.plusMillis(1));
        assertThat(flushed).hasSize(4).last().asString().endsWith("at 1000");

        call(TestTokens.NOW.plusMillis(500));
        assertThat(flushed).hasSize(4);
    }

    @Test
    @DisplayName("is given back where a flush fails, or its time is far ahead")
    void givenBack() {
        failing = ".*";
        assertThat(call(TestTokens.NOW, TestTokens.NOW))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"},{\"itemIdentifier\":\"m1\"}]}");
        assertThat(log.last())
                .contains("not flushed", "throttled", "\"FunctionName\":\"prod-Flush\",\"CacheFlushFailures\":1");
        failing = "none";
        assertThat(call(TestTokens.NOW)).isEqualTo(DONE);
        assertThat(call(clock.instant().plusSeconds(60))).contains("m0");
    }

    @Test
    @DisplayName("of which one stage was throttled once is flushed there a second later")
    void throttledOnce() {
        failing = "HTTP.*";
        failures = 1;
        assertThat(call(TestTokens.NOW)).isEqualTo(DONE);

        assertThat(flushed)
                .containsExactly("REST API abc123, stage prod at 0", "HTTP API def456, stage $default at 1000");
    }

    @Test
    @DisplayName("of which one stage is throttled twice is flushed at that stage alone when it comes again")
    void oneStage() {
        failing = "HTTP.*";
        assertThat(call(TestTokens.NOW)).contains("m0");
        failing = "none";
        assertThat(call(TestTokens.NOW)).isEqualTo(DONE);

        assertThat(flushed)
                .containsExactly("REST API abc123, stage prod at 0", "HTTP API def456, stage $default at 2000");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"x", "{}", "", "{\"notBefore\":\"1\"}", "{\"notBefore\":1.5}", "[]"})
    @DisplayName("with a message of another form is a flush at once")
    void oddMessage(String body) {
        assertThat(event("{\"Records\":[{\"messageId\":\"m\",\"body\":" + quoted(body) + "}]}"))
                .isEqualTo(DONE);
        assertThat(flushed).hasSize(2);

        clock.turn(Duration.ofMillis(1));
        assertThat(event("{\"Records\":[{\"messageId\":\"m\",\"body\":" + quoted(body) + "}]}"))
                .isEqualTo(DONE);
        assertThat(flushed).hasSize(4);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\\\"") + "\"";
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"{}", "[]", "x", "{\"Records\":1}", "{\"Records\":[1]}", "{\"Records\":[{}]}"})
    @DisplayName("that is none is a failure")
    void otherEvent(String json) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> event(json));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "abc/prod", "rest:abc", "rest:a b/prod", "soap:abc/prod", "rest:abc/prod, x"})
    @DisplayName("needs stages to flush")
    void noStages(String stages) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() ->
                        new FlushCachesHandler(Map.of("FLUSH_STAGES", stages), stage -> {}, clock, clock::turn, log))
                .withMessageContaining("FLUSH_STAGES: needs stages such as");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"202,204,true", "202,404,false", "403,204,false", "429,204,false", "500,500,false"})
    @DisplayName(
            "asks API Gateway by the operations of its two APIs, a second time where one failed, and tells whether both were done")
    void operations(int rest, int http, boolean done) throws IOException {
        List<String> requests = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + path);
            exchange.sendResponseHeaders(path.startsWith("/v2/") ? http : rest, -1);
            exchange.close();
        });
        server.start();
        System.setProperty("aws.region", "us-east-1");
        System.setProperty("aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE");
        System.setProperty("aws.secretAccessKey", "wJalrXUtnFEMIexampleKEY");
        System.setProperty(
                "aws.endpointUrl", "http://127.0.0.1:" + server.getAddress().getPort());
        try {
            StageCache.Flusher flusher = new ApiGatewayFlusher();
            FlushCachesHandler real =
                    new FlushCachesHandler(Map.of("FLUSH_STAGES", STAGES), flusher, clock, clock::turn, log);
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            real.handleRequest(
                    new ByteArrayInputStream(
                            "{\"Records\":[{\"messageId\":\"m\",\"body\":\"{}\"}]}".getBytes(StandardCharsets.UTF_8)),
                    output,
                    new TestContext(log));

            String ofRest = "DELETE /restapis/abc123/stages/prod/cache/authorizers";
            String ofHttp = "DELETE /v2/apis/def456/stages/$default/cache/authorizers";
            List<String> expected = new ArrayList<>(List.of(ofRest, ofHttp));
            if (rest != 202) {
                expected.add(ofRest);
            }
            if (http != 204) {
                expected.add(ofHttp);
            }
            assertThat(requests).isEqualTo(expected);
            assertThat(output.toString(StandardCharsets.UTF_8).equals(DONE)).isEqualTo(done);
        } finally {
            server.stop(0);
            for (String name : List.of("region", "accessKeyId", "secretAccessKey", "endpointUrl")) {
                System.clearProperty("aws." + name);
            }
        }
    }
}
