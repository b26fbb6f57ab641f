package dev.latchkey.benchmarks.functions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** An ahead-of-time cache of a JVM (JEP 483, JEP 514): the classes that a training run loaded, loaded and linked. */
final class AotCache {

    private static final int TRAINING_CALLS = 3;
    private static final Duration TIME_TO_WRITE = Duration.ofMinutes(2);

    private AotCache() {}

    /**
     * Makes a cache by running a function.
     *
     * @param function a Java function
     * @return the flag that makes a JVM with the same class path use it
     */
    static String train(RunnableFunction function, byte[] event, Path cache) throws IOException {
        RunnableFunction training = function.withFlag("-XX:AOTCacheOutput=" + cache);
        try (TimedProcess process = training.start()) {
            for (int i = 0; i < TRAINING_CALLS; i++) {
                training.call(process, event);
            }
            process.end(TIME_TO_WRITE);
        }
        if (!Files.exists(cache)) {
            throw new IOException("the JVM wrote no cache " + cache + ". What it printed is in " + function.output());
        }
        return "-XX:AOTCache=" + cache;
    }
}
