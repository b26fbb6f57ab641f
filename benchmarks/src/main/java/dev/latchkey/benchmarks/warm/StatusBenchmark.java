package dev.latchkey.benchmarks.warm;

import dev.latchkey.benchmarks.Fixtures;
import dev.latchkey.benchmarks.functions.KeyServer;
import dev.latchkey.jwt.ClaimNames;
import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.jwt.StatusReference;
import dev.latchkey.jwt.TokenSigner;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.SigningKey;
import dev.latchkey.status.Cutoffs;
import dev.latchkey.status.Status;
import dev.latchkey.status.StatusBits;
import dev.latchkey.status.StatusListBase;
import dev.latchkey.status.StatusListToken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    private static final int PLACES = 1 << 17;
    private static final int REVOKED = PLACES / 100;

    /** The folder of the keys. */
    @Param("")
    public String fixtures = "";

    private @Nullable KeyServer server;
    private @Nullable WarmHandler handler;
    private byte[] event = {};

    /** Serves a list in which every hundredth key is revoked, and makes a key that is not. */
    @Setup
    public void prepare() throws IOException {
        Fixtures material = new Fixtures(Path.of(fixtures));
        SigningKey key = KeyRing.read(material.privateKey("RS256")).signingKey(Algorithm.RS256, Fixtures.KEY_ID);
        Instant now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
        StatusBits.Builder statuses = new StatusBits.Builder(2, PLACES);
        for (int i = 0; i < REVOKED; i++) {
            statuses.put(i * (PLACES / REVOKED), Status.REVOKED.value());
        }
        KeyServer started = KeyServer.answering(base ->
                StatusListToken.sign(key, new StatusListBase(base), 1, statuses, Cutoffs.none(), Instant.now()));
        server = started;
        StatusListBase base = new StatusListBase(started.base());
        TokenSigner signer = new TokenSigner(KeySource.fixed(key), new ClaimNames("sub", "org_id"), null, List.of());
        event = Fixtures.event(signer.sign(new KeyClaims(
                "cus_1",
                "11111111-2222-4333-8444-555555555555",
                now,
                now.plusSeconds(86_400),
                List.of(),
                null,
                new StatusReference(1, base.uri(1)))));
        handler = new WarmHandler(material.verifyKey("RS256"), Map.of("PLUGIN_JWT_STATUS_LIST_BASE", base.address()));
    }

    /** Ends the server. */
    @TearDown
    public void stop() {
        Objects.requireNonNull(server).close();
    }

    /** The same key again and again. */
    @Benchmark
    public byte[] seen() throws IOException {
        return Objects.requireNonNull(handler).call(event);
    }
}
