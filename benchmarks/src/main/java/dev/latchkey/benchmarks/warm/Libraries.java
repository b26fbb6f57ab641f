package dev.latchkey.benchmarks.warm;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.latchkey.benchmarks.Fixtures;
import dev.latchkey.benchmarks.Pem;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** How other Java libraries verify. */
final class Libraries {

    /** Their names. */
    static final List<String> NAMES = List.of("nimbus", "java-jwt", "jjwt", "jose4j");

    private Libraries() {}

    /** Verifies a token and gives its claims. */
    @FunctionalInterface
    interface Verifier {
        Object verify(String token) throws Exception;
    }

    /** A library's verifier for one algorithm, which refuses all others. */
    static Verifier verifier(String library, String algorithm, Fixtures fixtures)
            throws IOException, GeneralSecurityException {
        Key key = algorithm.equals("HS256")
                ? new SecretKeySpec(fixtures.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256")
                : Pem.publicKey(algorithm, fixtures.verifyKey(algorithm));
        return switch (library) {
            case "nimbus" -> nimbus(algorithm, key);
            case "java-jwt" -> javaJwt(algorithm, key);
            case "jjwt" -> jjwt(key);
            case "jose4j" -> jose4j(algorithm, key);
            default -> throw new IllegalArgumentException("no library " + library);
        };
    }

    private static Verifier nimbus(String algorithm, Key key) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new SingleKeyJWSKeySelector<>(JWSAlgorithm.parse(algorithm), key));
        return token -> processor.process(token, null);
    }

    private static Verifier javaJwt(String algorithm, Key key) {
        Algorithm verification = switch (algorithm) {
            case "RS256" -> Algorithm.RSA256((RSAPublicKey) key, null);
            case "ES256" -> Algorithm.ECDSA256((ECPublicKey) key, null);
            default -> Algorithm.HMAC256(key.getEncoded());
        };
        JWTVerifier verifier = JWT.require(verification).build();
        return verifier::verify;
    }

    private static Verifier jjwt(Key key) {
        JwtParser parser = key instanceof SecretKey secret
                ? Jwts.parser().verifyWith(secret).build()
                : Jwts.parser().verifyWith((PublicKey) key).build();
        return parser::parseSignedClaims;
    }

    private static Verifier jose4j(String algorithm, Key key) {
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setRequireExpirationTime()
                .setVerificationKey(key)
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, algorithm)
                .build();
        return consumer::processToClaims;
    }
}
