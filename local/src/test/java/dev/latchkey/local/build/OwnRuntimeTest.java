package dev.latchkey.local.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.aws.Emulator;
import dev.latchkey.local.fixture.CheckLayer;
import dev.latchkey.local.lambda.FunctionProcess;
import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.lambda.JvmSettings;
import dev.latchkey.local.template.FunctionDefinition;
import dev.latchkey.local.template.Template;
import dev.latchkey.testing.TestTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The package that scripts/build --own-runtime makes, started by its bootstrap, which scripts/test does. */
@Tag("own-runtime")
@Timeout(300)
class OwnRuntimeTest {
    private static final Path OWN = Path.of("../functions/authorizer/target/authorizer-provided.zip");
    private static final Path MANAGED = Path.of("../functions/authorizer/target/authorizer.zip");
    private static final String SHOW_CLASSES = "-Xlog:class+load";
    private static final String CACHE = "shared objects file";

    private final Path folder;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();

    OwnRuntimeTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void answersEveryEventAsTheManagedPackageDoes() throws IOException {
        List<Path> events = Training.events(SampleCalls.EVENTS);
        assertThat(events).hasSizeGreaterThan(15);
        try (FunctionProcess own = own(OWN, staticKey(), List.of());
                FunctionProcess managed = process("java25", MANAGED, staticKey(), List.of())) {
            for (Path event : events) {
                byte[] bytes = Files.readAllBytes(event);
                assertThat(answer(own.invoke("same", bytes)))
                        .as(event.toString())
                        .isEqualTo(answer(managed.invoke("same", bytes)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {":UTC", "Pacific/Auckland"})
    void usesItsCacheWhereverItLies(String zone) throws Exception {
        try (FunctionProcess own = own(OWN, with(staticKey(), "TZ", zone), List.of(SHOW_CLASSES))) {
            assertThat(answer(own.invoke("cache", SampleCalls.good()))).contains("\"Effect\":\"Allow\"");
            assertThat(sourceOf("dev.latchkey.authorizer.AuthorizerHandler")).isEqualTo(CACHE);
            assertThat(sourceOf("dev.latchkey.authorizer.Responses")).isEqualTo(CACHE);
        }
    }

    @Test
    void takesASecretAndPublishedKeysOverTls() throws Exception {
        TrainingKey key = TrainingKey.jwkSet();
        try (TrainingServices services = TrainingServices.start(SampleCalls.secret(), key.verifying())) {
            List<String> flags = new ArrayList<>(services.flags());
            flags.add(SHOW_CLASSES);
            Map<String, String> secret = Map.of("AWS_ENDPOINT_URL", services.endpoint(), "PLUGIN_JWT_SECRET_ID", "any");
            try (FunctionProcess own = own(OWN, secret, flags)) {
                assertThat(answer(own.invoke("secret", SampleCalls.good()))).contains("\"Effect\":\"Allow\"");
                assertThat(sourceOf("software.amazon.awssdk.services.secretsmanager.SecretsManagerClient"))
                        .isEqualTo(CACHE);
                assertThat(sourceOf("sun.security.ssl.SSLSocketImpl")).isEqualTo(CACHE);
            }
            Map<String, String> published = Map.of(
                    "JWKS_URI", services.jwksUri(), "JWT_ISSUER", key.issuer(), "JWT_AUDIENCE", TrainingKey.AUDIENCE);
            try (FunctionProcess own = own(OWN, published, services.flags())) {
                assertThat(answer(own.invoke("keys", SampleCalls.event(key.token()))))
                        .contains("\"Effect\":\"Allow\"");
            }
        }
    }

    @Test
    void takesASecretFromTheEmulator() throws IOException {
        SampleCalls.keepSecret("own-runtime");
        Map<String, String> environment =
                Map.of("AWS_ENDPOINT_URL", Emulator.endpoint(), "PLUGIN_JWT_SECRET_ID", "own-runtime");
        try (FunctionProcess own = own(OWN, environment, List.of())) {
            assertThat(answer(own.invoke("secret", SampleCalls.good()))).contains("\"Effect\":\"Allow\"");
        }
    }

    @Test
    void goesOnWithoutACacheThatDoesNotFit() throws Exception {
        Path changed = folder.resolve("changed.zip");
        Files.copy(OWN, changed);
        try (FileSystem entries = FileSystems.newFileSystem(changed)) {
            Files.write(entries.getPath("/jre/lib/modules"), new byte[1], StandardOpenOption.APPEND);
        }
        try (FunctionProcess own = own(changed, staticKey(), List.of())) {
            assertThat(answer(own.invoke("stale", SampleCalls.good()))).contains("\"Effect\":\"Allow\"");
        }
        assertThat(lines).anyMatch(line -> line.contains("/jre/lib/modules', size has changed"));
    }

    @Test
    void asksTheChecksOfALayer() throws IOException {
        FunctionDefinition function = new FunctionDefinition(
                "AuthorizerFunction",
                "provided.al2023",
                OWN,
                List.of(CheckLayer.in(folder)),
                "dev.latchkey.authorizer.AuthorizerHandler",
                staticKey(),
                Duration.ofSeconds(30),
                512,
                "JSON",
                "INFO");
        byte[] bad = SampleCalls.event(TestTokens.good("HS256")
                .claim("exp", Instant.now().getEpochSecond() + 3600)
                .claim("org_id", "cus_bad")
                .hs256(SampleCalls.secret()));
        try (FunctionProcess own = new FunctionProcess(
                function, Map.of(), JvmSettings.defaults(), (from, stream, line) -> lines.add(line))) {
            assertThat(answer(own.invoke("good", SampleCalls.good()))).contains("\"Effect\":\"Allow\"");
            assertThat(answer(own.invoke("bad", bad))).contains("\"Effect\":\"Deny\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xshare:off", "-XX:AOTMode=off"})
    void leavesTheCacheOutWhereOptionsSaySo(String option) throws Exception {
        try (FunctionProcess own = own(OWN, staticKey(), List.of(option, SHOW_CLASSES))) {
            assertThat(answer(own.invoke("off", SampleCalls.good()))).contains("\"Effect\":\"Allow\"");
            assertThat(sourceOf("dev.latchkey.authorizer.AuthorizerHandler")).contains("authorizer.jar");
        }
    }

    @Test
    void doesNotStartWithAnOptionThatTheJvmRefuses() throws IOException {
        try (FunctionProcess own = own(OWN, staticKey(), List.of("-XX:+NoSuchOption"))) {
            assertThat(own.invoke("refused", SampleCalls.good())).isInstanceOf(InvocationResult.Crash.class);
        }
        assertThat(lines).anyMatch(line -> line.contains("Unrecognized VM option 'NoSuchOption'"));
    }

    @Test
    void unpacksAlikeInEveryTimeZone() throws Exception {
        run(Map.of("TZ", "Pacific/Auckland"), "unzip", "-q", OWN.toString(), "-d", folder.toString());
        assertThat(Files.getLastModifiedTime(folder.resolve("authorizer.jar")).toInstant())
                .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(folder.resolve("bootstrap")).isExecutable();
        assertThat(run(Map.of(), folder.resolve("jre/bin/java").toString(), "--list-modules"))
                .matches("java.base@25\\S*\\s+");
    }

    @Test
    void isTheAuthorizerOfTheTemplateThatTheBuildWrites() {
        Template template = Template.read(Path.of("..", "template-own-runtime.yaml"), Map.of());
        assertThat(template.functions())
                .filteredOn(FunctionDefinition::hasOwnRuntime)
                .singleElement()
                .satisfies(function -> {
                    assertThat(function.logicalId()).isEqualTo("AuthorizerFunction");
                    assertThat(function.code()).exists().endsWith(OWN.getFileName());
                });
    }

    private FunctionProcess own(Path zip, Map<String, String> environment, List<String> flags) {
        return process("provided.al2023", zip, environment, flags);
    }

    private FunctionProcess process(String runtime, Path zip, Map<String, String> environment, List<String> flags) {
        FunctionDefinition function = new FunctionDefinition(
                "AuthorizerFunction",
                runtime,
                zip,
                "dev.latchkey.authorizer.AuthorizerHandler",
                environment,
                Duration.ofSeconds(30),
                512,
                "JSON",
                "INFO");
        JvmSettings settings = JvmSettings.defaults().withFlags(flags);
        return new FunctionProcess(function, Map.of(), settings, (from, stream, line) -> lines.add(line));
    }

    /** Where the JVM says that it took a class from; the line may come a little later than the answer. */
    private String sourceOf(String className) throws InterruptedException {
        String loaded = " " + className + " source: ";
        while (seen.stream().noneMatch(line -> line.contains(loaded))) {
            seen.add(Objects.requireNonNull(lines.poll(30, TimeUnit.SECONDS), className + " was not loaded"));
        }
        String line =
                seen.stream().filter(one -> one.contains(loaded)).findFirst().orElseThrow();
        return line.substring(line.indexOf(loaded) + loaded.length());
    }

    private static Map<String, String> staticKey() throws IOException {
        return Map.of("JWT_VERIFY_KEY", SampleCalls.secret());
    }

    private static Map<String, String> with(Map<String, String> variables, String name, String value) {
        var all = new HashMap<>(variables);
        all.put(name, value);
        return all;
    }

    /** The answer's bytes as text, or what kind of error it is. */
    private static String answer(InvocationResult result) {
        if (result instanceof InvocationResult.Success success) {
            return success.payload().text();
        }
        if (result instanceof InvocationResult.FunctionError error) {
            return error.errorType() + ": " + error.errorMessage();
        }
        throw new AssertionError(result.asPayload().text());
    }

    private static String run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
