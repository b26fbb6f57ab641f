package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.testing.Door;
import dev.latchkey.testing.Forgery;
import dev.latchkey.testing.Jwks;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.EllipticCurve;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("I6: A coordinate of an EC key")
class CoordinateTest {

    @Test
    @DisplayName("I6: is below the field's prime: 0 is taken, the prime, which is the same modulo itself, is not")
    void belowThePrime() {
        EllipticCurve curve = ((ECPublicKey) Door.EC.getPublic()).getParams().getCurve();
        BigInteger prime = ((ECFieldFp) curve.getField()).getP();
        BigInteger root = curve.getB().modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);

        assertThat(JwkReader.read(jwk(BigInteger.ZERO, root))).hasSize(1);
        assertThatThrownBy(() -> JwkReader.read(jwk(prime, root))).isInstanceOf(InvalidKeyMaterialException.class);
    }

    private static String jwk(BigInteger x, BigInteger y) {
        return "{" + Jwks.ecMembers("P-256", Forgery.fixed(x, 32), Forgery.fixed(y, 32)) + "}";
    }
}
