package dev.latchkey.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.Fixture;
import dev.latchkey.testing.Forgery;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tokens signed HS256 with something public as the secret, at a door whose keys are public keys. */
@DisplayName("B: Public keys used as HMAC secrets")
class KeyConfusionAttacksTest {

    private static final RSAPublicKey KEY = (RSAPublicKey) Door.RSA.getPublic();
    private static final String PEM = TestKeys.pem(KEY);

    @Test
    @DisplayName("B1: the PEM text of the public key is no HMAC secret, with and without the key's kid")
    void pemText() {
        refusesSecret(PEM.getBytes(UTF_8));
    }

    @Test
    @DisplayName("B1: the PEM text stays no secret where the same text was given as the verification key")
    void pemTextAsGiven() {
        Door door = Door.of(PEM);

        door.accepts(Door.goodRs256());
        door.refuses(TestTokens.good("HS256").hs256(PEM), Reason.WRONG_ALGORITHM);
        door.refuses(TestTokens.good("HS256").hs256(PEM.strip()), Reason.WRONG_ALGORITHM);
        assertThatThrownBy(() -> Door.of(PEM, Algorithm.HS256))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessage("HS256 needs a secret, got a key of type RSA (RFC 7518 section 3.1)");
    }

    @Test
    @DisplayName("B2: the PEM text without its final newline or with other line ends is no HMAC secret")
    void pemTextInOtherForms() {
        refusesSecret(PEM.strip().getBytes(UTF_8));
        refusesSecret(PEM.replace("\n", "\r\n").getBytes(UTF_8));
        refusesSecret(PEM.replace("\n", "\\n").getBytes(UTF_8));
        refusesSecret(PEM.replace("\n", "").getBytes(UTF_8));
    }

    @Test
    @DisplayName("B3: the base64 of the public key on one line is no HMAC secret")
    void base64Body() {
        refusesSecret(Base64.getEncoder().encode(KEY.getEncoded()));
    }

    @Test
    @DisplayName("B4: the DER bytes of the public key are no HMAC secret")
    void der() {
        refusesSecret(KEY.getEncoded());
    }

    @Test
    @DisplayName("B5: the PKCS#1 form of the public key, PEM and DER, is no HMAC secret")
    void pkcs1() {
        byte[] pkcs1 = Arrays.copyOfRange(KEY.getEncoded(), 24, KEY.getEncoded().length);

        refusesSecret(pkcs1);
        refusesSecret(TestKeys.pem("RSA PUBLIC KEY", pkcs1).getBytes(UTF_8));
    }

    @Test
    @DisplayName("B6: the certificate of the public key, PEM and DER, is no HMAC secret")
    void certificate() throws GeneralSecurityException {
        String pem = Fixture.read("keys/rsa-certificate.pem");
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        PublicKey certified = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der))
                .getPublicKey();
        Door door = Door.of(pem);

        door.accepts(TestTokens.good("RS256").rs256(Fixture.seedPrivateKey()));
        for (byte[] secret : List.of(pem.getBytes(UTF_8), der, certified.getEncoded())) {
            door.refuses(TestTokens.good("HS256").hmac("SHA256", secret), Reason.WRONG_ALGORITHM);
        }
    }

    @Test
    @DisplayName("B7: the JWK of the public key, as served and with sorted members, is no HMAC secret")
    void jwk() {
        String n = TestKeys.base64url(unsigned(KEY.getModulus()));

        refusesSecret(("{" + TestKeys.jwkMembers(Door.RSA) + "}").getBytes(UTF_8));
        refusesSecret(("{\"e\":\"AQAB\",\"kty\":\"RSA\",\"n\":\"" + n + "\"}").getBytes(UTF_8));
        refusesSecret(("{\"keys\":[{" + TestKeys.jwkMembers(Door.RSA) + ",\"kid\":\"key-1\"}]}").getBytes(UTF_8));
    }

    @Test
    @DisplayName("B8: the modulus in bytes, in hex and in base64url is no HMAC secret")
    void modulus() {
        refusesSecret(unsigned(KEY.getModulus()));
        refusesSecret(KEY.getModulus().toByteArray());
        refusesSecret(KEY.getModulus().toString(16).getBytes(UTF_8));
        refusesSecret(TestKeys.base64url(unsigned(KEY.getModulus())).getBytes(UTF_8));
    }

    @Test
    @DisplayName("B9: the EC point, its halves, its DER and its PEM are no HMAC secrets")
    void ecPoint() {
        ECPublicKey key = (ECPublicKey) Door.EC.getPublic();
        byte[] x = Forgery.fixed(key.getW().getAffineX(), 32);
        byte[] y = Forgery.fixed(key.getW().getAffineY(), 32);
        byte[] point = Forgery.joined(new byte[] {4}, x, y);
        Door door = Door.es256();

        door.accepts(Door.goodEs256());
        for (byte[] secret :
                List.of(point, x, y, key.getEncoded(), TestKeys.pem(key).getBytes(UTF_8))) {
            door.refuses(Door.token("HS256").hmac("SHA256", secret), Reason.WRONG_ALGORITHM);
            door.refuses(Door.token("ES256").hmac("SHA256", secret), Reason.BAD_SIGNATURE);
        }
    }

    @Test
    @DisplayName("B10: an HMAC with a secret of a single zero byte, which HMAC takes for an empty one, is refused")
    void emptySecret() {
        refusesSecret(new byte[1]);

        Door.hs256().accepts(Door.goodHs256());
        Door.hs256().refuses(TestTokens.good("HS256").hmac("SHA256", new byte[1]), Reason.BAD_SIGNATURE);
    }

    private static void refusesSecret(byte[] secret) {
        Door door = Door.rsa(Algorithm.RS256);
        door.accepts(Door.goodRs256());
        door.refuses(Door.token("HS256").hmac("SHA256", secret), Reason.WRONG_ALGORITHM);
        door.refuses(TestTokens.good("HS256").hmac("SHA256", secret), Reason.WRONG_ALGORITHM);
        door.refuses(Door.token("RS256").hmac("SHA256", secret), Reason.BAD_SIGNATURE);
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
