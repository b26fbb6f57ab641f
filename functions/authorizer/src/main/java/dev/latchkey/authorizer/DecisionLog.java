package dev.latchkey.authorizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.latchkey.authorizer.Authorizer.Outcome;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonValue.JsonString;
import dev.latchkey.log.JsonLog;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records decisions and failures, one JSON record each. With metrics on, a record is also a CloudWatch metric (CloudWatch
 * user guide, "Embedded metric format specification") in the namespace {@code Latchkey}: {@code Allowed}, {@code Denied}
 * and {@code Unauthenticated} with the dimension {@code reason}, {@code Errors}, {@code KeyFetches}, {@code
 * KeyRefreshFailures}, and at each fetch {@code KeySetAge}, in seconds, of the keys that are then in use.
 */
final class DecisionLog {

    private static final String NAMESPACE = "Latchkey";
    private static final JsonArray OVER_ALL = new JsonArray(List.of());
    private static final JsonArray BY_REASON = new JsonArray(List.of(new JsonString("reason")));

    private final JsonLog log;
    private final Clock clock;
    private final boolean metrics;

    DecisionLog(JsonLog log, Clock clock, boolean metrics) {
        this.log = log;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Records a decision: a refusal at INFO, an allowed call at DEBUG or, where it is counted, at INFO. */
    void decided(AuthorizationRequest request, Outcome outcome, long microseconds, Context context) {
        JsonObjectBuilder line = new JsonObjectBuilder();
        Decision decision = outcome.decision();
        if (decision instanceof Decision.Allow) {
            line.put("decision", "allow");
            count(line, "Allowed", OVER_ALL);
        } else if (decision instanceof Decision.Deny deny) {
            line.put("decision", "deny").put("reason", deny.reason().code());
            count(line, "Denied", OVER_ALL, BY_REASON);
        } else if (decision instanceof Decision.Unauthenticated unauthenticated) {
            line.put("decision", "unauthenticated")
                    .put("reason", unauthenticated.reason().code());
            count(line, "Unauthenticated", OVER_ALL, BY_REASON);
        }
        Optional.ofNullable(outcome.kid()).ifPresent(kid -> line.put("kid", JsonLog.clipped(kid)));
        Optional.ofNullable(outcome.keyId()).ifPresent(keyId -> line.put("keyId", JsonLog.clipped(keyId)));
        request.gatewayRequestId().ifPresent(id -> line.put("requestId", JsonLog.clipped(id)));
        line.put("awsRequestId", context.getAwsRequestId()).put("microseconds", microseconds);
        boolean isAllowed = decision instanceof Decision.Allow;
        log.write(
                isAllowed && !metrics ? LogLevel.DEBUG : LogLevel.INFO,
                isAllowed ? "key accepted" : "key refused",
                line.build());
    }

    /** Records a failure of our own. */
    void failed(RuntimeException failure, Context context) {
        JsonObjectBuilder line =
                new JsonObjectBuilder().put("decision", "error").put("awsRequestId", context.getAwsRequestId());
        count(line, "Errors", OVER_ALL);
        log.failure("authorizer failed", failure, line.build());
    }

    /** Records that keys were fetched again, or could not be, and how old those in use are. */
    void keysFetched(Duration age, @Nullable RuntimeException failure) {
        JsonObjectBuilder line = new JsonObjectBuilder();
        List<Metric> fetched = List.of(Metric.count("KeyFetches"), new Metric("KeySetAge", "Seconds", age.toSeconds()));
        if (failure == null) {
            measure(line, List.of(OVER_ALL), fetched);
            log.write(LogLevel.INFO, "keys fetched", line.build());
        } else {
            List<Metric> failed = new ArrayList<>(fetched);
            failed.add(Metric.count("KeyRefreshFailures"));
            measure(line, List.of(OVER_ALL), failed);
            log.failure("keys not refreshed", failure, line.build());
        }
    }

    private record Metric(String name, String unit, long value) {
        static Metric count(String name) {
            return new Metric(name, "Count", 1);
        }

        JsonValue definition() {
            return new JsonObjectBuilder().put("Name", name).put("Unit", unit).build();
        }
    }

    private void count(JsonObjectBuilder line, String metric, JsonValue... dimensions) {
        measure(line, List.of(dimensions), List.of(Metric.count(metric)));
    }

    private void measure(JsonObjectBuilder line, List<JsonValue> dimensions, List<Metric> measured) {
        if (!metrics) {
            return;
        }
        JsonObject definition = new JsonObjectBuilder()
                .put("Namespace", NAMESPACE)
                .put("Dimensions", new JsonArray(dimensions))
                .put(
                        "Metrics",
                        new JsonArray(measured.stream().map(Metric::definition).toList()))
                .build();
        JsonObject directive = new JsonObjectBuilder()
                .put("Timestamp", clock.millis())
                .put("CloudWatchMetrics", new JsonArray(List.of(definition)))
                .build();
        line.put("_aws", directive);
        measured.forEach(metric -> line.put(metric.name(), metric.value()));
    }
}
