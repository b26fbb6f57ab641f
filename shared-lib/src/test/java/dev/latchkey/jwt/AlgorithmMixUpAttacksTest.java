package dev.latchkey.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.Forgery;
import dev.latchkey.testing.Jwks;
import dev.latchkey.testing.Parts;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.security.KeyPair;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("B: Algorithms of one key used with another")
class AlgorithmMixUpAttacksTest {

    private static final String P1363 = "SHA256withECDSAinP1363Format";

    @Test
    @DisplayName("B11: a token with the kid of a key of another kind is refused, whatever its alg says")
    void rsaAgainstEc() {
        Door door = Door.of("{\"keys\":[{" + TestKeys.jwkMembers(Door.RSA) + ",\"kid\":\"rsa\"},{"
                + Jwks.ecMembers(Door.EC) + ",\"kid\":\"ec\"},{"
                + TestKeys.jwkMembers(TestKeys.SECRET) + ",\"kid\":\"mac\"}]}");

        door.accepts(TestTokens.good("RS256").header("kid", "rsa").rs256(Door.RSA.getPrivate()));
        door.accepts(TestTokens.good("ES256").header("kid", "ec").sign(P1363, Door.EC.getPrivate()));
        door.accepts(TestTokens.good("HS256").header("kid", "mac").hs256(TestKeys.SECRET));
        door.refuses(
                TestTokens.good("ES256").header("kid", "rsa").sign(P1363, Door.EC.getPrivate()),
                Reason.WRONG_ALGORITHM);
        door.refuses(TestTokens.good("RS256").header("kid", "ec").rs256(Door.RSA.getPrivate()), Reason.WRONG_ALGORITHM);
        door.refuses(TestTokens.good("HS256").header("kid", "rsa").hs256(TestKeys.SECRET), Reason.WRONG_ALGORITHM);
        door.refuses(
                TestTokens.good("RS256").header("kid", "rsa").sign(P1363, Door.EC.getPrivate()), Reason.BAD_SIGNATURE);
        door.refuses(TestTokens.good("ES256").header("kid", "ec").rs256(Door.RSA.getPrivate()), Reason.BAD_SIGNATURE);
        door.accepts(TestTokens.good("RS256").rs256(Door.RSA.getPrivate()));
        door.refuses(TestTokens.good("PS256").rs256(Door.RSA.getPrivate()), Reason.UNKNOWN_KEY);
    }

    @Test
    @DisplayName("B12: a PSS signature under RS256 and a PKCS#1 signature under PS256 are refused")
    void pssAndPkcs1() {
        Door rs = Door.rsa(Algorithm.RS256);
        Door ps = Door.rsa(Algorithm.PS256);

        rs.accepts(Door.goodRs256());
        ps.accepts(Forgery.pss(Door.token("PS256"), Door.RSA, "SHA-256", "SHA-256", 32));
        rs.refuses(Forgery.pss(Door.token("RS256"), Door.RSA, "SHA-256", "SHA-256", 32), Reason.BAD_SIGNATURE);
        ps.refuses(Door.token("PS256").rs256(Door.RSA.getPrivate()), Reason.BAD_SIGNATURE);
    }

    @ParameterizedTest
    @DisplayName("B13: a signature with another hash than the alg's is refused")
    @ValueSource(strings = {"SHA1withRSA", "SHA224withRSA", "SHA384withRSA", "SHA512withRSA", "MD5withRSA"})
    void otherHash(String jcaAlgorithm) {
        Door door = Door.rsa(Algorithm.RS256);

        door.accepts(Door.goodRs256());
        door.refuses(Door.token("RS256").sign(jcaAlgorithm, Door.RSA.getPrivate()), Reason.BAD_SIGNATURE);
    }

    @Test
    @DisplayName("B13: an EC or HMAC signature with another hash than the alg's is refused")
    void otherHashEcAndHmac() {
        Door.es256().accepts(Door.goodEs256());
        Door.es256()
                .refuses(
                        Door.token("ES256").sign("SHA384withECDSAinP1363Format", Door.EC.getPrivate()),
                        Reason.BAD_SIGNATURE);
        Door.hs256().accepts(Door.goodHs256());
        Door.hs256()
                .refuses(
                        TestTokens.good("HS256").hmac("SHA512", TestKeys.SECRET.getBytes(UTF_8)), Reason.BAD_SIGNATURE);
        Door.hs256()
                .refuses(
                        TestTokens.good("HS512").hmac("SHA512", TestKeys.SECRET.getBytes(UTF_8)),
                        Reason.WRONG_ALGORITHM);
    }

    @Test
    @DisplayName("B14: a key whose JWK says PS512 takes no correct RS256 by the same modulus")
    void declaredAlgorithm() {
        Door door = Door.of("{" + TestKeys.jwkMembers(Door.RSA) + ",\"kid\":\"key-1\",\"alg\":\"PS512\"}");

        door.accepts(Forgery.pss(Door.token("PS512"), Door.RSA, "SHA-512", "SHA-512", 64));
        door.refuses(Door.goodRs256(), Reason.WRONG_ALGORITHM);
    }

    @ParameterizedTest
    @DisplayName("B15: a key that is meant for encryption verifies nothing, though it signed correctly")
    @ValueSource(
            strings = {
                "\"use\":\"enc\"",
                "\"key_ops\":[\"encrypt\"]",
                "\"key_ops\":[\"wrapKey\",\"unwrapKey\"]",
                "\"key_ops\":[]"
            })
    void encryptionKey(String purpose) {
        KeyPair other = TestKeys.rsa("encryption");
        String signed = TestTokens.good("RS256").header("kid", "enc-1").rs256(other.getPrivate());
        String signing = "{" + TestKeys.jwkMembers(Door.RSA) + ",\"kid\":\"key-1\"}";
        String encrypting = "{" + TestKeys.jwkMembers(other) + ",\"kid\":\"enc-1\"";

        Door.of(encrypting + ",\"use\":\"sig\"}").accepts(signed);
        Door.of(encrypting + ",\"key_ops\":[\"verify\"]}").accepts(signed);
        Door door = Door.of("{\"keys\":[" + encrypting + "," + purpose + "}," + signing + "]}");
        door.accepts(Door.goodRs256());
        door.refuses(signed, Reason.UNKNOWN_KEY);
        assertThatThrownBy(() -> Door.of(encrypting + "," + purpose + "}"))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessage("holds no key for signatures");
    }

    @Test
    @DisplayName("B16: a real five-part JWE to our own public key round an unsecured token is refused")
    void encryptedWrapper() throws JoseException {
        Door door = Door.rsa(Algorithm.RS256);
        JsonWebEncryption jwe = new JsonWebEncryption();
        jwe.setPlaintext(Parts.base64url("{\"alg\":\"none\"}") + "."
                + Parts.of(Door.goodRs256()).payload() + ".");
        jwe.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.RSA_OAEP_256);
        jwe.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_128_GCM);
        jwe.setKeyIdHeaderValue(Door.KID);
        jwe.setContentTypeHeaderValue("JWT");
        jwe.setKey(Door.RSA.getPublic());
        String token = jwe.getCompactSerialization();

        assertThat(token.split("\\.", -1)).hasSize(5);
        door.accepts(Door.goodRs256());
        door.refuses(token, Reason.MALFORMED_TOKEN);
        door.refuses(Parts.of(token).signingInput() + "." + Parts.of(token).signature(), Reason.UNSUPPORTED_HEADER);
    }
}
