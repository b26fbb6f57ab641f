package dev.latchkey.local.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.local.machine.JsonTree;
import dev.latchkey.local.machine.LocalAccount;
import dev.latchkey.local.machine.SetupException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * DynamoDB, SQS and Secrets Manager by moto server, AWS's emulator, which runs as long as this. It answers programs of this
 * machine and no web page.
 */
public final class Services implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Running on http://127\\.0\\.0\\.1:(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final URI endpoint;
    private final HttpClient http = HttpClient.newHttpClient();

    private Services(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /**
     * Starts the emulator.
     *
     * @param executable moto server; where it is not there, nothing starts
     * @throws SetupException if it does not start
     */
    public static Optional<Services> start(Path executable) {
        if (!Files.isExecutable(executable)) {
            return Optional.empty();
        }
        try {
            String python = executable.resolveSibling("python").toString();
            Process process = new ProcessBuilder(python, "-c", guarded(), "-H", "127.0.0.1", "-p", "0")
                    .redirectErrorStream(true)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Matcher port = PORT.matcher(line);
                if (port.find()) {
                    drain(output);
                    return Optional.of(new Services(process, URI.create("http://127.0.0.1:" + port.group(1))));
                }
            }
            throw new SetupException(executable + " ended before it listened");
        } catch (IOException e) {
            throw new SetupException(executable + " does not start: " + e.getMessage(), e);
        }
    }

    private static String guarded() throws IOException {
        try (InputStream script = Services.class.getResourceAsStream("moto.py")) {
            if (script == null) {
                throw new IllegalStateException("moto.py is not beside " + Services.class);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void drain(BufferedReader output) {
        Thread drain = new Thread(() -> output.lines().forEach(line -> {}), "moto");
        drain.setDaemon(true);
        drain.start();
    }

    /** Where all of its services are. */
    public URI endpoint() {
        return endpoint;
    }

    /** Makes a table with the string keys {@code pk} and {@code sk}. */
    public void createTable(String name) {
        ObjectNode table = JsonTree.object().put("TableName", name).put("BillingMode", "PAY_PER_REQUEST");
        for (String key : new String[] {"pk", "sk"}) {
            table.withArray("AttributeDefinitions")
                    .addObject()
                    .put("AttributeName", key)
                    .put("AttributeType", "S");
            table.withArray("KeySchema")
                    .addObject()
                    .put("AttributeName", key)
                    .put("KeyType", key.equals("pk") ? "HASH" : "RANGE");
        }
        call("dynamodb", "DynamoDB_20120810.CreateTable", table);
    }

    /** Makes a queue, and gives its URL. */
    public String createQueue(String name) {
        return call("sqs", "AmazonSQS.CreateQueue", JsonTree.object().put("QueueName", name))
                .path("QueueUrl")
                .asText();
    }

    /** Makes a secret. */
    public void createSecret(String name, String value) {
        call(
                "secretsmanager",
                "secretsmanager.CreateSecret",
                JsonTree.object().put("Name", name).put("SecretString", value));
    }

    /** What a service answers, by its JSON protocol. */
    JsonNode call(String service, String operation, ObjectNode members) {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", operation)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=local/20260101/" + LocalAccount.REGION + "/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JsonTree.bytes(members)))
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new SetupException("moto server does not do " + operation + ": "
                        + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return JsonTree.parse(answer.body()).orElseGet(JsonTree::object);
        } catch (IOException e) {
            throw new SetupException("moto server cannot be reached: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SetupException("interrupted", e);
        }
    }

    /** Ends the emulator, and with it what it kept. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
