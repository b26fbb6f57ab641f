package dev.latchkey.local.lambda;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last lines of functions' logs, for Invoke's log type {@code Tail}. */
public final class LogTail implements LogListener {

    private static final int LINES = 64;
    private static final int MAX_BYTES = 4096;
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Map<String, Deque<String>> lines = new HashMap<>();

    @Override
    public synchronized void line(String function, Stream stream, String line) {
        Deque<String> kept = lines.computeIfAbsent(function, name -> new ArrayDeque<>());
        if (kept.size() == LINES) {
            kept.removeFirst();
        }
        kept.addLast(line);
        notifyAll();
    }

    /**
     * The last 4 KB of what a function wrote for a request; of what it wrote at all where no line names the request. Lines
     * come soon after the answer, and are waited for.
     */
    synchronized byte[] of(String function, String requestId) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long left = PATIENCE.toMillis();
        while (named(function, requestId).isEmpty() && left > 0) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        }
        List<String> named = named(function, requestId);
        List<String> told = named.isEmpty() ? List.copyOf(kept(function)) : named;
        byte[] bytes = (String.join("\n", told) + "\n").getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOfRange(bytes, Math.max(0, bytes.length - MAX_BYTES), bytes.length);
    }

    private List<String> named(String function, String requestId) {
        return kept(function).stream().filter(line -> line.contains(requestId)).toList();
    }

    private Deque<String> kept(String function) {
        return lines.getOrDefault(function, new ArrayDeque<>());
    }
}
