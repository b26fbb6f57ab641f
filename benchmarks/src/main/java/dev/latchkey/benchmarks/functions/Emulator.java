package dev.latchkey.benchmarks.functions;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.benchmarks.Workplace;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** AWS on this machine: a moto server with one secret in it and, when asked for, an empty table of keys. */
public final class Emulator implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Running on http://127\\.0\\.0\\.1:(\\d+)");
    private static final String NAME = "benchmark";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final String endpoint;

    private Emulator(Process process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Starts it and puts a secret in. */
    public static Emulator with(String secret, Workplace place) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(place.moto().toString(), "-H", "127.0.0.1", "-p", "0")
                .redirectErrorStream(true)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                Thread drain = new Thread(() -> output.lines().forEach(unused -> {}));
                drain.setDaemon(true);
                drain.start();
                Emulator running = new Emulator(process, "http://127.0.0.1:" + port.group(1));
                running.put(secret);
                return running;
            }
        }
        throw new IOException(place.moto() + " ended early");
    }

    private void put(String secret) throws IOException, InterruptedException {
        call(
                "secretsmanager",
                "secretsmanager.CreateSecret",
                Map.of("Name", NAME, "SecretString", secret, "ClientRequestToken", String.valueOf(UUID.randomUUID())));
    }

    /** What it answers to GetSecretValue. */
    public byte[] getSecretValue(String secretId) throws IOException, InterruptedException {
        return call("secretsmanager", "secretsmanager.GetSecretValue", Map.of("SecretId", secretId));
    }

    /** Asks without a signature, which the emulator does not check. */
    private byte[] call(String service, String operation, Map<String, ?> members)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint))
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", operation)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/" + service + "/aws4_request,"
                                + " SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new ObjectMapper().writeValueAsBytes(members)))
                .build();
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("the emulator does not take " + operation + ": "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer.body();
    }

    /** Where the key is, as a function is told it. */
    public Map<String, String> settings() {
        return Map.of(
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", endpoint, "PLUGIN_JWT_SECRET_ID", NAME, "JWT_ALGORITHMS", "RS256");
    }

    /** Makes the table of keys, and tells where all is as the functions over it are told. */
    public Map<String, String> settingsWithTable() throws IOException, InterruptedException {
        call(
                "dynamodb",
                "DynamoDB_20120810.CreateTable",
                Map.of(
                        "TableName",
                        NAME,
                        "BillingMode",
                        "PAY_PER_REQUEST",
                        "AttributeDefinitions",
                        List.of(attribute("pk", "AttributeType", "S"), attribute("sk", "AttributeType", "S")),
                        "KeySchema",
                        List.of(attribute("pk", "KeyType", "HASH"), attribute("sk", "KeyType", "RANGE"))));
        return Map.of(
                "AWS_ENDPOINT_URL",
                endpoint,
                "PLUGIN_JWT_SECRET_ID",
                NAME,
                "PLUGIN_JWT_ALGORITHM",
                "RS256",
                "PLUGIN_JWT_KEYS_TABLE",
                NAME);
    }

    private static Map<String, String> attribute(String name, String member, String value) {
        return Map.of("AttributeName", name, member, value);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
