package dev.latchkey.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("B3: A bare secret")
class BareSecretTest {

    private static final String KEY_BYTES = "looks like a PEM key without its -----BEGIN and -----END lines";
    private static final String KEY_TEXT = "looks like PEM or JSON in base64, or a token";

    @ParameterizedTest(name = "{0}, {1} bytes in all: {2}")
    @DisplayName("B3: is not the bytes of a key, which begin with a sequence of their whole length; others are taken")
    @CsvSource({
        "302602, 40, true",
        "302602, 41, false",
        "302602, 39, false",
        "302502, 39, false",
        "302630, 40, true",
        "302604, 40, false",
        "312602, 40, false",
        "30812602, 41, true",
        "30812602, 40, false",
        "30818030, 131, true",
        "3082002602, 42, true",
        "3082010030, 260, true",
        "308300002602, 43, false"
    })
    void keyBytes(String start, int length, boolean isKey) {
        byte[] head = HexFormat.of().parseHex(start);
        byte[] bytes = Arrays.copyOf(head, length);
        Arrays.fill(bytes, head.length, length, (byte) 1);

        for (String text : new String[] {
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
            HexFormat.of().formatHex(bytes),
            HexFormat.ofDelimiter(":").formatHex(bytes)
        }) {
            if (isKey) {
                assertThatThrownBy(() -> BareSecret.read(text))
                        .isInstanceOf(InvalidKeyMaterialException.class)
                        .hasMessageStartingWith(KEY_BYTES);
            } else {
                assertThat(BareSecret.read(text).signing()).isNotNull();
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("B7: is not a JSON object in base64, which is printable text; an odd character makes it a secret")
    @CsvSource({
        "20, true",
        "7e, true",
        "09, true",
        "0a, true",
        "0d, true",
        "1f, false",
        "7f, false",
        "0b, false",
        "e9, false"
    })
    void keyText(String character, boolean isKey) {
        String json = "{" + (char) HexFormat.fromHexDigits(character) + "}";
        String text = Base64.getEncoder().encodeToString(json.getBytes(ISO_8859_1));

        if (isKey) {
            assertThatThrownBy(() -> BareSecret.read(text))
                    .isInstanceOf(InvalidKeyMaterialException.class)
                    .hasMessageStartingWith(KEY_TEXT);
        } else {
            assertThat(BareSecret.read(text).signing()).isNotNull();
        }
    }
}
