package dev.latchkey.flushcaches;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.latchkey.aws.ApiGatewayFlusher;
import dev.latchkey.config.MetricSettings;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsReader;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.log.JsonLog;
import dev.latchkey.log.MetricSet;
import dev.latchkey.log.MetricSet.Metric;
import dev.latchkey.log.Metrics;
import dev.latchkey.provisioning.StageCache;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Takes batches of an SQS queue and flushes each stage once for a batch, not before the latest time that a message of it
 * names, and at most once a second. A batch whose flush fails is given back, so that the queue brings it again; then only
 * the stages that failed are flushed anew.
 */
public final class FlushCachesHandler implements RequestStreamHandler {

    private static final MetricSet CACHE_FLUSH_FAILURES = MetricSet.of(Metric.count("CacheFlushFailures"));

    private static final Duration BETWEEN = Duration.ofSeconds(1);

    /** More than a queue and this clock may differ by; whoever wants to wait longer comes again. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    private final List<StageCache> stages;
    private final StageCache.Flusher flusher;
    private final Clock clock;
    private final Consumer<Duration> sleep;
    private final JsonLog log;
    private final Metrics metrics;
    private final Map<StageCache, Instant> flushedAt = new HashMap<>();
    private Instant lastAttempt = Instant.EPOCH;

    /**
     * Wires the function from its environment.
     *
     * @throws dev.latchkey.config.SettingsException if the settings do not work; the message lists every problem
     */
    public FlushCachesHandler() {
        this(
                System.getenv(),
                new ApiGatewayFlusher(),
                Clock.systemUTC(),
                pause -> LockSupport.parkNanos(pause.toNanos()),
                LambdaRuntime.getLogger());
    }

    FlushCachesHandler(
            Map<String, String> environment,
            StageCache.Flusher flusher,
            Clock clock,
            Consumer<Duration> sleep,
            LambdaLogger logger) {
        SettingsReader reader = new SettingsReader(environment);
        MetricSettings counted = MetricSettings.read(reader);
        this.metrics = new Metrics(clock, counted.on(), counted.dimensions());
        this.stages = stages(reader);
        this.flusher = flusher;
        this.clock = clock;
        this.sleep = sleep;
        this.log = new JsonLog(logger, clock);
        log.leftOut(reader.ofAnotherRelease());
    }

    private static List<StageCache> stages(SettingsReader reader) {
        List<String> entries = reader.list(Settings.FLUSH_STAGES);
        List<StageCache> stages = new ArrayList<>();
        for (String entry : entries) {
            StageCache.read(entry).ifPresent(stages::add);
        }
        if (stages.isEmpty() || stages.size() < entries.size()) {
            reader.problem(
                    Settings.FLUSH_STAGES, "needs stages such as rest:abcdef1234/prod, http:ghijkl5678/$default");
        }
        reader.throwIfAnyProblem();
        return stages;
    }

    @Override
    public synchronized void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        FlushRequests requests = FlushRequests.read(input.readAllBytes(), clock.instant());
        List<JsonValue> failed = new ArrayList<>();
        if (!flush(requests, context)) {
            for (String id : requests.messageIds()) {
                failed.add(new JsonObjectBuilder().put("itemIdentifier", id).build());
            }
        }
        JsonObject answer = new JsonObjectBuilder()
                .put("batchItemFailures", new JsonArray(failed))
                .build();
        output.write(answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What fails is tried once more: the queue comes again only after its visibility timeout. */
    private boolean flush(FlushRequests requests, Context context) {
        List<StageCache> due = due(requests);
        if (due.isEmpty()) {
            return true;
        }
        Instant rested = lastAttempt.plus(BETWEEN);
        Instant earliest = rested.isAfter(requests.notBefore()) ? rested : requests.notBefore();
        if (Duration.between(clock.instant(), earliest).compareTo(LONGEST_WAIT) > 0) {
            return false;
        }
        while (clock.instant().isBefore(earliest)) {
            sleep.accept(Duration.between(clock.instant(), earliest));
        }
        lastAttempt = clock.instant();
        due.removeIf(stage -> flush(stage, requests, context));
        if (!due.isEmpty()) {
            sleep.accept(BETWEEN);
            lastAttempt = clock.instant();
            due.removeIf(stage -> flush(stage, requests, context));
        }
        return due.isEmpty();
    }

    /** The stages that were not flushed since the time that the requests name. */
    private List<StageCache> due(FlushRequests requests) {
        List<StageCache> due = new ArrayList<>();
        if (!requests.messageIds().isEmpty()) {
            for (StageCache stage : stages) {
                if (flushedAt.getOrDefault(stage, Instant.EPOCH).isBefore(requests.notBefore())) {
                    due.add(stage);
                }
            }
        }
        return due;
    }

    private boolean flush(StageCache stage, FlushRequests requests, Context context) {
        JsonObjectBuilder line = new JsonObjectBuilder()
                .put("stage", stage.toString())
                .put("messages", requests.messageIds().size())
                .put("awsRequestId", context.getAwsRequestId());
        try {
            flusher.flush(stage);
            flushedAt.put(stage, lastAttempt);
            log.write(LogLevel.INFO, "flushed", line.build());
            return true;
        } catch (RuntimeException e) {
            metrics.add(line, CACHE_FLUSH_FAILURES, 1);
            log.failure("not flushed", e, line.build());
            return false;
        }
    }
}
