package dev.latchkey.benchmarks.warm;

import dev.latchkey.benchmarks.Fixtures;
import dev.latchkey.benchmarks.Pem;
import dev.latchkey.jwt.ClaimNames;
import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.jwt.TokenSigner;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
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

/** Signing RS256: a whole API key by our signer, and the signature alone by the provider. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SignBenchmark {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final KeyClaims CLAIMS =
            new KeyClaims("cus_1", "11111111-2222-4333-8444-555555555555", NOW, NOW.plusSeconds(86_400));

    /** Whose cryptography. */
    @Param(Providers.JDK)
    public String provider = "";

    /** The folder of the keys. */
    @Param("")
    public String fixtures = "";

    private @Nullable TokenSigner signer;
    private @Nullable Signature signature;
    private byte[] input = {};

    /** Reads the key. */
    @Setup
    public void prepare() throws IOException, GeneralSecurityException {
        Providers.install(provider);
        String pem = new Fixtures(Path.of(fixtures)).privateKey("RS256");
        SigningKey key = KeyRing.read(pem).signingKey(Algorithm.RS256, Fixtures.KEY_ID);
        signer = new TokenSigner(KeySource.fixed(key), new ClaimNames("sub", "org_id"), null, List.of());
        String token = signer.sign(CLAIMS);
        input = token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
        signature = Signature.getInstance(Pem.jcaName("RS256"));
        signature.initSign(Pem.privateKey("RS256", pem));
    }

    /** Claims in, API key out. */
    @Benchmark
    public String latchkey() {
        return Objects.requireNonNull(signer).sign(CLAIMS);
    }

    /** The signature over the same bytes. */
    @Benchmark
    public byte[] jca() throws GeneralSecurityException {
        Signature raw = Objects.requireNonNull(signature);
        raw.update(input);
        return raw.sign();
    }
}
