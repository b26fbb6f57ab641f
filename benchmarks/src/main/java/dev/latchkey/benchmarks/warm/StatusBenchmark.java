package dev.latchkey.benchmarks.warm;

import dev.latchkey.benchmarks.Fixtures;
import dev.latchkey.benchmarks.functions.KeyWithStatus;
import java.io.IOException;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.TearDown;

/** The whole handler with a key whose status stands in a list, which is fetched again every few seconds meanwhile. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StatusBenchmark {

    /** The folder of the keys. */
    @Param("")
    public String fixtures = "";

    private @Nullable KeyWithStatus key;
    private @Nullable WarmHandler handler;
    private byte[] event = {};

    /** Signs a key, and serves the list of its status. */
    @Setup
    public void prepare() throws IOException {
        KeyWithStatus created = KeyWithStatus.create(new Fixtures(Path.of(fixtures)));
        key = created;
        event = created.event();
        handler = new WarmHandler(created.settings());
    }

    /** Ends the server. */
    @TearDown
    public void stop() {
        Objects.requireNonNull(key).close();
    }

    /** The same key again and again. */
    @Benchmark
    public byte[] seen() throws IOException {
        return Objects.requireNonNull(handler).call(event);
    }
}
