package dev.latchkey.rotatekeys;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.latchkey.aws.SecretsManagerVersions;
import dev.latchkey.config.RotationSettings;
import dev.latchkey.config.SecretVersions;
import dev.latchkey.config.SettingsReader;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.RefreshPolicy;
import dev.latchkey.keys.RotatedRing;
import dev.latchkey.log.JsonLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Takes the four steps of Secrets Manager's rotation, and an operator's {@code {"action": "rotateNow"}}, with {@code drop}
 * for a key that must go, and {@code {"action": "addNextKey", "algorithm": "RS256"}}. What fails throws, so that Secrets Manager counts the rotation as failed and tries again.
 */
public final class RotateKeysHandler implements RequestStreamHandler {

    private static final JsonLimits EVENT = new JsonLimits(16 * 1024, 4);

    private final RotationSettings settings;
    private final Rotation rotation;
    private final Clock clock;
    private final JsonLog log;

    /**
     * Wires the function from its environment.
     *
     * @throws dev.latchkey.config.SettingsException if the settings do not work; the message lists every problem
     */
    public RotateKeysHandler() {
        this(System.getenv(), new SecretsManagerVersions(), Clock.systemUTC(), LambdaRuntime.getLogger());
    }

    RotateKeysHandler(Map<String, String> environment, SecretVersions versions, Clock clock, LambdaLogger logger) {
        SettingsReader reader = new SettingsReader(environment);
        this.settings = RotationSettings.read(reader);
        this.rotation = new Rotation(settings, versions, clock);
        this.clock = clock;
        this.log = new JsonLog(logger, clock);
        log.leftOut(reader.ofAnotherRelease());
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonObject event = read(input.readAllBytes());
        String asked = event.string("Step").or(() -> event.string("action")).orElse("");
        JsonObject line = new JsonObjectBuilder()
                .put("asked", JsonLog.clipped(asked))
                .put(
                        "version",
                        JsonLog.clipped(event.string("ClientRequestToken").orElse("")))
                .put("awsRequestId", context.getAwsRequestId())
                .build();
        try {
            JsonObject answer = event.has("Step") ? step(event, asked) : action(event, asked);
            log.write(LogLevel.INFO, "rotated", line);
            output.write(answer.toString().getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            log.failure("not rotated", e, line);
            throw e;
        }
    }

    private static JsonObject read(byte[] event) {
        try {
            return JsonReader.readObject(event, EVENT);
        } catch (JsonSyntaxException e) {
            throw new IllegalArgumentException("the event is not JSON of Secrets Manager's", e);
        }
    }

    private JsonObject step(JsonObject event, String name) {
        RotationStep step = RotationStep.named(name)
                .orElseThrow(() -> new IllegalArgumentException("Step: there is no step " + JsonLog.clipped(name)
                        + ". There are createSecret, setSecret, testSecret and finishSecret"));
        rotation.step(step, text(event, "SecretId"), text(event, "ClientRequestToken"));
        return new JsonObject(Map.of());
    }

    private JsonObject action(JsonObject event, String name) {
        RotatedRing ring = switch (name) {
            case "rotateNow" -> rotation.atOnce(event.has("drop") ? text(event, "drop") : null);
            case "addNextKey" ->
                rotation.withNext(Algorithm.namedInAnyCase(text(event, "algorithm"))
                        .orElseThrow(() ->
                                new IllegalArgumentException("algorithm: \"" + JsonLog.clipped(text(event, "algorithm"))
                                        + "\" is unknown. Supported: " + Algorithm.names())));
            default ->
                throw new IllegalArgumentException(
                        "the event needs a Step of Secrets Manager's, or the action" + " rotateNow or addNextKey");
        };
        Instant everywhere = clock.instant()
                .plus(RefreshPolicy.FOR_SECRETS.timeToLive())
                .plus(settings.authorizerTtl())
                .truncatedTo(ChronoUnit.SECONDS);
        return new JsonObjectBuilder()
                .put("active", ring.active())
                .put("next", ring.next())
                .put("previous", ring.previous())
                .put("gone", ring.gone())
                .put("effectiveFrom", everywhere.toString())
                .build();
    }

    private static String text(JsonObject event, String member) {
        return event.string(member)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new IllegalArgumentException(member + ": must be a text"));
    }
}
