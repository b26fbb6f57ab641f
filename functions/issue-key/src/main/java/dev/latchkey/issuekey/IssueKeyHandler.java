package dev.latchkey.issuekey;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.latchkey.aws.DynamoDbIdempotencyRecords;
import dev.latchkey.aws.SecretsManagerSources;
import dev.latchkey.config.SecretSources;
import dev.latchkey.config.Secrets;
import dev.latchkey.config.SettingsReader;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.log.JsonLog;
import dev.latchkey.log.MetricSet;
import dev.latchkey.log.MetricSet.Metric;
import dev.latchkey.moesif.Customer;
import dev.latchkey.moesif.CustomerReporter;
import dev.latchkey.moesif.MoesifReporter;
import dev.latchkey.moesif.MoesifSettings;
import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.IdempotencyRecords;
import dev.latchkey.provisioning.PluginContext;
import dev.latchkey.provisioning.PluginLoader;
import dev.latchkey.provisioning.ProvisioningPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Issues API keys for a developer portal, by direct invocation and over HTTP.
 *
 * <p>The routes {@code POST /create-key}, {@code POST /provision-user} and {@code GET /user} are the actions {@code
 * createApiKey}, {@code provisionUser} and {@code getUser} of direct invocations, with the same fields and answers. A
 * caller's mistake is answered by {@code {"error": {"code", "message"}}} that names the field; of our own failures
 * callers see only the request id to look for in the log. Whoever may call it may issue keys for every customer: callers
 * must be authenticated before, by IAM. Thread-safe.
 *
 * <p>A {@code createApiKey} with the {@code idempotencyKey} of an earlier one is answered by the same key where the plugin
 * can; the answer's {@code idempotent} tells whether it can. Moesif is told afterwards of what was done, where it is set up;
 * that takes one second at most, and its failures change no answer.
 */
public final class IssueKeyHandler implements RequestStreamHandler {

    private static final MetricSet MOESIF_FAILURES = MetricSet.of(Metric.count("MoesifFailures"));

    private final ProvisioningPlugin plugin;
    private final KeyIssuer issuer;
    private final CustomerReporter reporter;
    private final JsonLog log;
    private final Clock clock;
    private final boolean metrics;

    /**
     * Wires the function from its environment.
     *
     * @throws dev.latchkey.config.SettingsException if the settings do not work; the message lists every problem
     */
    public IssueKeyHandler() {
        this(
                System.getenv(),
                new SecretsManagerSources(),
                DynamoDbIdempotencyRecords::new,
                settings -> new MoesifReporter(settings, Clock.systemUTC()),
                PluginLoader.ofClassPath(),
                Clock.systemUTC(),
                LambdaRuntime.getLogger());
    }

    IssueKeyHandler(
            Map<String, String> environment,
            SecretSources sources,
            Function<String, IdempotencyRecords> records,
            Function<MoesifSettings, CustomerReporter> reporters,
            PluginLoader plugins,
            Clock clock,
            LambdaLogger logger) {
        JsonLog jsonLog = new JsonLog(logger, clock);
        Secrets secrets = new Secrets(sources, clock, (age, failure) -> {
            if (failure != null) {
                jsonLog.failure("keys not refreshed", failure, new JsonObject(Map.of()));
            }
        });
        SettingsReader reader = new SettingsReader(environment);
        Optional<MoesifSettings> moesif = MoesifSettings.read(reader);
        this.clock = clock;
        this.metrics = reader.isFirst("METRICS", "on", "off");
        this.plugin =
                reader.throwIfAnyProblemWith(() -> plugins.load(new PluginContext(environment, secrets, records)));
        this.issuer = new KeyIssuer(plugin);
        this.reporter = moesif.map(reporters).orElseGet(CustomerReporter::none);
        this.log = jsonLog;
        if (!plugin.isIdempotent()) {
            tellAtStart("idempotency keys are not honoured: the plugin keeps no record of requests");
        }
        if (moesif.isEmpty()) {
            tellAtStart("Moesif is not told of customers and keys: MOESIF_APPLICATION_ID is not set");
        }
    }

    private void tellAtStart(String what) {
        log.write(
                LogLevel.INFO,
                what,
                new JsonObjectBuilder().put("plugin", plugin.slug()).build());
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Channel channel = Channel.DIRECT;
        try {
            RequestEvent event = RequestEvent.read(input.readAllBytes());
            channel = event.channel();
            IssueRequest request = event.request();
            KeyIssuer.Result result = issuer.carryOut(request);
            answer(output, channel, 200, result.body());
            JsonObjectBuilder line =
                    line(context).put("action", request.action().actionName());
            ApiKey key = result.key();
            if (key != null) {
                line.put("keyId", key.keyId());
            }
            log.write(LogLevel.INFO, "request answered", line.build());
            report(request, key, context);
        } catch (RefusedRequest e) {
            log.write(
                    LogLevel.INFO,
                    "request refused",
                    line(context)
                            .put("reason", e.code())
                            .put("status", e.kind().status())
                            .build());
            answer(output, channel, e.kind().status(), e.body());
        } catch (RuntimeException | LinkageError e) {
            log.failure("request failed", e, line(context).build());
            String message = "internal error; see the function's log for the request " + context.getAwsRequestId();
            if (channel == Channel.DIRECT) {
                throw new InternalErrorException(message);
            }
            answer(output, channel, 500, new RefusedRequest(RefusedRequest.Kind.INTERNAL_ERROR, message).body());
        }
    }

    private void report(IssueRequest request, @Nullable ApiKey key, Context context) {
        Customer customer = new Customer(request.customerId(), request.email(), request.subscriptionId());
        List<String> failures;
        if (key != null) {
            failures = reporter.keyCreated(customer, key.keyId(), key.expires());
        } else if (request.action() == Action.PROVISION_USER) {
            failures = reporter.provisioned(customer);
        } else {
            return;
        }
        if (!failures.isEmpty()) {
            JsonObjectBuilder line = line(context).put("failures", failures);
            if (metrics) {
                MOESIF_FAILURES.addTo(line, clock.millis(), failures.size());
            }
            log.write(LogLevel.WARN, "Moesif was not told", line.build());
        }
    }

    private JsonObjectBuilder line(Context context) {
        return new JsonObjectBuilder().put("plugin", plugin.slug()).put("awsRequestId", context.getAwsRequestId());
    }

    private static void answer(OutputStream output, Channel channel, int status, JsonObject body) throws IOException {
        JsonObject answer = channel == Channel.DIRECT ? body : proxyResponse(status, body);
        output.write(answer.toString().getBytes(StandardCharsets.UTF_8));
        output.flush();
    }

    /** API Gateway's proxy response; a key must not be kept by caches on its way (RFC 6750 section 5.3). */
    private static JsonObject proxyResponse(int status, JsonObject body) {
        JsonObject headers = new JsonObjectBuilder()
                .put("content-type", "application/json")
                .put("cache-control", "no-store")
                .put("x-content-type-options", "nosniff")
                .build();
        return new JsonObjectBuilder()
                .put("statusCode", status)
                .put("headers", headers)
                .put("body", body.toString())
                .put("isBase64Encoded", false)
                .build();
    }
}
