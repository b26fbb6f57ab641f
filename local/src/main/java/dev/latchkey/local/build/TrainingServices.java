package dev.latchkey.local.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LoopbackServer;
import dev.latchkey.local.machine.TemporaryFolder;
import dev.latchkey.status.Cutoffs;
import dev.latchkey.status.StatusBits;
import dev.latchkey.status.StatusListBase;
import dev.latchkey.status.StatusListToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A Secrets Manager with one secret, and an issuer that publishes its keys and a status list, over TLS on 127.0.0.1. */
final class TrainingServices implements AutoCloseable {
    private static final int STATUS_BITS = 2;
    private static final int STATUSES = 1 << 17;

    private final TemporaryFolder folder;
    private final LoopbackCertificate certificate;
    private final LoopbackServer server;

    private TrainingServices(TemporaryFolder folder, LoopbackCertificate certificate, LoopbackServer server) {
        this.folder = folder;
        this.certificate = certificate;
        this.server = server;
    }

    /** Starts them with a secret and a JWK Set, and a certificate of their own. */
    static TrainingServices start(String secret, String keys) throws IOException {
        TemporaryFolder folder = TemporaryFolder.empty("latchkey-training-");
        try {
            byte[] published = keys.getBytes(StandardCharsets.UTF_8);
            LoopbackCertificate certificate = LoopbackCertificate.in(folder.path());
            LoopbackServer server = LoopbackServer.startTls(
                    "training", certificate.serverContext(), exchange -> answer(exchange, secret, published));
            return new TrainingServices(folder, certificate, server);
        } catch (IOException | RuntimeException failed) {
            folder.delete();
            throw failed;
        }
    }

    /** Their address, for {@code AWS_ENDPOINT_URL}. */
    String endpoint() {
        return "https://127.0.0.1:" + server.port();
    }

    /** Where the JWK Set is. */
    String jwksUri() {
        return endpoint() + "/jwks";
    }

    /** The JVM flags with which their certificate is trusted. */
    List<String> flags() {
        return certificate.clientFlags();
    }

    @Override
    public void close() {
        server.close();
        folder.delete();
    }

    private static LoopbackServer.Response answer(HttpExchange exchange, String secret, byte[] published) {
        if (exchange.getRequestURI().getPath().startsWith("/statuslists/")) {
            byte[] list = statusList(exchange, secret).getBytes(StandardCharsets.UTF_8);
            return LoopbackServer.Response.json(200, list, Map.of());
        }
        if (exchange.getRequestMethod().equals("GET")) {
            return LoopbackServer.Response.json(200, published, Map.of());
        }
        return secret(secret);
    }

    /** A list without revoked keys, signed with the secret. */
    private static String statusList(HttpExchange exchange, String secret) {
        StatusListBase base = new StatusListBase(
                "https://127.0.0.1:" + exchange.getLocalAddress().getPort());
        return StatusListToken.sign(
                KeyRing.read(secret).signingKey(Algorithm.HS256, null),
                base,
                1,
                new StatusBits.Builder(STATUS_BITS, STATUSES),
                Cutoffs.none(),
                Instant.now());
    }

    /** A secret as Secrets Manager and its extension give it. */
    static LoopbackServer.Response secret(String text) {
        JsonNode value = JsonTree.object()
                .put("ARN", "arn:aws:secretsmanager:us-east-1:123456789012:secret:training-AbCdEf")
                .put("Name", "training")
                .put("VersionId", "11111111-2222-4333-8444-555555555555")
                .put("SecretString", text);
        return LoopbackServer.Response.json(200, JsonTree.bytes(value), Map.of());
    }
}
