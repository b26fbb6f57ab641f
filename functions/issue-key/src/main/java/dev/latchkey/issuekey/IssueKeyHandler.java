package dev.latchkey.issuekey;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.latchkey.aws.DynamoDbIdempotencyRecords;
import dev.latchkey.aws.DynamoDbKeyTable;
import dev.latchkey.aws.SigningKeySources;
import dev.latchkey.aws.SqsCacheFlushes;
import dev.latchkey.config.SecretSources;
import dev.latchkey.config.Secrets;
import dev.latchkey.config.SettingsReader;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.log.JsonLog;
import dev.latchkey.log.Metrics;
import dev.latchkey.moesif.Customer;
import dev.latchkey.moesif.CustomerReporter;
import dev.latchkey.moesif.MoesifReporter;
import dev.latchkey.moesif.MoesifSettings;
import dev.latchkey.provisioning.CacheFlushes;
import dev.latchkey.provisioning.IdempotencyRecords;
import dev.latchkey.provisioning.KeyTable;
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
import java.util.function.Function;

/**
 * Issues API keys for a developer portal and carries out what becomes of them, by direct invocation and over HTTP.
 *
 * <p>Routes and actions of direct invocations have the same fields and answers; {@code GET /openapi.json} describes them. A
 * caller's mistake is answered by {@code {"error": {"code", "message"}}} that names the field; of our own failures callers
 * see only the request id to look for in the log. Whoever may call it may issue keys for every customer: an HTTP request
 * that names no IAM identity is refused, unless another authorizer in front is said to vouch for callers. Thread-safe.
 *
 * <p>A request with the {@code idempotencyKey} of an earlier one is answered by the same key where the plugin can; the
 * answer's {@code idempotent} tells whether it can. Moesif is told afterwards of what was done, where it is set up; that
 * takes one second at most, and its failures change no answer.
 */
public final class IssueKeyHandler implements RequestStreamHandler {

    private final CallerRule callers;
    private final KeyIssuer issuer;
    private final CustomerReporter reporter;
    private final RequestLog log;

    /** What the function opens when a setting names it. */
    record Services(
            SecretSources secrets,
            Function<String, IdempotencyRecords> records,
            Function<String, KeyTable> tables,
            Function<String, CacheFlushes> flushes,
            Function<MoesifSettings, CustomerReporter> reporters) {}

    /**
     * Wires the function from its environment.
     *
     * @throws dev.latchkey.config.SettingsException if the settings do not work; the message lists every problem
     */
    public IssueKeyHandler() {
        this(
                System.getenv(),
                new Services(
                        new SigningKeySources(),
                        DynamoDbIdempotencyRecords::new,
                        DynamoDbKeyTable::new,
                        SqsCacheFlushes::new,
                        settings -> new MoesifReporter(settings, Clock.systemUTC())),
                PluginLoader.ofClassPath(),
                Clock.systemUTC(),
                LambdaRuntime.getLogger());
    }

    IssueKeyHandler(
            Map<String, String> environment,
            Services services,
            PluginLoader plugins,
            Clock clock,
            LambdaLogger logger) {
        JsonLog jsonLog = new JsonLog(logger, clock);
        Secrets secrets = new Secrets(services.secrets(), clock, (age, failure) -> {
            if (failure != null) {
                jsonLog.failure("keys not refreshed", failure, new JsonObject(Map.of()));
            }
        });
        SettingsReader reader = new SettingsReader(environment);
        IssueKeySettings settings = IssueKeySettings.read(reader);
        PluginContext context = new PluginContext(environment, secrets, services.records(), services.tables());
        ProvisioningPlugin plugin = reader.throwIfAnyProblemWith(() -> plugins.load(context));
        jsonLog.leftOut(reader.ofAnotherRelease());
        this.callers = settings.callers();
        Metrics metrics =
                new Metrics(clock, settings.metrics().on(), settings.metrics().dimensions());
        this.log = new RequestLog(jsonLog, clock, metrics, plugin.slug());
        CacheFlushes flushes = settings.flushQueue().map(services.flushes()).orElse(null);
        this.issuer = new KeyIssuer(plugin, new Doors(flushes, settings.authorizerTtl(), clock, log::notFlushed));
        this.reporter = settings.moesif().map(services.reporters()).orElseGet(CustomerReporter::none);
        tellAtStart(plugin, settings);
    }

    private void tellAtStart(ProvisioningPlugin plugin, IssueKeySettings settings) {
        if (!plugin.isIdempotent()) {
            log.atStart("idempotency keys are not honoured: the plugin keeps no record of requests");
        }
        if (!plugin.isKeeping()) {
            log.atStart("keys cannot be listed, rolled or revoked: the plugin keeps no record of them");
        }
        if (settings.moesif().isEmpty()) {
            log.atStart("Moesif is not told of customers and keys: MOESIF_APPLICATION_ID is not set");
        }
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Channel channel = Channel.DIRECT;
        try {
            RequestEvent event = RequestEvent.read(input.readAllBytes());
            channel = event.channel();
            IssueRequest request = event.request(callers);
            Result result = issuer.carryOut(request);
            answer(output, channel, 200, result.body());
            log.answered(request, result, context);
            log.moesifNotTold(report(request, result), context);
        } catch (RefusedRequest e) {
            log.refused(e, context);
            answer(output, channel, e.kind().status(), e.body());
        } catch (RuntimeException | LinkageError e) {
            log.failed(e, context);
            String message = "internal error; see the function's log for the request " + context.getAwsRequestId();
            if (channel == Channel.DIRECT) {
                throw new InternalErrorException(message);
            }
            answer(output, channel, 500, new RefusedRequest(RefusedRequest.Kind.INTERNAL_ERROR, message).body());
        }
    }

    private List<String> report(IssueRequest request, Result result) throws RefusedRequest {
        Fields fields = request.fields();
        if (result.change() instanceof Change.Created created) {
            return reporter.keyCreated(
                    new Customer(created.customerId(), fields.email(), fields.subscriptionId()),
                    created.key().keyId(),
                    created.key().expires());
        }
        if (result.change() instanceof Change.Provisioned provisioned) {
            return reporter.provisioned(
                    new Customer(provisioned.customerId(), fields.email(), fields.subscriptionId()));
        }
        if (result.change() instanceof Change.OfCustomer customer) {
            return reporter.keyChanged(customer.customerId(), "", CustomerReporter.KeyChange.ALL_REVOKED);
        }
        if (result.change() instanceof Change.OfKey key) {
            return switch (request.action()) {
                case SUSPEND_API_KEY -> changed(key, CustomerReporter.KeyChange.SUSPENDED);
                case RESUME_API_KEY -> changed(key, CustomerReporter.KeyChange.RESUMED);
                case REVOKE_API_KEY, REVOKE_PRESENTED_KEY -> changed(key, CustomerReporter.KeyChange.REVOKED);
                case ROLL_API_KEY -> changed(key, CustomerReporter.KeyChange.ROLLED);
                default -> List.of();
            };
        }
        return List.of();
    }

    private List<String> changed(Change.OfKey key, CustomerReporter.KeyChange change) {
        return reporter.keyChanged(key.customerId(), key.keyId(), change);
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
