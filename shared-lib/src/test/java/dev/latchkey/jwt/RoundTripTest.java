package dev.latchkey.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.SigningKey;
import dev.latchkey.keys.VerificationKey;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.Parts;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.security.Key;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What is issued is what is accepted")
class RoundTripTest {

    private static final String LONG_SECRET =
            LeakGuard.secret("Zk3Vn8qW1xYb7RtLp0sMd5HgCe9UaJf2p0Qw9Er8Ty7Ui6Op5As4Df3Gh2Jk1Lz0");
    private static final KeyClaims CLAIMS =
            new KeyClaims("cus_1", TestTokens.KEY_ID, TestTokens.NOW, TestTokens.NOW.plus(Duration.ofDays(30)));

    @ParameterizedTest
    @DisplayName("by our own verifier, for every algorithm")
    @EnumSource
    void ourVerifier(Algorithm algorithm) {
        Door door = door(algorithm);

        VerifiedToken token = door.accepts(signer(algorithm).sign(CLAIMS));

        assertThat(token.companyId()).contains("cus_1");
        assertThat(token.userId()).contains("cus_1");
        assertThat(token.keyId()).contains(TestTokens.KEY_ID);
        assertThat(token.expiresAt()).isEqualTo(CLAIMS.expiresAt());
        assertThat(token.key().algorithm()).isEqualTo(algorithm);
        assertThat(token.key().kid()).contains(Door.KID);
    }

    @ParameterizedTest
    @DisplayName("by no other algorithm's door: a key verifies its one algorithm")
    @EnumSource
    void noOtherAlgorithm(Algorithm algorithm) {
        String token = signer(algorithm).sign(CLAIMS);

        door(algorithm).accepts(token);
        for (Algorithm other : Algorithm.values()) {
            if (other != algorithm) {
                door(other).refuses(token, Reason.WRONG_ALGORITHM);
            }
        }
    }

    @ParameterizedTest
    @DisplayName("by jose4j, bound to the one algorithm")
    @EnumSource
    void acceptedByJose4j(Algorithm algorithm) throws InvalidJwtException, MalformedClaimException {
        String token = signer(algorithm).sign(CLAIMS);

        JwtClaims claims = consumer(algorithm).processToClaims(token);

        assertThat(claims.getSubject()).isEqualTo("cus_1");
        assertThat(claims.getStringClaimValue("org_id")).isEqualTo("cus_1");
        assertThat(claims.getJwtId()).isEqualTo(TestTokens.KEY_ID);
        String changed =
                Parts.of(token).withPayload(Parts.of(token).payloadText().replace("cus_1", "cus_2"));
        assertThatThrownBy(() -> consumer(algorithm).processToClaims(changed)).isInstanceOf(InvalidJwtException.class);
    }

    @ParameterizedTest
    @DisplayName("as are the tokens of jose4j by our verifier")
    @EnumSource
    void madeByJose4j(Algorithm algorithm) throws JoseException {
        JwtClaims claims = new JwtClaims();
        claims.setSubject("cus_1");
        claims.setStringClaim("org_id", "cus_1");
        claims.setExpirationTime(NumericDate.fromSeconds(CLAIMS.expiresAt().getEpochSecond()));
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(algorithm.name());
        jws.setKeyIdHeaderValue(Door.KID);
        jws.setKey(signing(algorithm));
        jws.setPayload(claims.toJson());

        assertThat(door(algorithm).accepts(jws.getCompactSerialization()).companyId())
                .contains("cus_1");
    }

    @Test
    @DisplayName("with issuer, one audience and several audiences, which the verifier expects")
    void issuerAndAudience() {
        KeySet keys = new KeySet(List.of(new VerificationKey(Door.KID, Algorithm.HS256, verifying(Algorithm.HS256))));
        SigningKey signingKey = new SigningKey(Door.KID, Algorithm.HS256, signing(Algorithm.HS256));
        Door strict = Door.of(
                keys,
                new VerificationRules(
                        new Expected.OneOf(List.of("us")),
                        new Expected.OneOf(List.of("api")),
                        Duration.ZERO,
                        ClaimNames.DEFAULT));

        for (List<String> audience : List.of(List.of("api"), List.of("other", "api"))) {
            strict.accepts(
                    new TokenSigner(KeySource.fixed(signingKey), ClaimNames.DEFAULT, "us", audience).sign(CLAIMS));
        }
        strict.refuses(
                new TokenSigner(KeySource.fixed(signingKey), ClaimNames.DEFAULT, "us", List.of()).sign(CLAIMS),
                Reason.WRONG_AUDIENCE);
        strict.refuses(
                new TokenSigner(KeySource.fixed(signingKey), ClaimNames.DEFAULT, null, List.of("api")).sign(CLAIMS),
                Reason.WRONG_ISSUER);
    }

    @Test
    @DisplayName("with one claim where the user and company claims have one name")
    void oneClaim() {
        SigningKey key = new SigningKey(null, Algorithm.HS256, signing(Algorithm.HS256));
        String token =
                new TokenSigner(KeySource.fixed(key), new ClaimNames("sub", "sub"), null, List.of()).sign(CLAIMS);

        assertThat(Parts.of(token).headerText()).isEqualTo("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
        assertThat(Parts.of(token).payloadText())
                .isEqualTo("{\"sub\":\"cus_1\",\"iat\":1772366400,\"exp\":1774958400,\"jti\":\"" + TestTokens.KEY_ID
                        + "\"}");
    }

    private static TokenSigner signer(Algorithm algorithm) {
        return new TokenSigner(
                KeySource.fixed(new SigningKey(Door.KID, algorithm, signing(algorithm))),
                ClaimNames.DEFAULT,
                null,
                List.of());
    }

    private static Door door(Algorithm algorithm) {
        return Door.of(new KeySet(List.of(new VerificationKey(Door.KID, algorithm, verifying(algorithm)))));
    }

    private static JwtConsumer consumer(Algorithm algorithm) {
        return new JwtConsumerBuilder()
                .setVerificationKey(verifying(algorithm))
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm.name()))
                .setRequireExpirationTime()
                .setEvaluationTime(NumericDate.fromSeconds(TestTokens.NOW.getEpochSecond()))
                .build();
    }

    private static Key signing(Algorithm algorithm) {
        return algorithm.isSymmetric() ? secret() : pair(algorithm).getPrivate();
    }

    private static Key verifying(Algorithm algorithm) {
        return algorithm.isSymmetric() ? secret() : pair(algorithm).getPublic();
    }

    private static KeyPair pair(Algorithm algorithm) {
        if (algorithm == Algorithm.EdDSA) {
            return TestKeys.ed25519("round-trip");
        }
        return algorithm.family() == Algorithm.Family.EC ? TestKeys.ec("round-trip", algorithm.bits()) : Door.RSA;
    }

    private static Key secret() {
        return new SecretKeySpec(LONG_SECRET.getBytes(UTF_8), "HMAC");
    }
}
