package dev.latchkey.log;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes log lines as JSON records of their own, which Lambda passes on as they are (Lambda developer guide, "Log and
 * monitor Java Lambda functions").
 *
 * <p>A record has {@code timestamp}, {@code level}, {@code message} and the caller's members. Callers must not pass
 * tokens, secrets or claims.
 */
public final class JsonLog {

    private static final int MAX_TEXT = 256;
    private static final int MAX_CAUSES = 8;

    private final LambdaLogger logger;
    private final Clock clock;
    private final LogLevel least;

    /** Writes to this logger, with this clock's time, records of every level. */
    public JsonLog(LambdaLogger logger, Clock clock) {
        this(logger, clock, Map.of());
    }

    /**
     * The same, but for records that Lambda drops, as its variables in the environment tell (Lambda developer guide, "Configuring
     * advanced logging controls"), which need not be made.
     */
    public JsonLog(LambdaLogger logger, Clock clock, Map<String, String> environment) {
        this.logger = logger;
        this.clock = clock;
        this.least = "JSON".equals(environment.get("AWS_LAMBDA_LOG_FORMAT"))
                ? level(environment.getOrDefault("AWS_LAMBDA_LOG_LEVEL", ""))
                : LogLevel.UNDEFINED;
    }

    private static LogLevel level(String name) {
        for (LogLevel level : LogLevel.values()) {
            if (level.name().equals(name)) {
                return level;
            }
        }
        return LogLevel.UNDEFINED;
    }

    /** Whether records of a level reach the log. */
    public boolean writes(LogLevel level) {
        return level.compareTo(least) >= 0;
    }

    /** Writes one record. */
    public void write(LogLevel level, String message, JsonObject members) {
        if (writes(level)) {
            logger.log(record(level, message, members), level);
        }
    }

    /** Writes a record that is there whatever the least level of the log is, as what is kept for auditors must be. */
    public void writeAlways(LogLevel level, String message, JsonObject members) {
        logger.log(record(level, message, members), LogLevel.UNDEFINED);
    }

    private byte[] record(LogLevel level, String message, JsonObject members) {
        JsonObjectBuilder line = new JsonObjectBuilder()
                .put("timestamp", clock.instant().toString())
                .put("level", level.name())
                .put("message", message);
        for (Map.Entry<String, JsonValue> member : members.members().entrySet()) {
            line.put(member.getKey(), member.getValue());
        }
        return JsonWriter.writeLine(line.build()).getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a failure of our own at ERROR: the exceptions' names and messages, and where the first one arose. */
    public void failure(String message, Throwable failure, JsonObject members) {
        List<String> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < MAX_CAUSES; cause = cause.getCause()) {
            causes.add(clipped(cause.toString()));
        }
        JsonObjectBuilder line = new JsonObjectBuilder();
        members.members().forEach(line::put);
        line.put("causes", causes);
        if (failure.getStackTrace().length > 0) {
            line.put("at", failure.getStackTrace()[0].toString());
        }
        write(LogLevel.ERROR, message, line.build());
    }

    /** Writes at WARN, whatever the least level of the log is, which settings of another release are left out, if any. */
    public void leftOut(List<String> settings) {
        if (!settings.isEmpty()) {
            JsonObjectBuilder line = new JsonObjectBuilder().put("settings", settings);
            writeAlways(LogLevel.WARN, "settings of another release are left out", line.build());
        }
    }

    /** A text from outside as a record may hold it: its first 256 characters. */
    public static String clipped(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    }
}
