package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The program in docs/deploying.md")
class DocumentedCallTest {

    @Test
    @DisplayName("compiles, and asks issue-key for a key, signed")
    void runs(@TempDir Path folder) throws IOException, InterruptedException {
        Matcher code =
                Pattern.compile("(?s)```java\n(.*?)```").matcher(Files.readString(Path.of("../docs/deploying.md")));
        assertThat(code.find()).isTrue();
        compile(Files.writeString(folder.resolve("CreateKey.java"), code.group(1)), folder);
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        HttpServer lambda = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        lambda.createContext("/2015-03-31/functions/IssueKeyFunction/invocations", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = "{\"apikey\":\"the-key\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        lambda.start();
        try {
            assertThat(run(folder, "http://127.0.0.1:" + lambda.getAddress().getPort()))
                    .contains("{\"apikey\":\"the-key\"}");
            assertThat(asked.take())
                    .startsWith("AWS4-HMAC-SHA256 Credential=local/")
                    .contains("\"action\": \"createApiKey\"");
        } finally {
            lambda.stop(0);
        }
    }

    private static void compile(Path source, Path folder) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            List<String> options =
                    List.of("-classpath", System.getProperty("java.class.path"), "-d", folder.toString());
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(source))
                            .call())
                    .isTrue();
        }
    }

    private static String run(Path folder, String endpoint) throws IOException, InterruptedException {
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder + File.pathSeparator + System.getProperty("java.class.path"),
                        "CreateKey",
                        "IssueKeyFunction")
                .redirectErrorStream(true);
        program.environment().put("AWS_ENDPOINT_URL_LAMBDA", endpoint);
        program.environment().put("AWS_REGION", "us-east-1");
        program.environment().put("AWS_ACCESS_KEY_ID", "local");
        program.environment().put("AWS_SECRET_ACCESS_KEY", "local");
        Process process = program.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
