package dev.latchkey.local.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.aws.Emulator;
import dev.latchkey.local.fixture.CheckLayer;
import dev.latchkey.local.lambda.FunctionProcess;
import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.lambda.JvmSettings;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.template.FunctionDefinition;
import dev.latchkey.local.template.Template;
import dev.latchkey.testing.TestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The native program that scripts/build --native makes: its key sources, its ends, and what must not be frozen in it. */
@Tag("native")
@Timeout(300)
class NativeTest {
    private static final Path NATIVE = Path.of("../functions/authorizer/target/authorizer-native.zip");
    private static final String ALLOW = "\"Effect\":\"Allow\"";
    private static final int SHORTEST_SECRET = 12;
    private static final int SMALL_MEMORY_MB = 27;

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
        try (ZipFile zip = new ZipFile(NATIVE.toFile())) {
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
    @DisplayName(
            "R4: the largest event in a small memory ends in an error, never in an Allow, and the next key is answered")
    void takesTheLargestEventInASmallMemory() throws IOException {
        Map<String, String> settings = Map.of(
                "JWT_VERIFY_KEY",
                SampleCalls.secret(),
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                String.valueOf(SMALL_MEMORY_MB));
        try (FunctionProcess process = process(settings, List.of())) {
            byte[] large = SampleCalls.event("x".repeat(5_900_000));
            assertThat(answer(process, large)).doesNotContain(ALLOW).contains("errorMessage");
            assertThat(answer(process, SampleCalls.good())).contains(ALLOW);
        }
    }

    @Test
    void endsWhenItIsAskedTo() throws IOException {
        try (FunctionProcess process = process(Map.of("JWT_VERIFY_KEY", SampleCalls.secret()), List.of())) {
            assertThat(answer(process, SampleCalls.good())).contains(ALLOW);
            assertThat(process.end(Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    @DisplayName("R5: a key source that takes the connection and says nothing is a failure of ours, in time")
    void waitsForNoSourceThatIsStuck() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Map<String, String> settings = Map.of("JWKS_URI", "http://127.0.0.1:" + silent.getLocalPort() + "/jwks");
            try (FunctionProcess process = process(settings, List.of())) {
                long start = System.nanoTime();
                assertThat(answer(process, SampleCalls.good()))
                        .doesNotContain(ALLOW)
                        .contains("KeysUnavailableException");
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            }
        }
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
    void answersTwentyThousandKeysWithinItsMemory() throws Exception {
        try (FunctionProcess process = process(Map.of("JWT_VERIFY_KEY", SampleCalls.secret()), List.of())) {
            for (int i = 0; i < 20_000; i++) {
                String token = token("cus_" + i);
                assertThat(answer(process, SampleCalls.event(token))).contains(ALLOW);
            }
            String peak = Files.readString(Path.of("/proc/" + process.pid().orElseThrow() + "/status"))
                    .replaceFirst("(?s).*VmHWM:\\s+(\\d+) kB.*", "$1");
            assertThat(Integer.parseInt(peak) / 1024).isLessThan(512);
        }
    }

    @Test
    void isTheAuthorizerOfTheTemplateThatTheBuildWrites() {
        Template template = Template.read(Path.of("..", "template-native.yaml"), Map.of());
        assertThat(template.functions())
                .filteredOn(FunctionDefinition::hasOwnRuntime)
                .singleElement()
                .satisfies(function -> {
                    assertThat(function.logicalId()).isEqualTo("AuthorizerFunction");
                    assertThat(function.code()).exists().endsWith(NATIVE.getFileName());
                });
    }

    private static String token(String customer) throws IOException {
        return TestTokens.good("HS256")
                .claim("exp", Instant.now().getEpochSecond() + 3600)
                .claim("org_id", customer)
                .hs256(SampleCalls.secret());
    }

    private FunctionProcess process(Map<String, String> environment, List<String> flags) {
        return process(definition(environment, List.of()), flags);
    }

    private static FunctionDefinition definition(Map<String, String> environment, List<Path> layers) {
        return new FunctionDefinition(
                "AuthorizerFunction",
                "provided.al2023",
                NATIVE,
                layers,
                "dev.latchkey.authorizer.AuthorizerHandler",
                environment,
                Duration.ofSeconds(30),
                512,
                "JSON",
                "INFO");
    }

    private FunctionProcess process(FunctionDefinition function, List<String> flags) {
        JvmSettings settings = JvmSettings.defaults().withFlags(flags);
        return new FunctionProcess(function, Map.of(), settings, (from, stream, line) -> lines.add(line));
    }

    private static String answer(FunctionProcess process, byte[] event) {
        return process.invoke("request", event).asPayload().text();
    }
}
