package dev.latchkey.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.local.check.Check;
import dev.latchkey.local.check.Journal;
import dev.latchkey.local.lambda.InvocationResult;
import dev.latchkey.local.stack.KeySettings;
import dev.latchkey.local.stack.LocalStack;
import dev.latchkey.local.stack.StackListener;
import dev.latchkey.local.stack.StackOptions;
import dev.latchkey.local.template.Template;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tool as {@code scripts/local} runs it: template.yaml and the built packages. */
class LatchkeyLocalTest {

    private static final List<String> REAL = List.of("--template", "../template.yaml");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "HS256", "ES256"})
    void everyCheckHolds(String algorithm) {
        assertThat(run("--check", "--algorithm", algorithm)).as(printed()).isZero();
        assertThat(printed().lines())
                .allMatch(line -> line.matches("(ok|- ) .*|all checks hold; .* is in target/local-check.log"));
        assertThat(Path.of("target/local-check.log"))
                .content()
                .contains("POST /create-key  200", "GET  /orders  401  unauthenticated")
                .doesNotContain("eyJ");
    }

    @Test
    void aDoorThatRefusesGoodKeysIsFoundAndWhatBelongsToItIsTold(@TempDir Path folder) {
        assertThat(run("--check", "--parameter", "Issuer=somebody", "--parameter", "Audience="))
                .isZero();
        Template template = Template.read(Path.of("../template.yaml"), Map.of("Algorithm", "RS256"));
        KeySettings keys = KeySettings.throwAway(Algorithm.RS256);
        KeySettings others = KeySettings.throwAway(Algorithm.RS256);
        KeySettings mixed = new KeySettings(Algorithm.RS256, true, keys.issueKey(), others.authorizer());
        StackOptions options = StackOptions.defaults().withEnvironment(mixed.environment(Map.of()));
        try (Journal journal = Journal.in(folder.resolve("new/check.log"));
                LocalStack stack = LocalStack.start(template, options, new Console(journal, false))) {
            assertThat(new Check(stack, Optional.empty(), stream(), journal).passes())
                    .isFalse();
        }
        assertThat(printed())
                .containsPattern("FAILED  GET /orders with the key is answered: 200\\R( {8}.*POST /create-key .*\\R)?"
                        + " {8}[0-9:]{8}  GET  /orders  401  unauthenticated  unknown_key .*\\R"
                        + "FAILED  the back end sees company")
                .contains("FAILED  GET /orders with the key is answered: 200")
                .contains("ok      an expired key: 401")
                .contains("FAILED  HTTP API: GET /orders with the key is answered: 200")
                .contains("ok      HTTP API: without a key: 401");
    }

    @Test
    void settingsThatDoNotWorkAreReportedAllAtOnceByTheFunction() {
        Template template = Template.read(Path.of("../template.yaml"), Map.of("Algorithm", "RS256"));
        StackOptions options = StackOptions.defaults()
                .withEnvironment(Map.of(
                        "IssueKeyFunction",
                        Map.of("PLUGIN_JWT_SECRET_ID", "", "PLUGIN_JWT_EXPIRES_IN", "0", "JWT_ALGORITHM", "HS256")));
        try (LocalStack stack = LocalStack.start(template, options, StackListener.none())) {
            InvocationResult result =
                    stack.function("IssueKeyFunction").orElseThrow().invoke("1", "{}".getBytes(StandardCharsets.UTF_8));
            assertThat(result)
                    .isInstanceOfSatisfying(
                            InvocationResult.Crash.class,
                            crash -> assertThat(crash.message())
                                    .contains("3 problems in the settings")
                                    .contains("PLUGIN_JWT_SECRET: is not set")
                                    .contains("PLUGIN_JWT_ALGORITHM and JWT_ALGORITHM are both set")
                                    .contains("expired at birth"));
        }
    }

    @Test
    void settingsInTheEnvironmentThatDoNotWorkKeepTheToolFromStarting() {
        List<String> ports = new ArrayList<>(REAL);
        ports.addAll(List.of("--port", "0", "--lambda-port", "0", "--http-port", "0", "--page-port", "0"));
        assertThat(LocalMain.run(ports, Map.of("JWT_EXPIRES_IN", "soon", "JWT_CLOCK_SKEW", "5"), stream(), stream()))
                .isEqualTo(2);
        assertThat(printed())
                .contains("IssueKeyFunction does not start:")
                .contains("PLUGIN_JWT_EXPIRES_IN: not a lifetime: \"soon\"")
                .doesNotContain("Latchkey runs at");
        assertThat(LocalMain.run(ports, Map.of("POLICY_SCOPE", "world"), stream(), stream()))
                .isEqualTo(2);
        assertThat(printed()).contains("POLICY_SCOPE: needs one of stage, api, method, scoped");
        Map<String, String> extension =
                Map.of("JWT_SECRET_ID", "a/b", "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT", "2773");
        assertThat(LocalMain.run(ports, extension, stream(), stream())).isEqualTo(2);
        assertThat(printed()).contains("PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED: must be false");
    }

    @Test
    void allPortsThatAreTakenAreNamedAtOnceWithTheOptionsThatChooseOthers() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (ServerSocket one = new ServerSocket(0, 1, loopback);
                ServerSocket other = new ServerSocket(0, 1, loopback)) {
            List<String> ports = new ArrayList<>(REAL);
            ports.addAll(List.of("--port", "0", "--http-port", "0", "--publish-port", "0"));
            ports.addAll(List.of(
                    "--lambda-port",
                    String.valueOf(one.getLocalPort()),
                    "--page-port",
                    String.valueOf(other.getLocalPort())));

            assertThat(LocalMain.run(ports, Map.of(), stream(), stream())).isEqualTo(2);

            assertThat(printed())
                    .isEqualToIgnoringNewLines("Ports " + one.getLocalPort() + " and " + other.getLocalPort()
                            + " are already in use. Stop what uses them, perhaps another scripts/local, or choose others"
                            + " with --lambda-port and --page-port");
        }
    }

    @Test
    void stoppingTheToolLeavesNoProcess() throws Exception {
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home", ""), "bin", "java")
                                .toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "dev.latchkey.local.LocalMain",
                        "--template",
                        "../template.yaml",
                        "--port",
                        "0",
                        "--http-port",
                        "0",
                        "--lambda-port",
                        "0",
                        "--page-port",
                        "0")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(tool.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> printed = new ArrayList<>();
            while (printed.stream().noneMatch(line -> line.contains("${KEY}x"))) {
                String line = lines.readLine();
                assertThat(line).as("after %s", printed).isNotNull();
                printed.add(line);
            }
            String api = printed.get(0).replaceFirst(".*(http://[^ ]+) .*", "$1");
            assertThat(get(api + "/orders", "Bearer e30.e30.e30")).isEqualTo(401);
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).contains("GET  /orders  401  unauthenticated  malformed_header");
            List<ProcessHandle> functions = tool.descendants().toList();
            assertThat(functions).isNotEmpty();

            tool.destroy();

            assertThat(tool.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(functions).noneMatch(ProcessHandle::isAlive);
        } finally {
            tool.destroy();
        }
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(REAL);
        all.addAll(List.of(arguments));
        return LocalMain.run(all, Map.of(), stream(), stream());
    }

    private PrintStream stream() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int get(String url, String authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", authorization)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    }
}
