package dev.latchkey.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.Forgery;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.Parts;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C: Signature values")
class SignatureAttacksTest {

    private enum Kind {
        HS256,
        RS256,
        ES256;

        Door door() {
            return switch (this) {
                case HS256 -> Door.hs256();
                case RS256 -> Door.rsa(Algorithm.RS256);
                case ES256 -> Door.es256();
            };
        }

        String sign(TestTokens token) {
            return switch (this) {
                case HS256 -> token.hs256(TestKeys.SECRET);
                case RS256 -> token.rs256(Door.RSA.getPrivate());
                case ES256 -> token.sign("SHA256withECDSAinP1363Format", Door.EC.getPrivate());
            };
        }

        TestTokens token() {
            return Door.token(name());
        }
    }

    @ParameterizedTest
    @DisplayName("C1: one bit flipped in the first, middle or last byte of the signature is refused")
    @EnumSource
    void flippedBit(Kind kind) {
        String good = kind.sign(kind.token());
        byte[] signature = Parts.of(good).signatureBytes();

        kind.door().accepts(good);
        for (int position : List.of(0, signature.length / 2, signature.length - 1)) {
            for (int bit : List.of(0, 7)) {
                byte[] flipped = signature.clone();
                flipped[position] ^= (byte) (1 << bit);
                kind.door().refuses(Parts.of(good).withSignature(flipped), Reason.BAD_SIGNATURE);
            }
        }
    }

    @ParameterizedTest
    @DisplayName("C2: a payload or header changed under the old signature is refused")
    @EnumSource
    void changedUnderSignature(Kind kind) {
        String good = kind.sign(kind.token());
        Parts parts = Parts.of(good);

        kind.door().accepts(good);
        kind.door().refuses(parts.withPayload(parts.payloadText().replace("cus_1", "cus_2")), Reason.BAD_SIGNATURE);
        kind.door().refuses(parts.withPayload(parts.payloadText() + " "), Reason.BAD_SIGNATURE);
        kind.door().refuses(parts.withHeader(parts.headerText() + " "), Reason.BAD_SIGNATURE);
        kind.door()
                .refuses(
                        parts.withHeader(parts.headerText().replace(Door.KID, "key-2")),
                        kind == Kind.HS256 ? Reason.BAD_SIGNATURE : Reason.UNKNOWN_KEY);
    }

    @ParameterizedTest
    @DisplayName("C3: parts of two good tokens mixed are refused")
    @EnumSource
    void mixedParts(Kind kind) {
        String one = kind.sign(kind.token());
        String two = kind.sign(kind.token().claim("org_id", "cus_2").header("cty", "x"));
        Parts first = Parts.of(one);
        Parts second = Parts.of(two);

        kind.door().accepts(one);
        kind.door().accepts(two);
        kind.door().refuses(first.header() + "." + second.payload() + "." + first.signature(), Reason.BAD_SIGNATURE);
        kind.door().refuses(first.header() + "." + first.payload() + "." + second.signature(), Reason.BAD_SIGNATURE);
        kind.door().refuses(second.header() + "." + first.payload() + "." + first.signature(), Reason.BAD_SIGNATURE);
    }

    @Test
    @DisplayName(
            "C8: an EdDSA token is refused at the door of ES256, under its own alg and under ES256, with S and with S + L")
    void edDsa() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        for (String alg : List.of("EdDSA", "Ed25519", "ES256")) {
            String token = Door.token(alg).sign("Ed25519", pair.getPrivate());
            byte[] signature = Parts.of(token).signatureBytes();
            BigInteger s = new BigInteger(1, reversed(Arrays.copyOfRange(signature, 32, 64)));
            byte[] moved = Forgery.joined(Arrays.copyOf(signature, 32), reversed(Forgery.fixed(s.add(order), 32)));

            Reason reason = alg.equals("ES256") ? Reason.BAD_SIGNATURE : Reason.WRONG_ALGORITHM;
            Door.es256().refuses(token, reason);
            Door.es256().refuses(Parts.of(token).withSignature(moved), reason);
        }
        Door.es256().accepts(Door.goodEs256());
    }

    @Test
    @DisplayName("C11: the RSA signature values 0, 1, n-1, n and n+s are refused, for RS256 and PS256")
    void extremeRsaValues() {
        BigInteger n = ((RSAPublicKey) Door.RSA.getPublic()).getModulus();
        String rs = Door.goodRs256();
        String ps = Forgery.pss(Door.token("PS256"), Door.RSA, "SHA-256", "SHA-256", 32);
        Door.rsa(Algorithm.RS256).accepts(rs);
        Door.rsa(Algorithm.PS256).accepts(ps);

        for (BigInteger value :
                List.of(BigInteger.ZERO, BigInteger.ONE, n.subtract(BigInteger.ONE), n, n.add(BigInteger.ONE))) {
            byte[] signature = Forgery.fixed(value, 256);
            Door.rsa(Algorithm.RS256).refuses(Parts.of(rs).withSignature(signature), Reason.BAD_SIGNATURE);
            Door.rsa(Algorithm.PS256).refuses(Parts.of(ps).withSignature(signature), Reason.BAD_SIGNATURE);
        }
        BigInteger moved = new BigInteger(1, Parts.of(rs).signatureBytes()).add(n);
        Door.rsa(Algorithm.RS256).refuses(Parts.of(rs).withSignature(Forgery.fixed(moved, 257)), Reason.BAD_SIGNATURE);
    }

    @ParameterizedTest(name = "{0} bytes")
    @DisplayName("C12: a truncated or lengthened tag is refused")
    @ValueSource(ints = {0, 1, 8, 16, 31, 33, 64})
    void truncatedTag(int length) {
        String good = Door.goodHs256();
        byte[] tag = Parts.of(good).signatureBytes();

        Door.hs256().accepts(good);
        assertThat(tag).hasSize(32);
        Door.hs256().refuses(Parts.of(good).withSignature(Arrays.copyOf(tag, length)), Reason.BAD_SIGNATURE);
    }

    @ParameterizedTest(name = "byte {0}")
    @DisplayName("C13: a tag that is wrong in any one byte, the first as the last, is refused alike")
    @ValueSource(ints = {0, 1, 15, 30, 31})
    void tagWrongInOneByte(int position) {
        String good = Door.goodHs256();
        byte[] tag = Parts.of(good).signatureBytes();
        tag[position] ^= 1;

        Door.hs256().accepts(good);
        assertThat(Door.hs256().refuses(Parts.of(good).withSignature(tag), Reason.BAD_SIGNATURE))
                .isEqualTo(new Verification.Rejected(Reason.BAD_SIGNATURE, null, null));
    }

    @ParameterizedTest
    @DisplayName("C14: neither the refusal of a forged token nor the view of a good one holds a signature or key")
    @EnumSource
    void nothingLeaks(Kind kind) {
        String good = kind.sign(kind.token());
        LeakGuard.secret(Parts.of(good).signature());
        String forged = Parts.of(good).withSignature("forged".repeat(20).getBytes(UTF_8));

        VerifiedToken verified = kind.door().accepts(good);
        Verification.Rejected rejected = kind.door().refuses(forged, Reason.BAD_SIGNATURE);

        assertThat(LeakGuard.leaks(rejected.toString())).isFalse();
        assertThat(LeakGuard.leaks(verified.toString() + verified.key())).isFalse();
        assertThat(verified).hasToString("verified token " + TestTokens.KEY_ID);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
