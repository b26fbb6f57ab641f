package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.testing.Door;
import dev.latchkey.testing.Forgery;
import dev.latchkey.testing.Jwks;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestKeys;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("I: Key material")
class KeyMaterialAttacksTest {

    private static final String LONG =
            LeakGuard.secret("Zk3Vn8qW1xYb7RtLp0sMd5HgCe9UaJf2p0Qw9Er8Ty7Ui6Op5As4Df3Gh2Jk1Lz0");

    @ParameterizedTest(name = "{0} needs {1} bytes")
    @DisplayName("I1: a secret of the algorithm's length is taken, one a byte shorter stops the start")
    @CsvSource({"HS256, 32, 248", "HS384, 48, 376", "HS512, 64, 504"})
    void shortSecret(Algorithm algorithm, int bytes, int bitsOfShorter) {
        String problem = algorithm + " needs at least " + bytes * 8 + " bits, got " + bitsOfShorter
                + ". Create one with scripts/create-keys (RFC 7518 section 3.2)";
        KeyRing good = KeyRing.read(LONG.substring(0, bytes));
        KeyRing shorter = KeyRing.read(LONG.substring(0, bytes - 1));

        assertThat(good.keySet(List.of(algorithm), null).keys())
                .singleElement()
                .extracting(VerificationKey::algorithm)
                .isEqualTo(algorithm);
        assertThat(good.signingKey(algorithm, null).algorithm()).isEqualTo(algorithm);
        refuses(() -> shorter.keySet(List.of(algorithm), null), problem);
        refuses(() -> shorter.signingKey(algorithm, null), problem);
    }

    @ParameterizedTest
    @DisplayName("I1: an empty or blank secret stops the start")
    @ValueSource(strings = {"", " ", "\n", "\t \r\n"})
    void blankSecret(String text) {
        refuses(() -> KeyRing.read(text), "is blank");
    }

    @Test
    @DisplayName("I1: a JWK of an empty or short secret stops the start")
    void shortJwk() {
        Door.of("{" + TestKeys.jwkMembers(TestKeys.SECRET) + "}").accepts(Door.goodHs256());
        refuses(
                () -> Door.of("{" + TestKeys.jwkMembers(TestKeys.SECRET.substring(1)) + "}"),
                "HS256 needs at least 256 bits, got 248. Create one with scripts/create-keys (RFC 7518 section 3.2)");
        refuses(() -> Door.of("{\"kty\":\"oct\",\"k\":\"\"}"), "the JWK cannot be used as a key (RFC 7518 section 6)");
    }

    @ParameterizedTest
    @DisplayName("I2: a secret that repeats a word or is padded with one character stops the start")
    @ValueSource(
            strings = {
                "secretsecretsecretsecretsecretse",
                "changemechangemechangemechangeme",
                "latchkeylatchkeylatchkeylatchkey",
                "secret00000000000000000000000000",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "abcabdabcabdabcabdaabbccddabcdab",
                "0123456789abcdef0123456789abcdef"
            })
    void guessableSecret(String secret) {
        Door.of(TestKeys.SECRET).accepts(Door.goodHs256());
        refuses(
                () -> Door.of(secret),
                "the secret is guessable: it repeats itself. Create one with scripts/create-keys (RFC 8725 section 3.5)");
    }

    @Test
    @DisplayName("I3: an RSA key of 2,048 bits is taken, one of 1,024 stops the start, in every form")
    void smallRsa() {
        String problem = "RS256 needs an RSA key of 2048 to 8192 bits, got 1024 (RFC 7518 section 3.3)";
        KeyPair small = TestKeys.rsa("small", 1024);

        Door.of(TestKeys.pem(Door.RSA.getPublic())).accepts(Door.goodRs256());
        refuses(() -> Door.of(TestKeys.pem(small.getPublic())), problem);
        refuses(() -> Door.of("{" + TestKeys.jwkMembers(small) + "}"), problem);
        refuses(() -> KeyRing.read(TestKeys.pem(small.getPrivate())).signingKey(Algorithm.RS256, null), problem);
    }

    @ParameterizedTest(name = "e = {0}")
    @DisplayName("I4: a public exponent of 1, 2 or any even number stops the start")
    @ValueSource(longs = {1, 2, 4, 65536})
    void badExponent(long exponent) {
        Door.of("{" + TestKeys.jwkMembers(Door.RSA) + "}").accepts(Door.goodRs256());
        assertThatThrownBy(() -> Door.of(rsaJwk(((RSAPublicKey) Door.RSA.getPublic()).getModulus(), exponent)))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .message()
                .isIn(
                        "an RSA public exponent must be odd and greater than 2",
                        "the JWK cannot be used as a key (RFC 7518 section 6)");
    }

    @Test
    @DisplayName("I4: an exponent of 3, which old keys have, is taken")
    void exponentOfThree() {
        KeySet keys = KeyRing.read(rsaJwk(((RSAPublicKey) Door.RSA.getPublic()).getModulus(), 3))
                .keySet(List.of(), null);
        assertThat(keys.keys()).hasSize(1);
    }

    @Test
    @DisplayName("I6: a point off the curve or of another curve stops the start")
    void pointOffTheCurve() {
        ECPublicKey key = (ECPublicKey) Door.EC.getPublic();
        byte[] x = Forgery.fixed(key.getW().getAffineX(), 32);
        byte[] y = Forgery.fixed(key.getW().getAffineY(), 32);
        byte[] altered = y.clone();
        altered[31] ^= 1;

        Door.of("{" + Jwks.ecMembers("P-256", x, y) + ",\"kid\":\"key-1\"}").accepts(Door.goodEs256());
        for (String jwk : List.of(
                Jwks.ecMembers("P-256", x, altered),
                Jwks.ecMembers("P-384", x, y),
                Jwks.ecMembers("P-256", new byte[32], new byte[32]),
                Jwks.ecMembers("secp256k1", x, y))) {
            assertThatThrownBy(() -> Door.of("{" + jwk + "}"))
                    .isInstanceOf(InvalidKeyMaterialException.class)
                    .message()
                    .startsWith("the JWK ");
        }
    }

    @Test
    @DisplayName("I6: an EC key takes the algorithm of its curve and no other")
    void curveAndAlgorithm() {
        for (Algorithm algorithm : List.of(Algorithm.ES256, Algorithm.ES384, Algorithm.ES512)) {
            KeyRing ring = KeyRing.read(
                    TestKeys.pem(TestKeys.ec("curve", algorithm.bits()).getPublic()));
            assertThat(ring.keySet(List.of(), null).keys())
                    .singleElement()
                    .extracting(VerificationKey::algorithm)
                    .isEqualTo(algorithm);
        }
        refuses(
                () -> Door.of(TestKeys.pem(Door.EC.getPublic()), Algorithm.ES384),
                "ES384 needs an EC key on P-384, got an EC key of 256 bits (RFC 7518 section 3.1)");
    }

    @Test
    @DisplayName("I7: a private key is told from a public one, and its key set holds the public half only")
    void privateKeyInPublicPlace() {
        KeyRing pem = KeyRing.read(TestKeys.pem(Door.RSA.getPrivate()));
        KeyRing jwk = KeyRing.read("{" + TestKeys.privateJwkMembers(Door.RSA) + "}");
        KeyRing ec = KeyRing.read("{" + Jwks.ecPrivateMembers(Door.EC) + "}");

        for (KeyRing ring : List.of(pem, jwk, ec)) {
            assertThat(ring.holdsPrivateKeys()).isTrue();
        }
        for (KeyRing ring : List.of(
                KeyRing.read(TestKeys.pem(Door.RSA.getPublic())),
                KeyRing.read(TestKeys.SECRET),
                KeyRing.read("{" + Jwks.ecMembers(Door.EC) + "}"))) {
            assertThat(ring.holdsPrivateKeys()).isFalse();
        }
        Door.of(pem.keySet(List.of(), null)).accepts(Door.goodRs256());
        Door.of(jwk.keySet(List.of(), null)).accepts(Door.goodRs256());
        Door.of(ec.keySet(List.of(), null)).accepts(Door.goodEs256());
    }

    @Test
    @DisplayName("I8: an RSA key of 8,192 bits is taken, one of 8,193 or 16,384 stops the start")
    void hugeRsa() {
        assertThat(KeyRing.read(rsaJwk(odd(8192), 65537))
                        .keySet(List.of(), null)
                        .keys())
                .hasSize(1);
        for (int bits : List.of(8193, 16384)) {
            refuses(
                    () -> Door.of(rsaJwk(odd(bits), 65537)),
                    "RS256 needs an RSA key of 2048 to 8192 bits, got " + bits + " (RFC 7518 section 3.3)");
        }
    }

    private static BigInteger odd(int bits) {
        BigInteger number = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
        while (hasSmallFactor(number)) {
            number = number.add(BigInteger.TWO);
        }
        return number;
    }

    private static boolean hasSmallFactor(BigInteger number) {
        return IntStream.range(3, 752)
                .anyMatch(factor -> number.mod(BigInteger.valueOf(factor)).signum() == 0);
    }

    private static String rsaJwk(BigInteger modulus, long exponent) {
        return "{\"kty\":\"RSA\",\"n\":\"" + TestKeys.base64url(Forgery.fixed(modulus, (modulus.bitLength() + 7) / 8))
                + "\",\"e\":\""
                + TestKeys.base64url(BigInteger.valueOf(exponent).toByteArray()) + "\"}";
    }

    private static void refuses(ThrowingCallable reading, String problem) {
        assertThatThrownBy(reading)
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessage(problem);
    }
}
