package dev.latchkey.jwt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.Door;
import dev.latchkey.testing.Macs;
import dev.latchkey.testing.Parts;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("E: Encoding")
class EncodingAttacksTest {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final Door door = Door.hs256();
    private final String good = Door.goodHs256();
    private final Parts parts = Parts.of(good);

    @Test
    @DisplayName("E1: padding after any segment is refused, where it is needless and where it would be right")
    void padding() {
        door.accepts(good);
        for (String pad : List.of("=", "==")) {
            refusesEverySegment(segment -> segment + pad);
        }
    }

    @Test
    @DisplayName(
            "E2: the standard alphabet is refused where the URL-safe one is meant, though correctly signed over it")
    void standardAlphabet() {
        String dash =
                signedOver(TestTokens.good("HS256").claim("x", "~~~>>>???").signingInput());
        String payload = Parts.of(dash).payload();

        assertThat(payload).containsPattern("[-_]");
        door.accepts(dash);
        door.refuses(
                signedOver(parts.header() + "." + payload.replace('-', '+').replace('_', '/')), Reason.MALFORMED_TOKEN);
    }

    @ParameterizedTest
    @DisplayName("E3: white space inside, before or after any segment is refused")
    @ValueSource(strings = {" ", "\t", "\r", "\n", "\r\n", "\u00a0", "\u2003", "\0"})
    void whitespace(String space) {
        door.accepts(good);
        refusesEverySegment(segment -> space + segment);
        refusesEverySegment(segment -> segment + space);
        refusesEverySegment(segment -> segment.substring(0, 4) + space + segment.substring(4));
    }

    @ParameterizedTest
    @DisplayName("E4: foreign characters inside a segment are refused")
    @ValueSource(strings = {"?", "#", "%2e", "\u00e9", "\u0410", "!", "\"", "\uff0d", "\ud83d\ude00"})
    void foreignCharacters(String foreign) {
        door.accepts(good);
        refusesEverySegment(segment -> segment.substring(0, 4) + foreign + segment.substring(4));
    }

    @Test
    @DisplayName("E5: spare bits in the last character of any segment are refused, though correctly signed over them")
    void spareBits() {
        TestTokens token = TestTokens.good("HS256").header("x", "a").claim("x", "a");
        String input = token.signingInput();
        door.accepts(signedOver(input));
        String header = Parts.of(signedOver(input)).header();
        String payload = Parts.of(signedOver(input)).payload();

        assertThat(header.length() % 4).isNotZero();
        door.refuses(signedOver(loosened(header) + "." + payload), Reason.MALFORMED_TOKEN);
        assertThat(parts.payload().length() % 4 + payload.length() % 4).isNotZero();
        String spare = payload.length() % 4 == 0 ? parts.payload() : payload;
        door.refuses(signedOver(parts.header() + "." + loosened(spare)), Reason.MALFORMED_TOKEN);
        door.refuses(parts.signingInput() + "." + loosened(parts.signature()), Reason.MALFORMED_TOKEN);
    }

    @Test
    @DisplayName("E6: a segment of 4k+1 characters, which no bytes give, is refused")
    void impossibleLength() {
        door.accepts(good);
        refusesEverySegment(segment -> segment.substring(0, segment.length() / 4 * 4 - 4) + "A");
        door.refuses("A.A.A", Reason.MALFORMED_TOKEN);
    }

    @ParameterizedTest
    @DisplayName("E7: one, two, four and five segments are refused, as are empty ones")
    @MethodSource("otherNumbersOfSegments")
    void otherNumberOfSegments(String token) {
        door.accepts(good);
        door.refuses(token, Reason.MALFORMED_TOKEN);
    }

    static Stream<String> otherNumbersOfSegments() {
        Parts parts = Parts.of(Door.goodHs256());
        String token = parts.signingInput() + "." + parts.signature();
        return Stream.of(
                "",
                ".",
                parts.header(),
                parts.signingInput(),
                token + ".",
                token + ".x",
                "." + token,
                token + "..",
                token + "." + token,
                parts.header() + ".." + parts.payload() + "." + parts.signature());
    }

    @Test
    @DisplayName("E7: three segments of which the first is empty have a malformed header")
    void emptyHeader() {
        door.accepts(good);
        door.refuses("..", Reason.MALFORMED_HEADER);
        door.refuses("." + parts.payload() + "." + parts.signature(), Reason.MALFORMED_HEADER);
    }

    @Test
    @DisplayName("E8: thousands of dots are refused quickly")
    void thousandsOfDots() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            door.refuses(".".repeat(8192), Reason.MALFORMED_TOKEN);
            door.refuses(".".repeat(9000), Reason.TOKEN_TOO_LARGE);
            door.refuses(parts.header() + ".".repeat(5000), Reason.MALFORMED_TOKEN);
        });
        door.accepts(good);
    }

    @Test
    @DisplayName("E9: the JSON serialization of the same signed token, flattened and general, is refused")
    void jsonSerialization() {
        String flattened = "{\"payload\":\"" + parts.payload() + "\",\"protected\":\"" + parts.header()
                + "\",\"signature\":\"" + parts.signature() + "\"}";
        String general = "{\"payload\":\"" + parts.payload() + "\",\"signatures\":[{\"protected\":\"" + parts.header()
                + "\",\"signature\":\"" + parts.signature() + "\"}]}";

        door.accepts(good);
        door.refuses(flattened, Reason.MALFORMED_TOKEN);
        door.refuses(general, Reason.MALFORMED_TOKEN);
        door.refuses("{\"" + good + "\":\"\"}", Reason.MALFORMED_TOKEN);
    }

    @Test
    @DisplayName("E19: a token of 8,192 characters is verified, one of 8,193 and one of 100,000 are refused")
    void length() {
        door.accepts(ofLength(8192));
        door.refuses(ofLength(8193), Reason.TOKEN_TOO_LARGE);
        door.refuses(ofLength(100_000), Reason.TOKEN_TOO_LARGE);
    }

    /** A good token of exactly that many characters: claims and header are filled until it fits. */
    private static String ofLength(int length) {
        int spare = length - Door.goodHs256().length() - 40;
        for (int inHeader = 0; inHeader < 4; inHeader++) {
            for (int inClaims = spare * 3 / 4; inClaims < spare * 3 / 4 + 60; inClaims++) {
                TestTokens token = TestTokens.good("HS256")
                        .header("x", "x".repeat(inHeader))
                        .claim("x", "x".repeat(inClaims));
                if (token.signingInput().length() + 44 == length) {
                    return token.hs256(TestKeys.SECRET);
                }
            }
        }
        throw new IllegalStateException("no token of that length");
    }

    private interface Spoiling {
        String spoil(String segment);
    }

    private void refusesEverySegment(Spoiling spoiling) {
        door.refuses(signedOver(spoiling.spoil(parts.header()) + "." + parts.payload()), Reason.MALFORMED_TOKEN);
        door.refuses(signedOver(parts.header() + "." + spoiling.spoil(parts.payload())), Reason.MALFORMED_TOKEN);
        door.refuses(parts.signingInput() + "." + spoiling.spoil(parts.signature()), Reason.MALFORMED_TOKEN);
    }

    private static String loosened(String segment) {
        char last = segment.charAt(segment.length() - 1);
        return segment.substring(0, segment.length() - 1) + ALPHABET.charAt(ALPHABET.indexOf(last) + 1);
    }

    private static String signedOver(String signingInput) {
        return signingInput + "." + TestKeys.base64url(Macs.hs256(TestKeys.SECRET, signingInput.getBytes(US_ASCII)));
    }
}
