package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.Forgery;
import dev.latchkey.testing.Parts;
import dev.latchkey.testing.TestTokens;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Padding that is wrong, but signed with the real private key: nothing but the padding can refuse it. */
@DisplayName("C: RSA padding")
class RsaPaddingAttacksTest {

    private static final int LENGTH = 256;
    private static final String DIGEST_INFO = "3031300d060960864801650304020105000420";

    private final Door rs = Door.rsa(Algorithm.RS256);
    private final String good = Door.goodRs256();
    private final String hash = hex(Forgery.sha256(Parts.of(good).signed()));

    @Test
    @DisplayName("C9: the padding that these tests build is, without a fault, the library's own")
    void paddingWithoutFault() {
        byte[] built = padded(DIGEST_INFO + hash);

        assertThat(built).isEqualTo(Forgery.opened(Parts.of(good).signatureBytes(), Door.RSA));
        assertThat(signedOver(built)).isEqualTo(good);
        rs.accepts(signedOver(built));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("C9: a DigestInfo with a fault is refused")
    @MethodSource("digestInfoFaults")
    void digestInfoFault(String name, String digestInfo, String after) {
        assertThat(name).isNotBlank();
        rs.accepts(good);
        rs.refuses(signedOver(padded(digestInfo + hash + after)), Reason.BAD_SIGNATURE);
    }

    static Stream<Arguments> digestInfoFaults() {
        return Stream.of(
                Arguments.of("outer length in long form", "308131300d060960864801650304020105000420", ""),
                Arguments.of("inner length in long form", "303230810d060960864801650304020105000420", ""),
                Arguments.of("hash length in long form", "3032300d06096086480165030402010500048120", ""),
                Arguments.of("indefinite length", "3080300d060960864801650304020105000420", "0000"),
                Arguments.of("outer length too small", "3030300d060960864801650304020105000420", ""),
                Arguments.of("outer length too great", "3032300d060960864801650304020105000420", ""),
                Arguments.of("NULL with content", "3032300e06096086480165030402010501000420", ""),
                Arguments.of("garbage in place of NULL", "3031300d060960864801650304020104000420", ""),
                Arguments.of("OID of SHA-512", "3031300d060960864801650304020305000420", ""),
                Arguments.of("garbage after the hash", DIGEST_INFO, "00"),
                Arguments.of("an element after the hash", "3033300d060960864801650304020105000420", "0500"),
                Arguments.of("much garbage after the hash", DIGEST_INFO, "ff".repeat(100)),
                Arguments.of("no DigestInfo", "", ""));
    }

    @Test
    @DisplayName("C9: a DigestInfo without NULL, which RFC 8017 lets verifiers take, gives the same token")
    void digestInfoWithoutNull() {
        VerifiedToken usual = rs.accepts(good);
        VerifiedToken other = rs.accepts(signedOver(padded("302f300b0609608648016503040201" + "0420" + hash)));

        assertThat(other.claims()).isEqualTo(usual.claims());
        assertThat(other.keyId()).isEqualTo(usual.keyId());
    }

    @Test
    @DisplayName("C9: the forgery of 2006, a short run of FF and garbage at the end, is refused")
    void shortenedRun() {
        String start = "0001" + "ff".repeat(8) + "00" + DIGEST_INFO + hash;

        rs.accepts(good);
        rs.refuses(
                signedOver(HexFormat.of().parseHex(start + "00".repeat(LENGTH - start.length() / 2))),
                Reason.BAD_SIGNATURE);
        rs.refuses(
                signedOver(HexFormat.of().parseHex(start + "5a".repeat(LENGTH - start.length() / 2))),
                Reason.BAD_SIGNATURE);
    }

    @ParameterizedTest(name = "byte {0} set to {1}")
    @DisplayName("C9: a fault in the leading zero, the block type, the run of FF or the separator is refused")
    @CsvSource({"0, 1", "1, 2", "1, 0", "2, 0", "2, 254", "100, 0", "203, 0", "204, 255", "204, 1"})
    void faultInThePadding(int position, int value) {
        byte[] built = padded(DIGEST_INFO + hash);
        built[position] = (byte) value;

        rs.accepts(good);
        rs.refuses(signedOver(built), Reason.BAD_SIGNATURE);
    }

    @ParameterizedTest(name = "salt of {0} bytes")
    @DisplayName("C10: a PSS salt of another length than the hash is refused")
    @CsvSource({"0", "20", "31", "33", "48", "64", "222"})
    void saltLength(int length) {
        Door ps = Door.rsa(Algorithm.PS256);

        ps.accepts(Forgery.pss(Door.token("PS256"), Door.RSA, "SHA-256", "SHA-256", 32));
        ps.refuses(Forgery.pss(Door.token("PS256"), Door.RSA, "SHA-256", "SHA-256", length), Reason.BAD_SIGNATURE);
    }

    @ParameterizedTest(name = "hash {0}, mask {1}")
    @DisplayName("C10: PSS with another hash, or with another hash in MGF1, is refused")
    @CsvSource({"SHA-256, SHA-1", "SHA-256, SHA-512", "SHA-512, SHA-512", "SHA-1, SHA-1", "SHA-384, SHA-256"})
    void otherMaskHash(String hashName, String maskHash) {
        Door ps = Door.rsa(Algorithm.PS256);

        ps.accepts(Forgery.pss(Door.token("PS256"), Door.RSA, "SHA-256", "SHA-256", 32));
        ps.refuses(Forgery.pss(Door.token("PS256"), Door.RSA, hashName, maskHash, 32), Reason.BAD_SIGNATURE);
    }

    @Test
    @DisplayName("C10: a wrong PSS trailer byte, top bit, hash or mask is refused")
    void pssBytes() {
        Door ps = Door.rsa(Algorithm.PS256);
        String signed = Forgery.pss(Door.token("PS256"), Door.RSA, "SHA-256", "SHA-256", 32);
        byte[] opened = Forgery.opened(Parts.of(signed).signatureBytes(), Door.RSA);

        ps.accepts(signed);
        ps.accepts(Parts.of(signed).withSignature(Forgery.closed(opened, Door.RSA)));
        for (int position : new int[] {LENGTH - 1, LENGTH - 33, LENGTH - 2, 1, 100}) {
            byte[] faulty = Arrays.copyOf(opened, LENGTH);
            faulty[position] ^= 1;
            ps.refuses(Parts.of(signed).withSignature(Forgery.closed(faulty, Door.RSA)), Reason.BAD_SIGNATURE);
        }
    }

    private static byte[] padded(String digestInfo) {
        int run = LENGTH - 3 - digestInfo.length() / 2;
        return HexFormat.of().parseHex("0001" + "ff".repeat(run) + "00" + digestInfo);
    }

    private String signedOver(byte[] encodedMessage) {
        return TestTokens.signed(Parts.of(good).signingInput(), Forgery.closed(encodedMessage, Door.RSA));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
