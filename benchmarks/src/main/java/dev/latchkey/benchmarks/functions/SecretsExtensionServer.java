package dev.latchkey.benchmarks.functions;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LoopbackServer;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Stands in for the AWS Parameters and Secrets Lambda Extension, which cannot be had outside Lambda: it answers its
 * requests with what Secrets Manager says, which it asks each time.
 */
public final class SecretsExtensionServer implements AutoCloseable {

    private static final String PATH = "/secretsmanager/get";
    private static final String SECRET_ID = "secretId=";

    private final SecretsManager secretsManager;
    private final LoopbackServer server;

    private SecretsExtensionServer(SecretsManager secretsManager) {
        this.secretsManager = secretsManager;
        this.server = LoopbackServer.start("secrets-extension", 0, "", this::answer);
    }

    /** Secrets Manager, as far as the extension needs it. */
    @FunctionalInterface
    public interface SecretsManager {
        /** Its answer to GetSecretValue. */
        byte[] getSecretValue(String secretId) throws IOException, InterruptedException;
    }

    /** Serves the secrets of this Secrets Manager. */
    public static SecretsExtensionServer of(SecretsManager secretsManager) {
        return new SecretsExtensionServer(secretsManager);
    }

    /** The variables by which a function is told of it. */
    public Map<String, String> settings() {
        return Map.of(
                "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT",
                String.valueOf(server.port()),
                "PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED",
                "false");
    }

    private LoopbackServer.Response answer(HttpExchange exchange) throws IOException, InterruptedException {
        String query = exchange.getRequestURI().getRawQuery();
        if (!exchange.getRequestURI().getPath().equals(PATH) || !query.contains(SECRET_ID)) {
            return LoopbackServer.Response.json(400, JsonTree.message("message", "unknown request"), Map.of());
        }
        String id = query.substring(query.indexOf(SECRET_ID) + SECRET_ID.length());
        byte[] secret = secretsManager.getSecretValue(URLDecoder.decode(id, StandardCharsets.UTF_8));
        return LoopbackServer.Response.json(200, secret, Map.of());
    }

    @Override
    public void close() {
        server.close();
    }
}
