package dev.latchkey.runtime;

import static dev.latchkey.runtime.ScriptedRuntimeApi.ACCEPTED;
import static dev.latchkey.runtime.ScriptedRuntimeApi.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RuntimeLoopTest {
    private static final RequestStreamHandler ECHO = (in, out, context) -> in.transferTo(out);
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @Test
    void answersEventAfterEventOverOneConnection() throws IOException {
        try (ScriptedRuntimeApi api = new ScriptedRuntimeApi(event("one"), ACCEPTED, event("two"), ACCEPTED)) {
            runToItsEnd(api, ECHO);
            assertThat(api.requests()).hasSizeGreaterThan(4);
            assertThat(api.requests().get(0))
                    .startsWith("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: 127.");
            assertThat(api.requests().get(1))
                    .startsWith("POST /2018-06-01/runtime/invocation/r1/response HTTP/1.1\r\n")
                    .endsWith("\r\n\r\none");
            assertThat(api.requests().get(3)).endsWith("\r\n\r\ntwo");
        }
    }

    @Test
    void takesAnEventInChunksAndWhatFollowsIt() throws IOException {
        String chunked = String.join(
                "\r\n",
                "HTTP/1.1 200 OK",
                "Lambda-Runtime-Aws-Request-Id: r1",
                "Lambda-Runtime-Deadline-Ms: 1",
                "Transfer-Encoding: chunked",
                "",
                "3;x=y",
                "one",
                "1",
                "!",
                "0",
                "Trailer: t",
                "",
                "");
        try (ScriptedRuntimeApi api = new ScriptedRuntimeApi(chunked, ACCEPTED)) {
            runToItsEnd(api, ECHO);
            assertThat(api.requests().get(1)).endsWith("\r\n\r\none!");
            assertThat(api.connections()).isEqualTo(2); // the second one finds the script over
        }
    }

    @Test
    void sendsAnAnswerAgainWhoseConnectionWasLost() throws IOException {
        try (ScriptedRuntimeApi api = new ScriptedRuntimeApi(event("one"), "", ACCEPTED)) {
            runToItsEnd(api, ECHO);
            assertThat(api.requests().get(1)).isEqualTo(api.requests().get(2)).endsWith("\r\n\r\none");
        }
    }

    @Test
    void doesNotKeepAConnectionThatTheOtherSideCloses() throws IOException {
        String closing = ACCEPTED.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
        try (ScriptedRuntimeApi api = new ScriptedRuntimeApi(event("one"), closing, event("two"), ACCEPTED)) {
            runToItsEnd(api, ECHO);
            assertThat(api.requests().get(3)).endsWith("\r\n\r\ntwo");
            assertThat(api.connections()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void tellsWhatAFunctionThrewAndGoesOn() throws IOException {
        RequestStreamHandler failing = (in, out, context) -> {
            out.write('x');
            throw new IllegalStateException("no \"luck\"\n");
        };
        try (ScriptedRuntimeApi api = new ScriptedRuntimeApi(event("one"), ACCEPTED, event("two"), ACCEPTED)) {
            runToItsEnd(api, failing);
            assertThat(api.requests().get(1))
                    .startsWith("POST /2018-06-01/runtime/invocation/r1/error ")
                    .contains("\r\nLambda-Runtime-Function-Error-Type: Runtime.UserException\r\n")
                    .contains("{\"errorMessage\":\"no \\\"luck\\\"\\u000a\","
                            + "\"errorType\":\"java.lang.IllegalStateException\",\"stackTrace\":[]}");
            assertThat(api.requests()).hasSizeGreaterThan(4);
        }
        assertThat(log.toString(StandardCharsets.UTF_8))
                .startsWith(
                        "{\"timestamp\":\"2026-06-01T12:00:00.000Z\",\"message\":\"no \\\"luck\\\"\\u000a: java.lang")
                .contains("\"level\":\"ERROR\",\"AWSRequestId\":\"r1\"}\n");
    }

    @Test
    void endsAfterAnErrorThatNoProgramGoesOnAfter() throws IOException {
        RequestStreamHandler failing = (in, out, context) -> {
            throw new OutOfMemoryError("Java heap space");
        };
        try (ScriptedRuntimeApi api = new ScriptedRuntimeApi(event("one"), ACCEPTED, event("two"), ACCEPTED)) {
            loop(api, "INFO").run(logger -> failing);
            assertThat(api.requests()).hasSize(2);
            assertThat(api.requests().get(1)).contains("/r1/error ").contains("java.lang.OutOfMemoryError");
        }
    }

    @Test
    void reportsAFunctionThatDoesNotStart() throws IOException {
        try (ScriptedRuntimeApi api = new ScriptedRuntimeApi(ACCEPTED)) {
            loop(api, "INFO").run(logger -> {
                throw new IllegalArgumentException("JWT_VERIFY_KEY: is missing");
            });
            assertThat(api.requests())
                    .singleElement()
                    .asString()
                    .startsWith("POST /2018-06-01/runtime/init/error ")
                    .contains("\r\nLambda-Runtime-Function-Error-Type: Runtime.BadFunctionCode\r\n")
                    .endsWith("{\"errorMessage\":\"JWT_VERIFY_KEY: is missing\","
                            + "\"errorType\":\"java.lang.IllegalArgumentException\"}");
        }
    }

    @Test
    void goesOnAfterAnAnswerThatLambdaDoesNotTake() throws IOException {
        String large = "HTTP/1.1 413 Request Entity Too Large\r\nContent-Length: 2\r\n\r\n{}";
        try (ScriptedRuntimeApi api = new ScriptedRuntimeApi(event("one"), large, event("two"), ACCEPTED)) {
            runToItsEnd(api, ECHO);
            assertThat(api.requests().get(3)).endsWith("\r\n\r\ntwo");
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("took no answer: TOO_LARGE");
    }

    @Test
    void endsWhereTheRuntimeApiDoesNotWork() throws IOException {
        String broken = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n";
        try (ScriptedRuntimeApi api = new ScriptedRuntimeApi(event("one"), broken, event("two"), ACCEPTED)) {
            assertThatThrownBy(() -> loop(api, "INFO").run(logger -> ECHO))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("500, which is not recoverable");
            assertThat(api.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../init/error", "a b", "a\tHost: x", ""})
    void asksForNothingWithAnIdThatIsNone(String id) throws IOException {
        String answer = event("one").replace("Id: r1", "Id: " + id);
        try (ScriptedRuntimeApi api = new ScriptedRuntimeApi(answer, ACCEPTED)) {
            assertThatThrownBy(() -> loop(api, "INFO").run(logger -> ECHO))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("request id");
            assertThat(api.requests()).hasSize(1);
        }
    }

    @Test
    void givesAFunctionWhatLambdaTellsOfItsInvocation() throws IOException {
        List<String> seen = new ArrayList<>();
        RequestStreamHandler asking = (in, out, context) -> {
            seen.add(context.getAwsRequestId() + " " + context.getInvokedFunctionArn() + " " + context.getFunctionName()
                    + " " + context.getMemoryLimitInMB() + " " + context.getRemainingTimeInMillis() + " "
                    + context.getTenantId() + " " + System.getProperty("com.amazonaws.xray.traceHeader"));
            Thread.currentThread().interrupt();
        };
        String soon = event("e", "Lambda-Runtime-Trace-Id: Root=1-x", "LAMBDA-RUNTIME-INVOKED-FUNCTION-ARN:arn:f")
                .replace("4102444800000", String.valueOf(NOON.millis() + 1234));
        String late = event("e", "Lambda-Runtime-Aws-Tenant-Id: t1").replace("4102444800000", "1");
        try (ScriptedRuntimeApi api = new ScriptedRuntimeApi(soon, ACCEPTED, late, ACCEPTED)) {
            runToItsEnd(api, asking);
        }
        assertThat(seen).containsExactly("r1 arn:f door 256 1234 null Root=1-x", "r1  door 256 0 t1 null");
    }

    @Test
    void writesWhatIsAtTheLevelOrAboveIt() throws IOException {
        RequestStreamHandler logging = (in, out, context) -> {
            context.getLogger().log("hidden", LogLevel.INFO);
            context.getLogger().log("shown", LogLevel.WARN);
            context.getLogger().log("{\"own\":1}\n".getBytes(StandardCharsets.UTF_8), LogLevel.ERROR);
            context.getLogger().log("{\"own\":2}\n".getBytes(StandardCharsets.UTF_8), LogLevel.DEBUG);
            context.getLogger().log("always");
        };
        try (ScriptedRuntimeApi api = new ScriptedRuntimeApi(event("one"), ACCEPTED)) {
            runToItsEnd(api, logging, "WARN");
        }
        String record =
                "{\"timestamp\":\"2026-06-01T12:00:00.000Z\",\"message\":\"%s\",\"level\":\"%s\",\"AWSRequestId\":\"r1\"}\n";
        assertThat(log.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        record.formatted("shown", "WARN") + "{\"own\":1}\n" + record.formatted("always", "UNDEFINED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1", "127.0.0.1:port", "http://127.0.0.1:9001", "127.0.0.1:9001/x"})
    void needsAHostAndAPort(String address) {
        assertThatThrownBy(() -> new RuntimeLoop(Map.of("AWS_LAMBDA_RUNTIME_API", address), log, NOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("AWS_LAMBDA_RUNTIME_API: needs a host and a port");
    }

    private void runToItsEnd(ScriptedRuntimeApi api, RequestStreamHandler handler) {
        runToItsEnd(api, handler, "INFO");
    }

    /** Until the script is over, which looks like a lost Runtime API. */
    private void runToItsEnd(ScriptedRuntimeApi api, RequestStreamHandler handler, String level) {
        assertThatThrownBy(() -> loop(api, level).run(logger -> handler)).isInstanceOf(IOException.class);
    }

    private RuntimeLoop loop(ScriptedRuntimeApi api, String level) {
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
        environment.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
        environment.put("AWS_LAMBDA_LOG_LEVEL", level);
        environment.put("AWS_LAMBDA_FUNCTION_NAME", "door");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256");
        return new RuntimeLoop(environment, log, NOON);
    }
}
