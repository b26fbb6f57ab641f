package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.VerificationKey;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.Forgery;
import dev.latchkey.testing.Parts;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C: ECDSA signature values")
class EcdsaSignatureAttacksTest {

    private final Door door = Door.es256();
    private final String good = Door.goodEs256();
    private final byte[] r = Arrays.copyOf(Parts.of(good).signatureBytes(), 32);
    private final byte[] s = Arrays.copyOfRange(Parts.of(good).signatureBytes(), 32, 64);

    @Test
    @DisplayName("C4: the psychic signature of 64 zero bytes is refused, as is every other length of zeros")
    void zeros() {
        door.accepts(good);
        for (int length : List.of(0, 1, 2, 63, 64, 65, 66, 128)) {
            refuses(new byte[length]);
        }
    }

    @Test
    @DisplayName("C5: r and s of 0, 1, n-1, n and the greatest number are refused in all pairs")
    void outOfRange() {
        BigInteger n = ((ECPublicKey) Door.EC.getPublic()).getParams().getOrder();
        BigInteger max = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
        List<BigInteger> values =
                List.of(BigInteger.ZERO, BigInteger.ONE, n.subtract(BigInteger.ONE), n, n.add(BigInteger.ONE), max);

        door.accepts(good);
        for (BigInteger a : values) {
            for (BigInteger b : values) {
                refuses(Forgery.joined(Forgery.fixed(a, 32), Forgery.fixed(b, 32)));
            }
            refuses(Forgery.joined(r, Forgery.fixed(a, 32)));
            refuses(Forgery.joined(Forgery.fixed(a, 32), s));
        }
    }

    @Test
    @DisplayName("C6: a signature that is padded between, before, after or within its halves is refused")
    void paddedSignature() {
        byte[] zero = new byte[1];

        door.accepts(good);
        refuses(Forgery.joined(r, zero, s));
        refuses(Forgery.joined(r, s, zero));
        refuses(Forgery.joined(zero, r, s));
        refuses(Forgery.joined(zero, r, zero, s));
        refuses(Forgery.joined(r, zero, s, zero));
        refuses(Forgery.joined(r, s, r, s));
        refuses(Forgery.joined(new byte[224], r, new byte[224], s));
    }

    @Test
    @DisplayName("C6: a signature that is cut, or shortened by its leading zeros, is refused")
    void shortenedSignature() {
        KeyPair pair = TestKeys.ec("shortened", 521);
        Door es512 = Door.of(new KeySet(List.of(new VerificationKey(null, Algorithm.ES512, pair.getPublic()))));
        String token = withLeadingZeros(pair);
        byte[] signature = Parts.of(token).signatureBytes();

        es512.accepts(token);
        byte[] shortened = Forgery.joined(Arrays.copyOfRange(signature, 1, 66), Arrays.copyOfRange(signature, 67, 132));
        es512.refuses(Parts.of(token).withSignature(shortened), Reason.BAD_SIGNATURE);
        door.accepts(good);
        refuses(r);
        refuses(Arrays.copyOf(Forgery.joined(r, s), 63));
        refuses(Arrays.copyOf(Forgery.joined(r, s), 62));
    }

    @Test
    @DisplayName("C6: a signature in the DER form that other protocols use is refused")
    void derSignature() {
        door.accepts(good);
        door.refuses(Door.token("ES256").sign("SHA256withECDSA", Door.EC.getPrivate()), Reason.BAD_SIGNATURE);
    }

    @Test
    @DisplayName("C7: the second solution (r, n-s) is taken for the same key of the same customer, never for another")
    void secondSolution() {
        BigInteger n = ((ECPublicKey) Door.EC.getPublic()).getParams().getOrder();
        byte[] other = Forgery.fixed(n.subtract(new BigInteger(1, s)), 32);

        VerifiedToken first = door.accepts(good);
        VerifiedToken second = door.accepts(Parts.of(good).withSignature(Forgery.joined(r, other)));

        assertThat(second.keyId()).isEqualTo(first.keyId()).contains(TestTokens.KEY_ID);
        assertThat(second.companyId()).isEqualTo(first.companyId()).contains("cus_1");
        assertThat(second.claims()).isEqualTo(first.claims());
    }

    /** A signature on P-521 whose two halves both begin with a zero byte: about every fourth. */
    private static String withLeadingZeros(KeyPair pair) {
        while (true) {
            String token = TestTokens.good("ES512").sign("SHA512withECDSAinP1363Format", pair.getPrivate());
            byte[] signature = Parts.of(token).signatureBytes();
            if (signature[0] == 0 && signature[66] == 0) {
                return token;
            }
        }
    }

    private void refuses(byte[] signature) {
        door.refuses(Parts.of(good).withSignature(signature), Reason.BAD_SIGNATURE);
    }
}
