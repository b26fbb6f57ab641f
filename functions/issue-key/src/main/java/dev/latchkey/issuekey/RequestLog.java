package dev.latchkey.issuekey;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.log.JsonLog;
import dev.latchkey.log.MetricSet;
import dev.latchkey.log.MetricSet.Metric;
import dev.latchkey.log.Metrics;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** One JSON record for each request, one more for each change (who did what to which key), and one for each failure. */
final class RequestLog {

    private static final MetricSet KEYS_ISSUED = MetricSet.of(Metric.count("KeysIssued"));
    private static final MetricSet REQUESTS_REFUSED = MetricSet.of(Metric.count("RequestsRefused"));
    private static final MetricSet REQUEST_FAILURES = MetricSet.of(Metric.count("RequestFailures"));
    private static final MetricSet MOESIF_FAILURES = MetricSet.of(Metric.count("MoesifFailures"));
    private static final MetricSet FLUSH_FAILURES = MetricSet.of(Metric.count("FlushFailures"));

    private final JsonLog log;
    private final Clock clock;
    private final Metrics metrics;
    private final String plugin;

    RequestLog(JsonLog log, Clock clock, Metrics metrics, String plugin) {
        this.log = log;
        this.clock = clock;
        this.metrics = metrics;
        this.plugin = plugin;
    }

    void atStart(String what) {
        log.write(
                LogLevel.INFO,
                what,
                new JsonObjectBuilder().put("plugin", plugin).build());
    }

    void answered(IssueRequest request, Result result, Context context) {
        JsonObjectBuilder line = line(context).put("action", request.action().actionName());
        if (result.change() instanceof Change.Created created) {
            line.put("keyId", created.key().keyId());
            metrics.add(line, KEYS_ISSUED, 1);
        }
        log.write(LogLevel.INFO, "request answered", line.build());
        Change change = result.change();
        if (change != null) {
            audit(request, change, context);
        }
    }

    private void audit(IssueRequest request, Change change, Context context) {
        JsonObjectBuilder line = line(context)
                .put("action", request.action().actionName())
                .put("by", JsonLog.clipped(request.caller()))
                .put("customerId", JsonLog.clipped(change.customerId()));
        if (change instanceof Change.Created created) {
            line.put("keyId", created.key().keyId());
        } else if (change instanceof Change.OfKey key) {
            line.put("keyId", key.keyId());
            if (key.replaced() != null) {
                line.put("rolledFrom", key.replaced());
            }
        }
        String at = Instant.ofEpochSecond(clock.instant().getEpochSecond()).toString();
        log.writeAlways(LogLevel.INFO, "audit", line.put("at", at).build());
    }

    void refused(RefusedRequest refusal, Context context) {
        JsonObjectBuilder line = line(context)
                .put("reason", refusal.code())
                .put("status", refusal.kind().status());
        metrics.add(line, REQUESTS_REFUSED, 1);
        log.write(LogLevel.INFO, "request refused", line.build());
    }

    void failed(Throwable failure, Context context) {
        JsonObjectBuilder line = line(context);
        metrics.add(line, REQUEST_FAILURES, 1);
        log.failure("request failed", failure, line.build());
    }

    /** The change itself is made; the doors know it once what API Gateway kept is over. */
    void notFlushed(RuntimeException failure) {
        JsonObjectBuilder line = new JsonObjectBuilder().put("plugin", plugin).put("failure", failure.toString());
        metrics.add(line, FLUSH_FAILURES, 1);
        log.write(LogLevel.ERROR, "no flush could be asked for", line.build());
    }

    void moesifNotTold(List<String> failures, Context context) {
        if (failures.isEmpty()) {
            return;
        }
        JsonObjectBuilder line = line(context).put("failures", failures);
        metrics.add(line, MOESIF_FAILURES, failures.size());
        log.write(LogLevel.ERROR, "Moesif was not told", line.build());
    }

    private JsonObjectBuilder line(Context context) {
        return new JsonObjectBuilder().put("plugin", plugin).put("awsRequestId", context.getAwsRequestId());
    }
}
