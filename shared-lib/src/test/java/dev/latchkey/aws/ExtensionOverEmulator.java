package dev.latchkey.aws;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.config.SecretsExtension;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.LoopbackHttp;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/**
 * What reads secrets of the {@link Emulator} for a function. That is AWS's own Secrets Manager Agent where {@code
 * -Dlatchkey.secrets-agent} names its executable ({@code cargo install aws_secretsmanager_agent}), and otherwise a server
 * that answers as it does: the right token, no other parameters, the fields of GetSecretValue.
 */
final class ExtensionOverEmulator implements AutoCloseable {

    private static final String TOKEN = LeakGuard.secret("IQoJb3JpZ2luX2VjEXAMPLEofaSESSIONtoken");

    private final Runnable end;
    private final int port;

    private ExtensionOverEmulator(Runnable end, int port) {
        this.end = end;
        this.port = port;
    }

    static ExtensionOverEmulator start() throws IOException {
        String agent = System.getProperty("latchkey.secrets-agent");
        if (agent != null) {
            return agent(Path.of(agent));
        }
        SecretsManagerClient aws = SecretsManagerClient.create();
        LoopbackHttp server = new LoopbackHttp(exchange -> answer(exchange, aws));
        return new ExtensionOverEmulator(server::close, URI.create(server.uri()).getPort());
    }

    SecretsExtension extension() {
        return new SecretsExtension(port, TOKEN);
    }

    SecretsExtension withAnotherToken() {
        return new SecretsExtension(port, TOKEN + "x");
    }

    private static ExtensionOverEmulator agent(Path executable) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path folder = Files.createTempDirectory("agent");
        Path settings = folder.resolve("settings.toml");
        Files.writeString(settings, "http_port = " + port + "\nttl_seconds = 0\n");
        ProcessBuilder builder = new ProcessBuilder(executable.toString(), "--config", settings.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "AWS_TOKEN",
                        TOKEN,
                        "AWS_SESSION_TOKEN",
                        TOKEN,
                        "AWS_ACCESS_KEY_ID",
                        "AKIAIOSFODNN7EXAMPLE",
                        "AWS_SECRET_ACCESS_KEY",
                        "wJalrXUtnFEMIexampleKEY",
                        "AWS_REGION",
                        "us-east-1",
                        "AWS_ENDPOINT_URL",
                        Emulator.endpoint()));
        Process process = builder.start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line == null || !line.contains("listening"); line = output.readLine()) {
            if (line == null) {
                throw new IOException("the agent did not start");
            }
        }
        return new ExtensionOverEmulator(() -> end(process), port);
    }

    private static void end(Process agent) {
        agent.destroy();
        agent.onExit().join();
    }

    private static void answer(HttpExchange exchange, SecretsManagerClient aws) throws IOException {
        if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Aws-Parameters-Secrets-Token"))) {
            answer(exchange, 403, "Bad Token");
            return;
        }
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : exchange.getRequestURI().getRawQuery().split("&", -1)) {
            String[] pair = parameter.split("=", 2);
            parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        String id = parameters.remove("secretId");
        String stage = parameters.remove("versionStage");
        if (id == null
                || !parameters.isEmpty()
                || !exchange.getRequestURI().getPath().equals("/secretsmanager/get")) {
            answer(exchange, 400, "unknown parameter");
            return;
        }
        try {
            answer(
                    exchange,
                    200,
                    fields(aws.getSecretValue(get -> get.secretId(id).versionStage(stage))));
        } catch (SecretsManagerException e) {
            answer(exchange, e.statusCode() == 400 ? 404 : e.statusCode(), "{}");
        }
    }

    private static String fields(GetSecretValueResponse secret) {
        JsonObjectBuilder fields =
                new JsonObjectBuilder().put("ARN", secret.arn()).put("Name", secret.name());
        put(fields, "SecretString", secret.secretString());
        put(fields, "SecretBinary", secret.secretBinary() == null ? null : "c2VjcmV0");
        return fields.put("VersionId", secret.versionId()).build().toString();
    }

    private static void put(JsonObjectBuilder fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        end.run();
    }
}
