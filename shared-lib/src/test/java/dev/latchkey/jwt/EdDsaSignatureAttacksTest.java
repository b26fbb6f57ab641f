package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeyRing;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.NewKeyRing;
import dev.latchkey.keys.VerificationKey;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.Forgery;
import dev.latchkey.testing.Jwks;
import dev.latchkey.testing.Parts;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.math.BigInteger;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C: EdDSA signature values")
class EdDsaSignatureAttacksTest {

    private static final KeyPair PAIR = TestKeys.ed25519("door");
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private final Door door =
            Door.of(new KeySet(List.of(new VerificationKey(Door.KID, Algorithm.EdDSA, PAIR.getPublic()))));
    private final String good = Door.token("EdDSA").sign("Ed25519", PAIR.getPrivate());
    private final byte[] r = Arrays.copyOf(Parts.of(good).signatureBytes(), 32);
    private final byte[] s = Arrays.copyOfRange(Parts.of(good).signatureBytes(), 32, 64);

    @Test
    @DisplayName("C8: the same signature with S + L, S + 2 L and so on is refused")
    void plusOrder() {
        door.accepts(good);
        BigInteger value = new BigInteger(1, reversed(s));
        for (int times = 1; times <= 15; times++) {
            BigInteger moved = value.add(ORDER.multiply(BigInteger.valueOf(times)));
            if (moved.bitLength() <= 256) {
                refuses(Forgery.joined(r, reversed(Forgery.fixed(moved, 32))));
            }
        }
        assertThat(value).isLessThan(ORDER);
    }

    @Test
    @DisplayName("C8: S of 0, 1, L and the greatest number, and R of zeros, are refused")
    void outOfRange() {
        BigInteger max = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
        door.accepts(good);
        for (BigInteger value : List.of(BigInteger.ZERO, BigInteger.ONE, ORDER.subtract(BigInteger.ONE), ORDER, max)) {
            refuses(Forgery.joined(r, reversed(Forgery.fixed(value, 32))));
            refuses(Forgery.joined(new byte[32], reversed(Forgery.fixed(value, 32))));
        }
        refuses(Forgery.joined(new byte[32], s));
        refuses(Forgery.joined(Forgery.fixed(max, 32), s));
    }

    @Test
    @DisplayName("C6: a signature that is cut, padded or doubled is refused")
    void length() {
        byte[] whole = Forgery.joined(r, s);
        door.accepts(good);
        for (int length : List.of(0, 1, 31, 32, 63)) {
            refuses(Arrays.copyOf(whole, length));
        }
        refuses(Forgery.joined(whole, new byte[1]));
        refuses(Forgery.joined(whole, new byte[64]));
        refuses(Forgery.joined(new byte[1], whole));
        refuses(Forgery.joined(whole, whole));
    }

    @Test
    @DisplayName("C6: a signature that lost the zero at its end is refused")
    void shortened() {
        for (int i = 0; ; i++) {
            String token = Door.token("EdDSA").claim("n", i).sign("Ed25519", PAIR.getPrivate());
            byte[] signature = Parts.of(token).signatureBytes();
            if (signature[63] == 0) {
                door.accepts(token);
                door.refuses(Parts.of(token).withSignature(Arrays.copyOf(signature, 63)), Reason.BAD_SIGNATURE);
                return;
            }
        }
    }

    @ParameterizedTest
    @DisplayName("B: a token that calls it Ed25519, in another case, or by another algorithm is refused")
    @ValueSource(strings = {"Ed25519", "EDDSA", "eddsa", "ES256", "HS256", "none"})
    void otherNames(String alg) {
        door.accepts(good);
        door.refuses(Door.token(alg).sign("Ed25519", PAIR.getPrivate()), Reason.WRONG_ALGORITHM);
        byte[] publicKey = PAIR.getPublic().getEncoded();
        door.refuses(Door.token("HS256").hmac("SHA256", publicKey), Reason.WRONG_ALGORITHM);
    }

    @ParameterizedTest
    @DisplayName("I6: a point of small order, with which one signature is good for many tokens, is no key")
    @ValueSource(ints = {0, 1, 0x80})
    void smallOrder(int first) {
        byte[] x = new byte[32];
        x[0] = (byte) (first & 0x7f);
        x[31] = (byte) (first & 0x80);
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> Door.of("{" + Jwks.edMembers(x) + "}"))
                .withMessage("is an Ed25519 point of small order, which no key has");
    }

    @Test
    @DisplayName("I6: bytes that are no point, or too few or many, are no key")
    void noPoint() {
        byte[] two = new byte[32];
        two[0] = 2;
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> Door.of("{" + Jwks.edMembers(two) + "}"));
        for (int length : List.of(0, 31, 33)) {
            assertThatExceptionOfType(InvalidKeyMaterialException.class)
                    .isThrownBy(() -> Door.of("{" + Jwks.edMembers(new byte[length]) + "}"));
        }
    }

    @Test
    @DisplayName("L10: the name is EdDSA, and settings may write it in any case")
    void name() {
        assertThat(Algorithm.named("EdDSA")).contains(Algorithm.EdDSA);
        assertThat(Algorithm.named("EDDSA")).isEmpty();
        assertThat(Algorithm.namedInAnyCase("eddsa")).contains(Algorithm.EdDSA);
        assertThat(Algorithm.namedInAnyCase("rs256")).contains(Algorithm.RS256);
        NewKeyRing ring = NewKeyRing.of(Algorithm.EdDSA);
        String token = new TokenSigner(
                        KeySource.fixed(KeyRing.read(ring.secretText()).signingKey(null, null)),
                        ClaimNames.DEFAULT,
                        null,
                        List.of())
                .sign(new KeyClaims("cus_1", "key_1", TestTokens.NOW, TestTokens.NOW.plusSeconds(60)));
        assertThat(ring.verifyingText()).doesNotContain("\"d\"");
        Door.of(ring.verifyingText()).accepts(token);
    }

    private void refuses(byte[] signature) {
        door.refuses(Parts.of(good).withSignature(signature), Reason.BAD_SIGNATURE);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
