package dev.latchkey.testing;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Lambda logger at debug level that remembers its lines and prints them, for the {@link LeakGuard} to see. */
public final class RecordingLogger implements LambdaLogger {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** The lines so far. */
    public List<String> lines() {
        return lines;
    }

    /** The last line. */
    public String last() {
        return lines.get(lines.size() - 1);
    }

    @Override
    public void log(String message) {
        lines.add(message);
        System.out.print(message);
    }

    @Override
    public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
    }

    @Override
    public void log(String message, LogLevel level) {
        log(message);
    }

    @Override
    public void log(byte[] message, LogLevel level) {
        log(message);
    }
}
