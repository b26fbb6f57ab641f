package dev.latchkey.benchmarks.scale;

import dev.latchkey.benchmarks.Tokens;
import dev.latchkey.benchmarks.warm.Rotation;
import dev.latchkey.jwt.TokenVerifier;
import dev.latchkey.jwt.Verification;
import dev.latchkey.jwt.VerificationRules;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Verification with few and many keys in the set. HS256, as the signature takes the least time there and a slow lookup
 * shows the most.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KeySetBenchmark {

    private static final int TOKENS = 1000;
    private static final String SECRET = "a-secret-of-benchmarks-that-opens-nothing";

    /** How many keys are in the set. */
    @Param("1")
    public int keys;

    /** Not used; all benchmarks have it. */
    @Param("")
    public String fixtures = "";

    private Rotation<String> tokens = new Rotation<>(List.of());
    private KeySource<KeySet> source = KeySource.fixed(KeySet.none());
    private @Nullable TokenVerifier verifier;

    /** Makes keys, and tokens of keys all over the set. */
    @Setup
    public void prepare() throws GeneralSecurityException {
        List<VerificationKey> set = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            set.add(new VerificationKey(
                    "key-" + i,
                    Algorithm.HS256,
                    new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256")));
        }
        List<String> signed = new ArrayList<>();
        for (int i = 0; i < TOKENS; i++) {
            signed.add(Tokens.hs256(SECRET, "key-" + (int) ((long) i * keys / TOKENS))
                    .sign());
        }
        tokens = new Rotation<>(signed);
        source = KeySource.fixed(new KeySet(set));
        if (!(verify() instanceof Verification.Verified)) {
            throw new IllegalStateException("a good token does not verify");
        }
    }

    /** A token that the verifier has not seen. Once there are no more, a new verifier starts over with them. */
    @Benchmark
    public Verification verify() {
        if (tokens.isAtStart()) {
            verifier = new TokenVerifier(source, VerificationRules.DEFAULT, Clock.systemUTC());
        }
        return Objects.requireNonNull(verifier).verify(tokens.next());
    }
}
