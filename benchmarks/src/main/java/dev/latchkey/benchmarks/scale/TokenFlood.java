package dev.latchkey.benchmarks.scale;

import dev.latchkey.benchmarks.Fixtures;
import dev.latchkey.benchmarks.Tokens;
import dev.latchkey.benchmarks.warm.WarmHandler;
import java.util.List;
import java.util.Locale;

/**
 * Calls one handler with very many keys, all different, and prints for every batch what a call took and what stays in
 * memory: {@code microseconds megabytes}. Making the keys is not counted.
 */
public final class TokenFlood {

    private static final String SECRET = "a-secret-of-benchmarks-that-opens-nothing";
    private static final double BYTES_PER_MB = 1024 * 1024;

    private TokenFlood() {}

    /** Takes the number of batches and the number of keys in each. */
    public static void main(String[] arguments) throws Exception {
        int batches = Integer.parseInt(arguments[0]);
        int size = Integer.parseInt(arguments[1]);
        Tokens tokens = Tokens.hs256(SECRET);
        WarmHandler handler = new WarmHandler(SECRET);
        for (int batch = 0; batch < batches; batch++) {
            List<byte[]> events =
                    tokens.sign(size).stream().map(Fixtures::event).toList();
            long start = System.nanoTime();
            for (byte[] event : events) {
                handler.call(event);
            }
            double microseconds = (System.nanoTime() - start) / 1000.0 / size;
            events = List.of();
            System.out.printf(Locale.ROOT, "%.3f %.3f%n", microseconds, usedAfterCollection());
        }
    }

    private static double usedAfterCollection() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / BYTES_PER_MB;
    }
}
