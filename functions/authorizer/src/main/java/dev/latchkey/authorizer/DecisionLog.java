package dev.latchkey.authorizer;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.latchkey.authorizer.Authorizer.Outcome;
import dev.latchkey.config.Preset;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.jwt.Mismatch;
import dev.latchkey.jwt.Reason;
import dev.latchkey.keys.KeyFetchListener;
import dev.latchkey.log.JsonLog;
import dev.latchkey.log.MetricSet;
import dev.latchkey.log.MetricSet.Metric;
import dev.latchkey.log.Metrics;
import dev.latchkey.status.StatusUnavailableException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records decisions and failures, one JSON record each. With metrics on, a record is also a CloudWatch metric (CloudWatch
 * user guide, "Embedded metric format specification") in the namespace {@code Latchkey}: {@code Allowed}, {@code Denied}
 * and {@code Unauthenticated} with the dimension {@code reason}, {@code Errors}, {@code KeyFetches}, {@code
 * KeyRefreshFailures}, and at each fetch {@code KeySetAge}, in seconds, of the keys that are then in use; {@code
 * StatusListFetches}, {@code StatusListFailures} and {@code StatusListAge} likewise for status lists.
 */
final class DecisionLog {

    private static final MetricSet ALLOWED = MetricSet.of(Metric.count("Allowed"));
    private static final MetricSet DENIED = MetricSet.counting("Denied", "reason");
    private static final MetricSet UNAUTHENTICATED = MetricSet.counting("Unauthenticated", "reason");
    private static final MetricSet ERRORS = MetricSet.of(Metric.count("Errors"));
    private static final Metric FETCHES = Metric.count("KeyFetches");
    private static final Metric AGE = new Metric("KeySetAge", "Seconds");
    private static final MetricSet FETCHED = MetricSet.of(FETCHES, AGE);
    private static final MetricSet NOT_FETCHED = MetricSet.of(FETCHES, AGE, Metric.count("KeyRefreshFailures"));

    private final JsonLog log;
    private final Metrics metrics;

    DecisionLog(JsonLog log, Metrics metrics) {
        this.log = log;
        this.metrics = metrics;
    }

    /** Records a decision: a refusal at INFO, an allowed call at DEBUG or, where it is counted or lacks context, at INFO. */
    void decided(AuthorizationRequest request, Outcome outcome, long microseconds, String awsRequestId) {
        Decision decision = outcome.decision();
        boolean isElsewhere = decision instanceof Decision.Allow opened && opened.elsewhere() != null;
        boolean isAllowed = decision instanceof Decision.Allow && !isElsewhere;
        LogLevel level = isAllowed && isWhole(decision) && !metrics.areOn() ? LogLevel.DEBUG : LogLevel.INFO;
        if (!log.writes(level)) {
            return;
        }
        JsonObjectBuilder line = new JsonObjectBuilder();
        if (decision instanceof Decision.Allow allow) {
            if (isElsewhere) {
                line.put("decision", "deny").put("reason", Reason.MISSING_SCOPE.code());
                name(line, allow.elsewhere());
            } else {
                line.put("decision", "allow");
            }
            if (!allow.leftOut().isEmpty()) {
                line.put("leftOutOfContext", String.join(",", allow.leftOut()));
            }
            if (allow.lacksUsageKey()) {
                line.put("usageKey", "none");
            }
            metrics.add(line, isElsewhere ? DENIED : ALLOWED, 1);
        } else if (decision instanceof Decision.Deny deny) {
            line.put("decision", "deny").put("reason", deny.reason().code());
            name(line, deny.mismatch());
            metrics.add(line, DENIED, 1);
        } else if (decision instanceof Decision.Unauthenticated unauthenticated) {
            line.put("decision", "unauthenticated")
                    .put("reason", unauthenticated.reason().code());
            name(line, unauthenticated.mismatch());
            metrics.add(line, UNAUTHENTICATED, 1);
        }
        putIfPresent(line, "kid", outcome.kid());
        putIfPresent(line, "keyId", outcome.keyId());
        putIfPresent(line, "requestId", request.requestId());
        line.put("awsRequestId", awsRequestId).put("microseconds", microseconds);
        log.write(level, isAllowed ? "key accepted" : "key refused", line.build());
    }

    /** Whether an Allow has all that the settings want of it; true of every refusal. */
    private static boolean isWhole(Decision decision) {
        return !(decision instanceof Decision.Allow allow) || (allow.leftOut().isEmpty() && !allow.lacksUsageKey());
    }

    /** Records what a preset of an identity provider has set. */
    void presetTaken(Preset preset) {
        JsonObjectBuilder line = new JsonObjectBuilder().put("preset", preset.provider());
        preset.members().forEach((member, values) -> line.put(member, String.join(", ", values)));
        log.write(LogLevel.INFO, "issuer preset", line.build());
    }

    /** Records a failure of our own. */
    void failed(RuntimeException failure, String awsRequestId) {
        JsonObjectBuilder line =
                new JsonObjectBuilder().put("decision", "error").put("awsRequestId", awsRequestId);
        if (failure instanceof StatusUnavailableException) {
            line.put("reason", Reason.STATUS_UNAVAILABLE.code());
        }
        metrics.add(line, ERRORS, 1);
        log.failure("authorizer failed", failure, line.build());
    }

    /** Records that the sample requests of a warm-up failed, which keeps nothing from working. */
    void notWarmedUp(RuntimeException failure) {
        log.failure("not warmed up", failure, new JsonObjectBuilder().build());
    }

    /** Records that keys were fetched again, or could not be, and how old those in use are. */
    void keysFetched(Duration age, @Nullable RuntimeException failure) {
        JsonObjectBuilder line = new JsonObjectBuilder();
        if (failure == null) {
            metrics.add(line, FETCHED, 1, age.toSeconds());
            log.write(LogLevel.INFO, "keys fetched", line.build());
        } else {
            metrics.add(line, NOT_FETCHED, 1, age.toSeconds(), 1);
            log.failure("keys not refreshed", failure, line.build());
        }
    }

    /** Records which keys of an issuer's or an address's set are not used, and why. */
    void keysLeftOut(String origin, List<String> reasons) {
        JsonObjectBuilder line =
                new JsonObjectBuilder().put("origin", JsonLog.clipped(origin)).put("leftOut", reasons);
        log.write(reasons.isEmpty() ? LogLevel.INFO : LogLevel.WARN, "keys left out", line.build());
    }

    /** Records which keys of the ring verify although they are too weak to sign, and until when. */
    private void weakKeys(List<String> keys) {
        JsonObjectBuilder line = new JsonObjectBuilder().put("weak", keys);
        log.write(keys.isEmpty() ? LogLevel.INFO : LogLevel.WARN, "weak keys in use", line.build());
    }

    /** Records fetches of keys, and what they lack. */
    KeyFetchListener keyFetches() {
        return new KeyFetchListener() {
            @Override
            public void ended(Duration age, @Nullable RuntimeException failure) {
                keysFetched(age, failure);
            }

            @Override
            public void leftOut(String origin, List<String> reasons) {
                keysLeftOut(origin, reasons);
            }

            @Override
            public void weak(List<String> keys) {
                weakKeys(keys);
            }
        };
    }

    /** Records that a status list was fetched, or could not be, and how old the one in use is. */
    void listFetched(Duration age, @Nullable RuntimeException failure) {
        JsonObjectBuilder line = new JsonObjectBuilder();
        if (failure == null) {
            metrics.add(line, ListMetrics.FETCHED, 1, age.toSeconds());
            log.write(metrics.areOn() ? LogLevel.INFO : LogLevel.DEBUG, "status list fetched", line.build());
        } else {
            metrics.add(line, ListMetrics.NOT_FETCHED, 1, age.toSeconds(), 1);
            log.failure("status list not refreshed", failure, line.build());
        }
    }

    private static void name(JsonObjectBuilder line, @Nullable Mismatch mismatch) {
        if (mismatch != null) {
            line.put("claim", JsonLog.clipped(mismatch.claim()));
            line.put("expected", JsonLog.clipped(mismatch.expected()));
            putIfPresent(line, "found", mismatch.found());
        }
    }

    private static void putIfPresent(JsonObjectBuilder line, String name, @Nullable String value) {
        if (value != null) {
            line.put(name, JsonLog.clipped(value));
        }
    }

    /** Apart from the others, for starts without status lists. */
    private static final class ListMetrics {
        static final Metric FETCHES = Metric.count("StatusListFetches");
        static final Metric AGE = new Metric("StatusListAge", "Seconds");
        static final MetricSet FETCHED = MetricSet.of(FETCHES, AGE);
        static final MetricSet NOT_FETCHED = MetricSet.of(FETCHES, AGE, Metric.count("StatusListFailures"));
    }
}
