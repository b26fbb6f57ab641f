package dev.latchkey.local.build;

import static dev.latchkey.local.build.NativeProgram.ALLOW;
import static dev.latchkey.local.build.NativeProgram.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.aws.Emulator;
import dev.latchkey.local.fixture.CheckLayer;
import dev.latchkey.local.lambda.FunctionProcess;
import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.template.FunctionDefinition;
import dev.latchkey.local.template.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The native program that scripts/build --native makes: its key sources, its ends, and what must not be frozen in it. */
@Tag("native")
@Timeout(300)
class NativeTest {
    private static final int SHORTEST_SECRET = 12;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Test
    void takesASecretAndPublishedKeysOverTlsThatTheRunTrusts() throws Exception {
        TrainingKey key = TrainingKey.jwkSet();
        try (TrainingServices services = TrainingServices.start(SampleCalls.secret(), key.verifying())) {
            Map<String, String> secret = Map.of("AWS_ENDPOINT_URL", services.endpoint(), "PLUGIN_JWT_SECRET_ID", "any");
            Map<String, String> published = Map.of(
                    "JWKS_URI", services.jwksUri(), "JWT_ISSUER", key.issuer(), "JWT_AUDIENCE", TrainingKey.AUDIENCE);
            try (FunctionProcess process = process(secret, services.flags())) {
                assertThat(answer(process, SampleCalls.good())).contains(ALLOW);
            }
            try (FunctionProcess process = process(published, services.flags())) {
                assertThat(answer(process, SampleCalls.event(key.token()))).contains(ALLOW);
            }
            for (Map<String, String> settings : List.of(secret, published)) {
                try (FunctionProcess process = process(settings, List.of())) {
                    assertThat(answer(process, SampleCalls.event(key.token())))
                            .doesNotContain(ALLOW)
                            .contains("KeysUnavailableException");
                }
            }
            assertThat(lines).anyMatch(line -> line.contains("unable to find valid certification path"));
        }
    }

    @Test
    void takesASecretFromTheEmulatorAndFromTheExtension() throws IOException {
        SampleCalls.keepSecret("native");
        Map<String, String> bySdk = Map.of("AWS_ENDPOINT_URL", Emulator.endpoint(), "PLUGIN_JWT_SECRET_ID", "native");
        try (FunctionProcess process = process(bySdk, List.of())) {
            assertThat(answer(process, SampleCalls.good())).contains(ALLOW);
        }
        Map<String, String> missing =
                Map.of("AWS_ENDPOINT_URL", Emulator.endpoint(), "PLUGIN_JWT_SECRET_ID", "none-of-that-name");
        try (FunctionProcess process = process(missing, List.of())) {
            assertThat(answer(process, SampleCalls.good())).contains("KeysUnavailableException");
        }
        assertThat(lines).anyMatch(line -> line.contains("ResourceNotFoundException"));
        String secret = SampleCalls.secret();
        try (LoopbackServer extension =
                LoopbackServer.start("extension", 0, "", exchange -> TrainingServices.secret(secret))) {
            Map<String, String> byExtension = Map.of(
                    "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT",
                    String.valueOf(extension.port()),
                    "PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED",
                    "false",
                    "PLUGIN_JWT_SECRET_ID",
                    "native");
            try (FunctionProcess process = process(byExtension, List.of())) {
                assertThat(answer(process, SampleCalls.good())).contains(ALLOW);
            }
        }
    }

    @Test
    void tellsSecretsManagerWhichTraceItIsAskedIn() throws Exception {
        LoopbackServer.Response none = LoopbackServer.Response.json(
                400, JsonTree.bytes(JsonTree.object().put("__type", "ResourceNotFoundException")), Map.of());
        String secret = SampleCalls.secret();
        List<String> traces = new CopyOnWriteArrayList<>();
        try (LoopbackServer secrets = LoopbackServer.start("secrets", 0, "", exchange -> {
                    String trace = exchange.getRequestHeaders().getFirst("X-Amzn-Trace-Id");
                    traces.add(String.valueOf(trace));
                    // The first reading is of the start, which is in no trace.
                    return traces.size() == 1 ? none : TrainingServices.secret(secret);
                });
                FunctionProcess process = process(
                        Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:" + secrets.port(), "PLUGIN_JWT_SECRET_ID", "any"),
                        List.of())) {
            while (!answer(process, SampleCalls.good()).contains(ALLOW)) {
                Thread.sleep(100);
            }
        }
        assertThat(traces).hasSize(2);
        assertThat(traces.get(0)).isEqualTo("null");
        assertThat(traces.get(1)).startsWith("Root=1-").endsWith(";Sampled=0");
    }

    @Test
    @DisplayName("R1: random numbers are of the run: two starts of one program greet a server with other ones")
    void drawsItsRandomNumbersAtRunTime() throws Exception {
        String first = greeting();
        String second = greeting();
        assertThat(first).hasSize(64);
        assertThat(second).hasSize(64).isNotEqualTo(first);
    }

    /** The 32 random bytes of a ClientHello (RFC 8446 section 4.1.2), in hexadecimal. */
    private String greeting() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(60_000);
            Map<String, String> settings = Map.of("JWKS_URI", "https://127.0.0.1:" + server.getLocalPort() + "/jwks");
            try (FunctionProcess process = process(settings, List.of())) {
                Thread calling = new Thread(() -> process.invoke("greeting", SampleCalls.event("a.b.c")), "calling");
                calling.setDaemon(true);
                calling.start();
                try (Socket socket = server.accept()) {
                    byte[] record = socket.getInputStream().readNBytes(43);
                    return HexFormat.of().formatHex(record, 11, 43);
                }
            }
        }
    }

    @Test
    @DisplayName("R2: nothing of the machine that built it is in it: no path, no environment value, no secret")
    void holdsNothingOfTheBuildMachine() throws IOException {
        List<String> traces = new ArrayList<>(
                List.of(Path.of("..").toRealPath().toString(), "BEGIN PRIVATE KEY", SampleCalls.secret()));
        System.getenv().forEach((name, value) -> {
            if (value.length() >= SHORTEST_SECRET && !value.startsWith("/usr/") && !value.contains("UTF-8")) {
                traces.add(value);
            }
        });
        try (ZipFile zip = new ZipFile(NativeProgram.ZIP.toFile())) {
            for (String name : List.of("authorizer", "bootstrap", "lib/libjvm.so")) {
                ZipEntry entry = zip.getEntry(name);
                String bytes = entry == null
                        ? ""
                        : new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                for (String trace : traces) {
                    assertThat(bytes.contains(trace))
                            .as(name + ": " + trace.length() + " characters")
                            .isFalse();
                }
            }
            assertThat(zip.getEntry("legal/java.base/LICENSE")).isNotNull();
        }
    }

    @Test
    @DisplayName("R3: time is of the run, in UTC, whatever the zone")
    void tellsTheTimeOfTheRun() throws Exception {
        try (FunctionProcess process =
                process(Map.of("JWT_VERIFY_KEY", SampleCalls.secret(), "TZ", "Pacific/Auckland"), List.of())) {
            assertThat(answer(process, SampleCalls.good())).contains(ALLOW);
        }
        String line = "";
        while (!line.contains("\"timestamp\"")) {
            line = String.valueOf(lines.poll(30, TimeUnit.SECONDS));
        }
        String time = JsonTree.parse(line.getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .path("timestamp")
                .asText();
        assertThat(Duration.between(Instant.parse(time), Instant.now()).abs()).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void endsWhenItIsAskedTo() throws IOException {
        try (FunctionProcess process = process(Map.of("JWT_VERIFY_KEY", SampleCalls.secret()), List.of())) {
            assertThat(answer(process, SampleCalls.good())).contains(ALLOW);
            assertThat(process.end(Duration.ofSeconds(5))).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"JWKS_URI", "AWS_ENDPOINT_URL", "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT"})
    @DisplayName("R5: a key source that takes the connection and says nothing is a failure of ours, in time")
    void waitsForNoSourceThatIsStuck(String source) throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                FunctionProcess process = process(keysFrom(source, silent.getLocalPort()), List.of())) {
            long start = System.nanoTime();
            assertThat(answer(process, SampleCalls.good()))
                    .doesNotContain(ALLOW)
                    .contains("KeysUnavailableException");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @ParameterizedTest
    @CsvSource({"JWKS_URI", "AWS_ENDPOINT_URL", "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT"})
    void endsWhenItIsAskedToWhileAKeySourceIsStuck(String source) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                FunctionProcess process = process(keysFrom(source, silent.getLocalPort()), List.of())) {
            byte[] event = SampleCalls.good();
            FutureTask<InvocationResult> call = new FutureTask<>(() -> process.invoke("stuck", event));
            new Thread(call, "calling").start();
            silent.setSoTimeout(60_000);
            try (Socket waiting = silent.accept()) {
                assertThat(waiting.isConnected()).isTrue();
                assertThat(process.end(Duration.ofSeconds(1))).isTrue();
            }
            assertThat(call.get()).isInstanceOf(InvocationResult.Crash.class);
        }
    }

    /** Settings that take keys from a port of this machine, in one of three ways. */
    private static Map<String, String> keysFrom(String source, int port) {
        return switch (source) {
            case "JWKS_URI" -> Map.of(source, "http://127.0.0.1:" + port + "/jwks");
            case "AWS_ENDPOINT_URL" -> Map.of(source, "http://127.0.0.1:" + port, "PLUGIN_JWT_SECRET_ID", "any");
            default ->
                Map.of(
                        source,
                        String.valueOf(port),
                        "PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED",
                        "false",
                        "PLUGIN_JWT_SECRET_ID",
                        "any");
        };
    }

    @Test
    @DisplayName("R6: a check in a layer, which a native program cannot load, stops the start and is not left out")
    void refusesChecksThatItCannotLoad(@TempDir Path folder) throws IOException {
        FunctionDefinition function =
                definition(Map.of("JWT_VERIFY_KEY", SampleCalls.secret()), List.of(CheckLayer.in(folder)));
        try (FunctionProcess process = process(function, List.of())) {
            assertThat(answer(process, SampleCalls.good()))
                    .contains("a native program takes no classes from layers, got ")
                    .contains("own-check.jar")
                    .doesNotContain(ALLOW);
        }
    }

    @Test
    void takesNoOptionsOfAJvm() throws IOException {
        try (FunctionProcess process = process(Map.of("JWT_VERIFY_KEY", SampleCalls.secret()), List.of("-Xmx64m"))) {
            assertThat(process.invoke("option", SampleCalls.good())).isInstanceOf(InvocationResult.Crash.class);
        }
        assertThat(lines).anyMatch(line -> line.contains("takes options such as -Dname=value only, got -Xmx64m"));
    }

    @Test
    void isTheAuthorizerOfTheTemplateThatTheBuildWrites() {
        Template template = Template.read(Path.of("..", "template-native.yaml"), Map.of());
        assertThat(template.functions())
                .filteredOn(FunctionDefinition::hasOwnRuntime)
                .singleElement()
                .satisfies(function -> {
                    assertThat(function.logicalId()).isEqualTo("AuthorizerFunction");
                    assertThat(function.code()).exists().endsWith(NativeProgram.ZIP.getFileName());
                });
    }

    private FunctionProcess process(Map<String, String> environment, List<String> flags) {
        return process(definition(environment, List.of()), flags);
    }

    private static FunctionDefinition definition(Map<String, String> environment, List<Path> layers) {
        return NativeProgram.definition(environment, layers, NativeProgram.MEMORY_MB);
    }

    private FunctionProcess process(FunctionDefinition function, List<String> flags) {
        return NativeProgram.process(function, flags, (from, stream, line) -> lines.add(line));
    }
}
