package dev.latchkey.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Stands in for the AWS Parameters and Secrets Lambda Extension, which cannot be had outside Lambda: it answers its
 * requests with what Secrets Manager says, which it asks each time.
 */
public final class SecretsExtensionServer implements AutoCloseable {

    private static final String PATH = "/secretsmanager/get";
    private static final String SECRET_ID = "secretId=";

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI secretsManager;
    private final LoopbackServer server;

    private SecretsExtensionServer(URI secretsManager) {
        this.secretsManager = secretsManager;
        this.server = LoopbackServer.start("secrets-extension", 0, "", this::answer);
    }

    /** Serves the secrets of an emulator that checks no signatures. */
    public static SecretsExtensionServer of(String endpoint) {
        return new SecretsExtensionServer(URI.create(endpoint));
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
            return LoopbackServer.Response.json(400, Json.message("message", "unknown request"), Map.of());
        }
        String id = query.substring(query.indexOf(SECRET_ID) + SECRET_ID.length());
        ObjectNode members = Json.object().put("SecretId", URLDecoder.decode(id, StandardCharsets.UTF_8));
        HttpRequest get = HttpRequest.newBuilder(secretsManager)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "secretsmanager.GetSecretValue")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/secretsmanager/aws4_request,"
                                + " SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(members)))
                .build();
        HttpResponse<byte[]> secret = client.send(get, HttpResponse.BodyHandlers.ofByteArray());
        return LoopbackServer.Response.json(secret.statusCode(), secret.body(), Map.of());
    }

    @Override
    public void close() {
        server.close();
    }
}
