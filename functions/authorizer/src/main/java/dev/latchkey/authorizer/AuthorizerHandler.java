package dev.latchkey.authorizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.authorizer.Authorizer.Outcome;
import dev.latchkey.aws.SecretsManagerSources;
import dev.latchkey.config.MetricSettings;
import dev.latchkey.config.Preset;
import dev.latchkey.config.SecretSources;
import dev.latchkey.config.Secrets;
import dev.latchkey.config.SettingsReader;
import dev.latchkey.config.VerificationSettings;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.jwt.TokenCheck;
import dev.latchkey.log.JsonLog;
import dev.latchkey.log.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda authorizer of REST, HTTP and WebSocket APIs, told apart by the event.
 *
 * <p>A good key is answered by an Allow policy, a good key without permission by a Deny policy (403), everything else
 * about the key by the error {@code Unauthorized} (401). An HTTP API with payload format 2.0 gets simple responses: true,
 * or false (403). A failure of our own is any other error (500). Every decision is one log record. Thread-safe.
 */
public final class AuthorizerHandler implements RequestStreamHandler {

    private static final String INITIALIZATION = "AWS_LAMBDA_INITIALIZATION_TYPE";

    private final Authorizer authorizer;
    private final List<TokenSource> sources;
    private final Responses responses;
    private final DecisionLog log;

    /** What Lambda calls before it takes a snapshot; it lives as long as this, since Lambda does not hold it. */
    @SuppressWarnings("UnusedVariable")
    private final @Nullable Object snapshotHook;

    /**
     * Wires the function from its environment.
     *
     * @throws dev.latchkey.config.SettingsException if the settings do not work; the message lists every problem
     */
    public AuthorizerHandler() {
        this(System.getenv(), new SecretsManagerSources(), tokenChecks(), Clock.systemUTC(), LambdaRuntime.getLogger());
    }

    private static List<TokenCheck> tokenChecks() {
        List<TokenCheck> checks = new ArrayList<>();
        for (TokenCheck check : ServiceLoader.load(TokenCheck.class)) {
            checks.add(check);
        }
        return checks;
    }

    /**
     * Wires the function from settings that are given, for whoever runs it without a Lambda.
     *
     * @param environment the settings, as environment variables
     * @param secretSources where a secret is read that the settings name
     * @param checks further checks of good keys, all of which must let one pass
     * @param clock the time that keys and key sets are measured by
     * @param logger gets the log records
     * @throws dev.latchkey.config.SettingsException if the settings do not work; the message lists every problem
     */
    public AuthorizerHandler(
            Map<String, String> environment,
            SecretSources secretSources,
            List<TokenCheck> checks,
            Clock clock,
            LambdaLogger logger) {
        JsonLog jsonLog = new JsonLog(logger, clock, environment);
        MetricSettings metrics = AuthorizerSettings.metrics(environment);
        this.log = new DecisionLog(jsonLog, new Metrics(clock, metrics.on(), metrics.dimensions()));
        Secrets secrets = new Secrets(secretSources, clock, log.keyFetches());
        AuthorizerSettings settings = AuthorizerSettings.read(environment, secrets);
        jsonLog.leftOut(new SettingsReader(environment).ofAnotherRelease());
        for (Preset taken : settings.verification().presets()) {
            log.presetTaken(taken);
        }
        this.authorizer = new Authorizer(
                settings.verification().verifier(clock),
                settings.permissions(),
                checks,
                new Statuses(settings.verification(), clock, log));
        this.sources = settings.sources();
        this.responses = settings.responses();
        this.snapshotHook = warmUp(environment, settings.verification(), clock);
    }

    /**
     * Fetches keys now, for which Lambda gives more CPU than for a call: those that every call needs, and where no caller
     * waits for the start (Lambda, Defined runtime environment variables) all of them.
     */
    private @Nullable Object warmUp(Map<String, String> environment, VerificationSettings verification, Clock clock) {
        WarmUp warmUp = new WarmUp(verification.sourcesAtStart(), clock, log);
        switch (environment.getOrDefault(INITIALIZATION, "on-demand")) {
            case "snap-start" -> {
                return SnapshotHook.register(warmUp);
            }
            case "provisioned-concurrency", "lambda-managed-instances" -> warmUp.run();
            default -> {
                if (verification.issuers().isEmpty()) {
                    warmUp.fetch();
                }
            }
        }
        return null;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        byte[] event = input.readAllBytes();
        JsonObject answer;
        try {
            answer = answer(event, context.getAwsRequestId());
        } catch (Unauthorized e) {
            throw e;
        } catch (RuntimeException e) {
            log.failed(e, context.getAwsRequestId());
            throw e;
        }
        output.write(answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The answer to an event, which is logged with the id of this invocation. */
    JsonObject answer(byte[] event, String awsRequestId) {
        long start = System.nanoTime();
        AuthorizationRequest request = AuthorizationRequest.read(event, sources);
        Outcome found = authorizer.decide(request);
        Outcome outcome = found.deciding(responses.fitting(request, found.decision()));
        log.decided(request, outcome, (System.nanoTime() - start) / 1000, awsRequestId);
        return responses.to(request, outcome.decision());
    }
}
