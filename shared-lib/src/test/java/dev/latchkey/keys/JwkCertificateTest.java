package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.testing.Door;
import dev.latchkey.testing.Fixture;
import dev.latchkey.testing.TestKeys;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The certificates of a JWK")
class JwkCertificateTest {

    private static final byte[] DER = Fixture.der("keys/rsa-certificate.pem");
    private static final String CERTIFICATE = "\"" + Base64.getEncoder().encodeToString(DER) + "\"";

    @Test
    @DisplayName("are taken where the first is the key's, and refused where it is another's")
    void firstCertificate() throws GeneralSecurityException {
        PublicKey certified = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(DER))
                .getPublicKey();
        String own = TestKeys.jwkMembers(new KeyPair(certified, null));

        assertThat(JwkReader.read(jwk(own, CERTIFICATE))).hasSize(1);
        assertThat(JwkReader.read(jwk(own, CERTIFICATE + ",\"!\""))).hasSize(1);
        refused(jwk(own, "\"!\"," + CERTIFICATE));
        refused(jwk(TestKeys.jwkMembers(Door.RSA), CERTIFICATE));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("are refused where they are not a list of certificates in base64")
    @ValueSource(strings = {"[]", "{}", "\"AAAA\"", "[1]", "[\"!\"]", "[\"AAAA\"]", "[\"\"]"})
    void noCertificates(String x5c) {
        assertThat(JwkReader.read("{" + TestKeys.jwkMembers(Door.RSA) + "}")).hasSize(1);
        refused("{" + TestKeys.jwkMembers(Door.RSA) + ",\"x5c\":" + x5c + "}");
    }

    private static String jwk(String members, String certificates) {
        return "{" + members + ",\"x5c\":[" + certificates + "]}";
    }

    private static void refused(String jwk) {
        assertThatThrownBy(() -> JwkReader.read(jwk))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessage("the JWK cannot be used as a key (RFC 7518 section 6)");
    }
}
