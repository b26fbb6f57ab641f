package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.testing.TestKeys;
import java.io.ByteArrayOutputStream;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The public half of a private key in PEM")
class PemPairTest {

    /** RFC 8410 section 10.3: the same key without and with its public half. */
    private static final String V1 = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
            -----END PRIVATE KEY-----""";

    private static final String V2 = """
            -----BEGIN PRIVATE KEY-----
            MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
            oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB
            Z9w7lshQhqowtrbLDFw4rXAxZuE=
            -----END PRIVATE KEY-----""";

    private static final byte[] PUBLIC =
            Base64.getDecoder().decode("MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=");

    @Test
    @DisplayName("I11: is the one of RFC 8410's example, whether the text holds it or not")
    void ed25519() {
        for (String pem : List.of(V1, V2)) {
            KeySet keys = KeyRing.read(pem).keySetBeside(Algorithm.EdDSA, null);
            assertThat(keys.keys().get(0).material().getEncoded()).isEqualTo(PUBLIC);
        }
    }

    @Test
    @DisplayName("I11: is not taken from a text that holds another's")
    void ofAnother() {
        KeyPair mine = TestKeys.ec("mine", 256);
        byte[] point = point((ECPublicKey) TestKeys.ec("another", 256).getPublic());
        byte[] text = sec1(mine.getPrivate().getEncoded(), point);
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> KeyRing.read(TestKeys.pem("EC PRIVATE KEY", text)))
                .withMessage("the PEM block holds a public key that is not the private key's");
        byte[] own = sec1(mine.getPrivate().getEncoded(), point((ECPublicKey) mine.getPublic()));
        assertThat(KeyRing.read(TestKeys.pem("EC PRIVATE KEY", own))
                        .keySetBeside(Algorithm.ES256, null)
                        .keys()
                        .get(0)
                        .material())
                .isEqualTo(mine.getPublic());
    }

    /** The last 65 bytes of the encoding: 4, x, y (SEC 1 section 2.3.3). */
    private static byte[] point(ECPublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 65, encoded.length);
    }

    /** ECPrivateKey of P-256 (RFC 5915 section 3) with the secret number of a PKCS#8 text of the JDK and a point. */
    private static byte[] sec1(byte[] pkcs8, byte[] point) {
        byte[] number = Arrays.copyOfRange(pkcs8, pkcs8.length - 32, pkcs8.length);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(new byte[] {2, 1, 1, 4, 32});
        content.writeBytes(number);
        content.writeBytes(new byte[] {
            (byte) 0xa0, 10, 6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7, (byte) 0xa1, 68, 3, 66, 0
        });
        content.writeBytes(point);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(new byte[] {0x30, (byte) content.size()});
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
