package dev.latchkey.rotatekeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.aws.Emulator;
import dev.latchkey.aws.SecretsManagerVersions;
import dev.latchkey.config.SecretVersions;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.testing.RecordingLogger;
import dev.latchkey.testing.TestContext;
import dev.latchkey.testing.TurnableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A secret in the emulator whose rotation is asked of Secrets Manager there, and the function that does its steps. */
final class RotatingSecret {

    static final List<String> STEPS = List.of("createSecret", "setSecret", "testSecret", "finishSecret");
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:rotate-keys";

    final String name = "latchkey/" + UUID.randomUUID();
    final SecretsManagerClient aws = SecretsManagerClient.create();
    final TurnableClock clock = new TurnableClock(Instant.now());
    final RecordingLogger log = new RecordingLogger();
    final SecretVersions versions = new SecretsManagerVersions();

    RotatingSecret(String value) throws IOException, InterruptedException {
        declareFunction();
        aws.createSecret(create -> create.name(name).secretString(value));
    }

    /** A function of which the emulator knows only that it is there: what it would do is done by {@link #call}. */
    private static void declareFunction() throws IOException, InterruptedException {
        post("/moto-api/config", "s3", "{\"lambda\":{\"use_docker\":false}}");
        post("/", "iam", "Action=CreateRole&Version=2010-05-08&RoleName=rotate&AssumeRolePolicyDocument=%7B%7D");
        post(
                "/2015-03-31/functions",
                "lambda",
                new JsonObjectBuilder()
                        .put("FunctionName", "rotate-keys")
                        .put("Runtime", "java21")
                        .put("Role", "arn:aws:iam::123456789012:role/rotate")
                        .put("Handler", "none")
                        .put(
                                "Code",
                                new JsonObjectBuilder()
                                        .put("ZipFile", "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==")
                                        .build())
                        .build()
                        .toString());
    }

    private static void post(String path, String service, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(Emulator.endpoint() + path))
                                .header(
                                        "Authorization",
                                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/" + service
                                                + "/aws4_request, SignedHeaders=host, Signature=0")
                                .header(
                                        "Content-Type",
                                        body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201, 409);
    }

    /** Has Secrets Manager begin a rotation, and gives the id of its version. */
    String begin() {
        String token = UUID.randomUUID().toString();
        aws.rotateSecret(rotate -> rotate.secretId(name)
                .clientRequestToken(token)
                .rotationLambdaARN(FUNCTION)
                .rotationRules(rules -> rules.automaticallyAfterDays(90L)));
        return token;
    }

    RotateKeysHandler handler(SecretVersions through, String... settings) {
        Map<String, String> environment = new HashMap<>(Map.of("PLUGIN_JWT_SECRET_ID", name, "JWT_EXPIRES_IN", "30d"));
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return new RotateKeysHandler(environment, through, clock, log);
    }

    String call(RotateKeysHandler handler, String event) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            handler.handleRequest(
                    new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output, new TestContext(log));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return output.toString(StandardCharsets.UTF_8);
    }

    void step(RotateKeysHandler handler, String step, String token) {
        call(handler, event(step, arn(), token));
    }

    static String event(String step, String secretId, String token) {
        return new JsonObjectBuilder()
                .put("Step", step)
                .put("SecretId", secretId)
                .put("ClientRequestToken", token)
                .put("RotationToken", "role-of-the-caller")
                .build()
                .toString();
    }

    /** A whole rotation. */
    void rotate() {
        RotateKeysHandler handler = handler(versions);
        String token = begin();
        STEPS.forEach(step -> step(handler, step, token));
    }

    String arn() {
        return aws.describeSecret(describe -> describe.secretId(name)).arn();
    }

    /** What everybody reads, which always is a ring with one active key, or a key of an earlier form. */
    String current() {
        String text = aws.getSecretValue(get -> get.secretId(name).versionStage("AWSCURRENT"))
                .secretString();
        KeyRing.read(text).signingKey(Algorithm.HS256, null);
        return text;
    }

    /** The version that has a label, or nothing. */
    String version(String label) {
        return versions.describe(name).version(label).orElse("");
    }
}
