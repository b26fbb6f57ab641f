package dev.latchkey.publish;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.latchkey.aws.DynamoDbPublishedStatuses;
import dev.latchkey.aws.SigningKeySources;
import dev.latchkey.config.MetricSettings;
import dev.latchkey.config.PublishingSettings;
import dev.latchkey.config.SecretSources;
import dev.latchkey.config.Secrets;
import dev.latchkey.config.SettingsReader;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.log.JsonLog;
import dev.latchkey.log.MetricSet;
import dev.latchkey.log.MetricSet.Metric;
import dev.latchkey.log.Metrics;
import dev.latchkey.provisioning.PublishedStatuses;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/**
 * Publishes, behind an HTTP API that anybody may ask: {@code /statuslists/N} (Token Status List), {@code /statuslists},
 * {@code /.well-known/jwks.json} (RFC 7517) and {@code /.well-known/openid-configuration}. What cannot be told is answered
 * with 503, and the cause stands in the log. Thread-safe.
 *
 * <p>Where keys are signed with a shared secret, lists are authenticated by the same secret, and the JWK Set is empty.
 */
public final class PublishHandler implements RequestStreamHandler {

    private static final MetricSet PUBLISH_FAILURES = MetricSet.of(Metric.count("PublishFailures"));

    private final Publisher publisher;
    private final JsonLog log;
    private final Metrics metrics;

    /**
     * Wires the function from its environment.
     *
     * @throws dev.latchkey.config.SettingsException if the settings do not work; the message lists every problem
     */
    public PublishHandler() {
        this(
                System.getenv(),
                new SigningKeySources(),
                DynamoDbPublishedStatuses::new,
                Clock.systemUTC(),
                LambdaRuntime.getLogger());
        warmUp();
    }

    PublishHandler(
            Map<String, String> environment,
            SecretSources sources,
            Function<String, PublishedStatuses> tables,
            Clock clock,
            LambdaLogger logger) {
        this.log = new JsonLog(logger, clock);
        Secrets secrets = new Secrets(sources, clock, (age, failure) -> {
            if (failure != null) {
                log.failure("keys not refreshed", failure, new JsonObject(Map.of()));
            }
        });
        SettingsReader reader = new SettingsReader(environment);
        MetricSettings counted = MetricSettings.read(reader);
        this.metrics = new Metrics(clock, counted.on(), counted.dimensions());
        PublishingSettings settings = PublishingSettings.read(reader, secrets);
        log.leftOut(reader.ofAnotherRelease());
        PublishedLists lists =
                new PublishedLists(tables.apply(settings.keysTable()), settings.keys(), clock, this::cutOffsLeftOut);
        this.publisher = new Publisher(lists, settings.published(), settings.base(), settings.issuer(), clock);
    }

    /**
     * Reads and signs a list before a door waits for the first, and says where no key is published. What cannot be had is
     * asked for again by the first call.
     */
    void warmUp() {
        try {
            publisher.answer(new PublicRequest("GET", "/statuslists/1", "warm-up.invalid", new JsonObject(Map.of())));
            if (!publisher.hasPublicKeys()) {
                log.write(
                        LogLevel.INFO,
                        "no public key is published",
                        new JsonObjectBuilder()
                                .put(
                                        "reason",
                                        "keys are signed with a shared secret (HS*), which no verifier but ours can"
                                                + " have. RS256, ES256 and EdDSA have public keys")
                                .build());
            }
        } catch (RuntimeException e) {
            log.failure("not warmed up", e, new JsonObject(Map.of()));
        }
    }

    /** Their keys are let in: it is an error, for an operator to look at. */
    private void cutOffsLeftOut(int count) {
        JsonObjectBuilder line = new JsonObjectBuilder().put("customers", count);
        metrics.add(line, PUBLISH_FAILURES, 1);
        log.write(LogLevel.ERROR, "cut-offs left out", line.build());
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        PublicRequest request = PublicRequest.read(input.readAllBytes());
        PublicAnswer answer;
        JsonObjectBuilder line = new JsonObjectBuilder()
                .put("awsRequestId", context.getAwsRequestId())
                .put("path", JsonLog.clipped(request.path()));
        try {
            answer = publisher.answer(request);
            log.write(LogLevel.DEBUG, "published", line.build());
        } catch (RuntimeException e) {
            metrics.add(line, PUBLISH_FAILURES, 1);
            log.failure("not published", e, line.build());
            answer = PublicAnswer.problem(503, "this cannot be told at the moment")
                    .with("retry-after", "1");
        }
        output.write(answer.to(request).toString().getBytes(StandardCharsets.UTF_8));
    }
}
