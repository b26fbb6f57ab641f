package dev.latchkey.benchmarks.warm;

import dev.latchkey.benchmarks.Fixtures;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Other Java libraries, each as its documentation says: token in, claims out, without an event and an answer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LibraryBenchmark {

    /** The algorithm of the tokens. */
    @Param("RS256")
    public String algorithm = "";

    /** The library: one of {@link Libraries#NAMES}. */
    @Param("nimbus")
    public String library = "";

    /** The folder of the keys and tokens. */
    @Param("")
    public String fixtures = "";

    private Rotation<String> tokens = new Rotation<>(List.of());
    private Libraries.Verifier verifier = token -> "";

    /** Makes a verifier. */
    @Setup
    public void prepare() throws Exception {
        Fixtures material = new Fixtures(Path.of(fixtures));
        tokens = new Rotation<>(material.tokens(algorithm));
        verifier = Libraries.verifier(library, algorithm, material);
    }

    /** One token, always another one. */
    @Benchmark
    public Object verify() throws Exception {
        return verifier.verify(tokens.next());
    }
}
