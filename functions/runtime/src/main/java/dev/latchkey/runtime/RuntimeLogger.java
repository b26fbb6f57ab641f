package dev.latchkey.runtime;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogFormat;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes log lines as AWS's runtime client does: texts at the least level or above it as JSON records or with their level
 * before them, bytes as they are (Lambda, Log and monitor Java functions).
 */
final class RuntimeLogger implements LambdaLogger {
    private static final String SECONDS = "2026-01-01T00:00:00Z";

    private final OutputStream out;
    private final LogFormat format;
    private final LogLevel least;
    private final Clock clock;
    private @Nullable Invocation current;

    /**
     * Writes to a stream.
     *
     * @param environment with {@code AWS_LAMBDA_LOG_FORMAT}, Text by default, and {@code AWS_LAMBDA_LOG_LEVEL}, no limit
     *     by default
     * @throws IllegalArgumentException if they are not what Lambda sets
     */
    RuntimeLogger(OutputStream out, Map<String, String> environment, Clock clock) {
        this.out = out;
        this.format = LogFormat.fromString(environment.getOrDefault("AWS_LAMBDA_LOG_FORMAT", "TEXT"));
        this.least = LogLevel.fromString(environment.getOrDefault("AWS_LAMBDA_LOG_LEVEL", "UNDEFINED"));
        this.clock = clock;
    }

    /** From now on records are of this invocation. */
    void of(Invocation invocation) {
        current = invocation;
    }

    /** Writes what a function threw. */
    void failed(FunctionError error) {
        log(error.text(), format == LogFormat.JSON ? LogLevel.ERROR : LogLevel.UNDEFINED);
    }

    @Override
    public void log(String message) {
        log(message, LogLevel.UNDEFINED);
    }

    @Override
    public void log(byte[] message) {
        log(message, LogLevel.UNDEFINED);
    }

    @Override
    public void log(String message, LogLevel level) {
        String text = format == LogFormat.JSON
                ? record(message, level)
                : level == LogLevel.UNDEFINED ? message : "[" + level + "] " + message;
        log(text.getBytes(StandardCharsets.UTF_8), level);
    }

    @Override
    public synchronized void log(byte[] message, LogLevel level) {
        if (level != LogLevel.UNDEFINED && level.compareTo(least) < 0) {
            return;
        }
        try {
            out.write(message);
            out.flush();
        } catch (IOException noLog) {
            throw new UncheckedIOException(noLog);
        }
    }

    private String record(String message, LogLevel level) {
        JsonObjectBuilder line = new JsonObjectBuilder()
                .put("timestamp", timestamp())
                .put("message", message)
                .put("level", level.name());
        Invocation invocation = current;
        if (invocation != null) {
            line.put("AWSRequestId", invocation.requestId());
            if (invocation.tenantId() != null) {
                line.put("tenantId", invocation.tenantId());
            }
        }
        return JsonWriter.writeLine(line.build());
    }

    /** With three digits of milliseconds, always. */
    private String timestamp() {
        String text = Instant.ofEpochMilli(clock.millis()).toString();
        return text.length() == SECONDS.length() ? text.substring(0, text.length() - 1) + ".000Z" : text;
    }
}
