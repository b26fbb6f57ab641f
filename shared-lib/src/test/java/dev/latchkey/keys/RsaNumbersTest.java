package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.jwt.Reason;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.Forgery;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPrivateKeySpec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("I: The numbers of an RSA key")
class RsaNumbersTest {

    private static final BigInteger E = BigInteger.valueOf(65_537);
    private static final BigInteger GOOD = ((RSAPublicKey) Door.RSA.getPublic()).getModulus();

    @ParameterizedTest
    @DisplayName("I9: hold no factor of at most 751, and may hold the next prime, 757")
    @ValueSource(ints = {3, 5, 167, 173, 743, 751})
    void smallFactor(int factor) {
        assertThatThrownBy(() -> RsaNumbers.checkModulus(multiple(GOOD, factor)))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessageStartingWith("the RSA modulus has the factor " + factor + ",");
        assertThatCode(() -> RsaNumbers.checkModulus(multiple(GOOD, 757))).doesNotThrowAnyException();
    }

    private static BigInteger multiple(BigInteger number, int factor) {
        return number.multiply(BigInteger.valueOf(factor));
    }

    @Test
    @DisplayName("I9: are refused at start, from a JWK")
    void atStart() {
        BigInteger broken = GOOD.subtract(GOOD.mod(BigInteger.valueOf(2 * 751))).add(BigInteger.valueOf(751));
        assertThatThrownBy(() -> KeyRing.read(jwk(broken, E, "key-1")).keySet(List.of(), null))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessageContaining("(NIST SP 800-89)");
        assertThatThrownBy(() ->
                        KeyRing.read(jwk(GOOD.add(BigInteger.ONE), E, "key-1")).keySet(List.of(), null))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessage("the RSA modulus is even, so it is no product of two large primes (NIST SP 800-89)");
    }

    @Test
    @DisplayName("I4: hold an exponent of 64 bits and none of 65")
    void longExponent() {
        BigInteger longest = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
        assertThat(KeyRing.read(jwk(GOOD, longest, "key-1"))
                        .keySet(List.of(), null)
                        .keys())
                .hasSize(1);
        assertThatThrownBy(() -> KeyRing.read(jwk(GOOD, longest.add(BigInteger.TWO), "key-1"))
                        .keySet(List.of(), null))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessage("an RSA public exponent must have at most 64 bits, got 65. Usual is 65537");
    }

    @ParameterizedTest
    @DisplayName("I5: have the fingerprint of the faulty chip where they come from it, and only there")
    @ValueSource(longs = {1, 2, 3})
    void roca(long seed) {
        Random random = new Random(seed);
        BigInteger faulty = faultyPrime(random).multiply(faultyPrime(random));
        assertThat(faulty.bitLength()).isGreaterThanOrEqualTo(2048);
        assertThatThrownBy(() -> KeyRing.read(jwk(faulty, E, "key-1")).keySet(List.of(), null))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessageContaining("(CVE-2017-15361)");
        BigInteger other = BigInteger.probablePrime(1025, random).multiply(faultyPrime(random));
        assertThatCode(() -> RsaNumbers.checkModulus(other)).doesNotThrowAnyException();
    }

    /** A prime k·M + (65537^a mod M), M the product of the first 126 primes, as the chip made those of 1,024 bits. */
    private static BigInteger faultyPrime(Random random) {
        BigInteger product = BigInteger.ONE;
        BigInteger prime = BigInteger.TWO;
        for (int i = 0; i < 126; i++) {
            product = product.multiply(prime);
            prime = prime.nextProbablePrime();
        }
        BigInteger candidate;
        do {
            BigInteger power = E.modPow(new BigInteger(256, random), product);
            BigInteger times =
                    BigInteger.ONE.shiftLeft(1025 - product.bitLength()).add(new BigInteger(30, random));
            candidate = times.multiply(product).add(power);
        } while (!candidate.isProbablePrime(20));
        return candidate;
    }

    @Test
    @DisplayName("I10: that are a prime make no key: a token that was signed from the public key alone is refused")
    void primeModulus() throws GeneralSecurityException {
        BigInteger prime = BigInteger.probablePrime(2048, new Random(4));
        PrivateKey everybodys = KeyFactory.getInstance("RSA")
                .generatePrivate(new RSAPrivateKeySpec(prime, E.modInverse(prime.subtract(BigInteger.ONE))));
        String forged = TestTokens.good("RS256").header("kid", "prime").rs256(everybodys);
        String set =
                "{\"keys\":[{" + TestKeys.jwkMembers(Door.RSA) + ",\"kid\":\"key-1\"}," + jwk(prime, E, "prime") + "]}";
        Door door = Door.of(RemoteKeySet.read(set.getBytes(StandardCharsets.UTF_8), List.of()));
        door.accepts(Door.goodRs256());
        door.refuses(forged, Reason.BAD_SIGNATURE);
        door.refuses(forged, Reason.BAD_SIGNATURE);
    }

    private static String jwk(BigInteger modulus, BigInteger exponent, String kid) {
        return "{\"kty\":\"RSA\",\"kid\":\"" + kid + "\",\"n\":\"" + encoded(modulus) + "\",\"e\":\""
                + encoded(exponent) + "\"}";
    }

    private static String encoded(BigInteger number) {
        return TestKeys.base64url(Forgery.fixed(number, (number.bitLength() + 7) / 8));
    }
}
