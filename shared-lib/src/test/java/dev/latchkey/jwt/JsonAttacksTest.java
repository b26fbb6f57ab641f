package dev.latchkey.jwt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.Macs;
import dev.latchkey.testing.Parts;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers and claims that are not the JSON they should be, correctly signed. */
@DisplayName("E: Parsing")
class JsonAttacksTest {

    private static final String CLAIMS =
            "{\"sub\":\"cus_1\",\"org_id\":\"cus_1\",\"exp\":" + (TestTokens.NOW.getEpochSecond() + 60) + "}";

    private final Door door = Door.hs256();

    @ParameterizedTest
    @DisplayName("E10: duplicate members in the header are refused, in either order, of any name and spelling")
    @ValueSource(
            strings = {
                "{\"alg\":\"HS256\",\"alg\":\"none\"}",
                "{\"alg\":\"none\",\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\",\"\\u0061lg\":\"HS256\"}",
                "{\"alg\":\"HS256\",\"kid\":\"a\",\"kid\":\"b\"}",
                "{\"alg\":\"HS256\",\"x\":{\"y\":1,\"y\":2}}"
            })
    void duplicateHeader(String header) {
        door.accepts(withHeader("{\"alg\":\"HS256\"}"));
        door.refuses(withHeader(header), Reason.MALFORMED_HEADER);
    }

    @Test
    @DisplayName("E11: duplicate claims are refused, with different values, the same values and deep inside")
    void duplicateClaims() {
        door.accepts(withClaims(CLAIMS));
        door.refuses(withClaims(CLAIMS.replace("}", ",\"org_id\":\"cus_2\"}")), Reason.MALFORMED_CLAIMS);
        door.refuses(withClaims(CLAIMS.replace("}", ",\"org_id\":\"cus_1\"}")), Reason.MALFORMED_CLAIMS);
        door.refuses(withClaims(CLAIMS.replace("}", ",\"\\u006frg_id\":\"cus_2\"}")), Reason.MALFORMED_CLAIMS);
        door.refuses(withClaims(CLAIMS.replace("}", ",\"exp\":9999999999}")), Reason.MALFORMED_CLAIMS);
        door.refuses(withClaims(CLAIMS.replace("}", ",\"x\":[{\"y\":1,\"y\":1}]}")), Reason.MALFORMED_CLAIMS);
    }

    @Test
    @DisplayName(
            "E12: thousands of opening brackets as header and claims are refused quickly, without a stack overflow")
    void brackets() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            door.refuses(withHeader("[".repeat(4000)), Reason.MALFORMED_HEADER);
            door.refuses(withHeader("[".repeat(5000)), Reason.MALFORMED_HEADER);
            door.refuses(withHeader("{\"alg\":".repeat(550)), Reason.MALFORMED_HEADER);
            door.refuses(withClaims("[".repeat(6000)), Reason.MALFORMED_CLAIMS);
            door.refuses(withClaims("{\"a\":".repeat(1100)), Reason.MALFORMED_CLAIMS);
            door.refuses(withClaims("[".repeat(10_000)), Reason.TOKEN_TOO_LARGE);
        });
        door.accepts(withClaims(CLAIMS));
    }

    @Test
    @DisplayName("E12: claims nested 16 deep are read and 17 deep refused; a header 4 and 5 deep alike")
    void depth() {
        door.accepts(withClaims(CLAIMS.replace("}", ",\"x\":" + "[".repeat(15) + "]".repeat(15) + "}")));
        door.refuses(
                withClaims(CLAIMS.replace("}", ",\"x\":" + "[".repeat(16) + "]".repeat(16) + "}")),
                Reason.MALFORMED_CLAIMS);
        door.accepts(withHeader("{\"alg\":\"HS256\",\"x\":[[[]]]}"));
        door.refuses(withHeader("{\"alg\":\"HS256\",\"x\":[[[[]]]]}"), Reason.MALFORMED_HEADER);
    }

    @Test
    @DisplayName("E12: hundreds of small claims within the size limit are fine; a header has at most 4,096 bytes")
    void broad() {
        StringBuilder many = new StringBuilder(CLAIMS.substring(0, CLAIMS.length() - 1));
        for (int i = 0; i < 600; i++) {
            many.append(",\"").append(i).append("\":0");
        }
        assertThat(door.accepts(withClaims(many + "}")).claims().members()).hasSize(603);

        String header = "{\"alg\":\"HS256\",\"x\":\"\"}";
        door.accepts(withHeader(header.replace("\"\"", "\"" + "x".repeat(4096 - header.length()) + "\"")));
        door.refuses(
                withHeader(header.replace("\"\"", "\"" + "x".repeat(4097 - header.length()) + "\"")),
                Reason.MALFORMED_HEADER);
    }

    @ParameterizedTest
    @DisplayName("E13: a header or claims set that is no JSON object is refused")
    @ValueSource(strings = {"foo", "[]", "\"x\"", "null", "1", "true", "", " "})
    void notAnObject(String text) {
        door.accepts(withClaims(CLAIMS));
        door.refuses(withClaims(text), Reason.MALFORMED_CLAIMS);
        door.refuses(withHeader(text), Reason.MALFORMED_HEADER);
    }

    @ParameterizedTest
    @DisplayName("E14: anything after the object is refused, but for white space")
    @ValueSource(strings = {"{}", "x", ",", "}", "\0", "//", "null"})
    void trailingData(String after) {
        door.accepts(withClaims(CLAIMS + "\r\n"));
        door.accepts(withHeader("{\"alg\":\"HS256\"}\r\n"));
        door.refuses(withClaims(CLAIMS + after), Reason.MALFORMED_CLAIMS);
        door.refuses(withHeader("{\"alg\":\"HS256\"}" + after), Reason.MALFORMED_HEADER);
    }

    @ParameterizedTest
    @DisplayName("E15: lax JSON is refused")
    @ValueSource(
            strings = {
                ",\"x\":NaN",
                ",/**/\"x\":1",
                ",'x':1",
                ",",
                ",x:1",
                ",\"x\":01",
                ",\"x\":\"\t\"",
                ",\"x\":\"\\x\""
            })
    void laxJson(String members) {
        door.accepts(withClaims(CLAIMS.replace("}", ",\"x\":1}")));
        door.refuses(withClaims(CLAIMS.replace("}", members + "}")), Reason.MALFORMED_CLAIMS);
        door.refuses(withHeader("{\"alg\":\"HS256\"" + members + "}"), Reason.MALFORMED_HEADER);
    }

    @Test
    @DisplayName("E16: claims and headers that are not UTF-8 are refused, in Latin-1, UTF-16 and overlong forms")
    void notUtf8() {
        String accented = CLAIMS.replace("}", ",\"x\":\"\u00e9\"}");

        door.accepts(withClaims(accented.getBytes(UTF_8)));
        door.refuses(withClaims(accented.getBytes(ISO_8859_1)), Reason.MALFORMED_CLAIMS);
        door.refuses(withClaims(accented.getBytes(UTF_16)), Reason.MALFORMED_CLAIMS);
        door.refuses(withClaims(CLAIMS.replace("cus_1", "\u00c0\u00af").getBytes(ISO_8859_1)), Reason.MALFORMED_CLAIMS);
        String header = TestKeys.base64url("{\"alg\":\"HS256\",\"x\":\"\u00e9\"}".getBytes(ISO_8859_1));
        door.refuses(header + "." + Parts.of(Door.goodHs256()).payload() + ".AAAA", Reason.MALFORMED_HEADER);
    }

    @Test
    @DisplayName("E16: unpaired surrogates in claims are refused")
    void unpairedSurrogates() {
        door.accepts(withClaims(CLAIMS.replace("}", ",\"x\":\"\\ud83d\\ude00\"}")));
        door.refuses(withClaims(CLAIMS.replace("}", ",\"x\":\"\\ud83d\"}")), Reason.MALFORMED_CLAIMS);
    }

    @Test
    @DisplayName("E17: a byte order mark before the object is refused")
    void byteOrderMark() {
        door.accepts(withClaims(CLAIMS));
        door.refuses(withClaims("\ufeff" + CLAIMS), Reason.MALFORMED_CLAIMS);
        door.refuses(withHeader("\ufeff{\"alg\":\"HS256\"}"), Reason.MALFORMED_HEADER);
    }

    @Test
    @DisplayName("E18: whatever is changed in a good token at random, the answer is a refusal and never an exception")
    void randomChanges() {
        Random random = new Random(7515);
        for (String good : new String[] {Door.goodHs256(), Door.goodRs256(), Door.goodEs256()}) {
            Door[] doors = {Door.hs256(), Door.rsa(Algorithm.RS256), Door.es256()};
            for (int i = 0; i < 2000; i++) {
                StringBuilder changed = new StringBuilder(good);
                for (int j = 0; j <= random.nextInt(3); j++) {
                    changed.setCharAt(
                            random.nextInt(good.length()), (char) random.nextInt(random.nextBoolean() ? 128 : 0xffff));
                }
                if (!changed.toString().equals(good)) {
                    for (Door each : doors) {
                        assertThat(each.verifier().verify(changed.toString()))
                                .isInstanceOf(Verification.Rejected.class);
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("E18: random claims, correctly signed, are refused or verified and never an exception")
    void randomClaims() {
        Random random = new Random(7519);
        byte[] claims = CLAIMS.getBytes(UTF_8);
        for (int i = 0; i < 5000; i++) {
            byte[] changed = claims.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            changed[random.nextInt(changed.length)] = (byte) "\"\\{}[],:-.eE0 u".charAt(random.nextInt(15));
            assertThat(door.verifier().verify(withClaims(changed))).isNotNull();
        }
        door.accepts(withClaims(CLAIMS));
    }

    private static String withHeader(String text) {
        return TestTokens.good("HS256").headerText(text).hs256(TestKeys.SECRET);
    }

    private static String withClaims(String text) {
        return withClaims(text.getBytes(UTF_8));
    }

    private static String withClaims(byte[] bytes) {
        String input = TestTokens.good("HS256").payload(bytes).signingInput();
        return input + "." + TestKeys.base64url(Macs.hs256(TestKeys.SECRET, input.getBytes(UTF_8)));
    }
}
