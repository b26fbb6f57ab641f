package dev.latchkey.benchmarks.warm;

import dev.latchkey.benchmarks.Fixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The whole handler: the event's bytes in, the answer's bytes and the log record out. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HandlerBenchmark {

    /** The algorithm of the tokens. */
    @Param("RS256")
    public String algorithm = "";

    /** Whose cryptography. */
    @Param(Providers.JDK)
    public String provider = "";

    /** The folder of the keys and tokens. */
    @Param("")
    public String fixtures = "";

    private Rotation<byte[]> events = new Rotation<>(List.of());
    private String key = "";
    private @Nullable WarmHandler handler;
    private byte[] seen = {};

    /** Makes a handler and events. */
    @Setup
    public void prepare() throws IOException {
        Providers.install(provider);
        Fixtures material = new Fixtures(Path.of(fixtures));
        List<byte[]> all =
                material.tokens(algorithm).stream().map(Fixtures::event).toList();
        key = material.verifyKey(algorithm);
        handler = new WarmHandler(key);
        seen = all.get(0);
        events = new Rotation<>(all);
    }

    /** The same key again and again. */
    @Benchmark
    public byte[] seen() throws IOException {
        return Objects.requireNonNull(handler).call(seen);
    }

    /** A key that the handler has not seen. Once there are no more, a new handler starts over with them. */
    @Benchmark
    public byte[] unseen() throws IOException {
        if (events.isAtStart()) {
            handler = new WarmHandler(key);
        }
        return Objects.requireNonNull(handler).call(events.next());
    }
}
