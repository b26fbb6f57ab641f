package dev.latchkey.benchmarks.warm;

import dev.latchkey.benchmarks.Fixtures;
import dev.latchkey.benchmarks.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The limit: checking signatures of tokens that were parsed before, by a provider's own means and nothing else. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JcaBenchmark {

    /** The algorithm of the tokens. */
    @Param("RS256")
    public String algorithm = "";

    /** Whose cryptography. */
    @Param(Providers.JDK)
    public String provider = "";

    /** The folder of the keys and tokens. */
    @Param("")
    public String fixtures = "";

    private Rotation<Parsed> tokens = new Rotation<>(List.of());
    private Check check = token -> false;

    private static final class Parsed {
        private final byte[] input;
        private final byte[] signature;

        Parsed(String token) {
            int end = token.lastIndexOf('.');
            input = token.substring(0, end).getBytes(StandardCharsets.US_ASCII);
            signature = Base64.getUrlDecoder().decode(token.substring(end + 1));
        }
    }

    @FunctionalInterface
    private interface Check {
        boolean isGood(Parsed token) throws GeneralSecurityException;
    }

    /** Parses the tokens. */
    @Setup
    public void prepare() throws IOException, GeneralSecurityException {
        Providers.install(provider);
        Fixtures material = new Fixtures(Path.of(fixtures));
        tokens = new Rotation<>(
                material.tokens(algorithm).stream().map(Parsed::new).toList());
        check = algorithm.equals("HS256")
                ? mac(material.secret())
                : signature(algorithm, material.verifyKey(algorithm));
        if (!verify()) {
            throw new IllegalStateException("a good token does not verify");
        }
    }

    private static Check mac(String secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HMAC"));
        return token -> MessageDigest.isEqual(mac.doFinal(token.input), token.signature);
    }

    private static Check signature(String algorithm, String pem) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(Pem.jcaName(algorithm));
        verifier.initVerify(Pem.publicKey(algorithm, pem));
        return token -> {
            verifier.update(token.input);
            return verifier.verify(token.signature);
        };
    }

    /** One signature, always another one. */
    @Benchmark
    public boolean verify() throws GeneralSecurityException {
        return check.isGood(tokens.next());
    }
}
