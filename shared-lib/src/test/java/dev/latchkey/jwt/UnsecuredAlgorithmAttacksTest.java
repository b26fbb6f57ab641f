package dev.latchkey.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.json.JsonValue;
import dev.latchkey.json.JsonValue.JsonNumber;
import dev.latchkey.json.JsonValue.JsonString;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.Forgery;
import dev.latchkey.testing.Parts;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A: Unsecured and unknown algorithms")
class UnsecuredAlgorithmAttacksTest {

    private final Door door = Door.rsa(Algorithm.RS256);
    private final String good = Door.goodRs256();

    @Test
    @DisplayName("A1: alg none with an empty signature is refused, with a public key and with a secret behind the door")
    void noneWithoutSignature() {
        door.accepts(good);
        door.refuses(unsigned("{\"alg\":\"none\"}"), Reason.WRONG_ALGORITHM);

        Door.hs256().accepts(Door.goodHs256());
        Door.hs256().refuses(unsigned("{\"alg\":\"none\"}"), Reason.WRONG_ALGORITHM);
    }

    @Test
    @DisplayName("A2: alg none with the old signature kept is refused")
    void noneWithOldSignature() {
        door.accepts(good);
        door.refuses(Parts.of(good).withHeader("{\"alg\":\"none\",\"typ\":\"JWT\"}"), Reason.WRONG_ALGORITHM);
    }

    @ParameterizedTest
    @DisplayName("A3: alg none in other cases is refused")
    @ValueSource(strings = {"None", "NONE", "nOnE"})
    void noneInOtherCases(String none) {
        door.accepts(good);
        door.refuses(unsigned("{\"alg\":\"" + none + "\"}"), Reason.WRONG_ALGORITHM);
        assertThat(Algorithm.named(none)).isEmpty();
        assertThat(Algorithm.namedInAnyCase(none)).isEmpty();
    }

    @Test
    @DisplayName("A4: alg none with the right kid is refused")
    void noneWithKid() {
        door.accepts(good);
        Verification.Rejected rejected =
                door.refuses(unsigned("{\"alg\":\"none\",\"kid\":\"key-1\"}"), Reason.WRONG_ALGORITHM);
        assertThat(rejected.kid()).contains(Door.KID);
    }

    @Test
    @DisplayName("A5: a header without alg is refused, unsigned and correctly signed")
    void withoutAlg() {
        door.accepts(good);
        String signed = Door.token("RS256").withoutHeader("alg").rs256(Door.RSA.getPrivate());
        door.refuses(signed, Reason.MALFORMED_HEADER);
        door.refuses(Parts.of(signed).signingInput() + ".", Reason.MALFORMED_HEADER);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("A5: an alg that is empty or of another type is refused, unsigned and correctly signed")
    @MethodSource("oddAlgs")
    void oddAlg(JsonValue alg, Reason reason) {
        door.accepts(good);
        String signed = Door.token("RS256").header("alg", alg).rs256(Door.RSA.getPrivate());
        door.refuses(signed, reason);
        door.refuses(Parts.of(signed).signingInput() + ".", reason);
    }

    static Stream<Arguments> oddAlgs() {
        return Stream.of(
                Arguments.of(new JsonString(""), Reason.WRONG_ALGORITHM),
                Arguments.of(JsonValue.NULL, Reason.MALFORMED_HEADER),
                Arguments.of(JsonNumber.of(256), Reason.MALFORMED_HEADER),
                Arguments.of(new JsonValue.JsonArray(List.of(new JsonString("RS256"))), Reason.MALFORMED_HEADER));
    }

    @ParameterizedTest
    @DisplayName("A6: an unknown alg with a correct signature of the nearest real one is refused")
    @ValueSource(strings = {"HS1", "RS1", "ES256K", "foo", "rs256", "RS256 ", "RS2567"})
    void unknownAlg(String alg) {
        door.accepts(good);
        door.refuses(Door.token(alg).rs256(Door.RSA.getPrivate()), Reason.WRONG_ALGORITHM);
        Door.hs256().accepts(Door.goodHs256());
        Door.hs256().refuses(TestTokens.good(alg).hs256(TestKeys.SECRET), Reason.WRONG_ALGORITHM);
        Door.es256().accepts(Door.goodEs256());
        Door.es256()
                .refuses(
                        Door.token(alg).sign("SHA256withECDSAinP1363Format", Door.EC.getPrivate()),
                        Reason.WRONG_ALGORITHM);
    }

    @Test
    @DisplayName("A7: known algorithms other than the key's are refused, though correctly signed by some other key")
    void otherKnownAlgs() {
        door.accepts(good);
        door.refuses(Door.token("HS256").hs256(TestKeys.SECRET), Reason.WRONG_ALGORITHM);
        door.refuses(
                Door.token("ES256").sign("SHA256withECDSAinP1363Format", Door.EC.getPrivate()), Reason.WRONG_ALGORITHM);
        door.refuses(Forgery.pss(Door.token("PS256"), Door.RSA, "SHA-256", "SHA-256", 32), Reason.WRONG_ALGORITHM);
    }

    @Test
    @DisplayName("A7: a key whose alg is outside of the allow-list stops the start")
    void keyOutsideOfAllowList() {
        String keys = "{\"keys\":[{" + TestKeys.jwkMembers(Door.RSA) + ",\"kid\":\"key-1\",\"alg\":\"RS256\"},{"
                + TestKeys.jwkMembers(TestKeys.SECRET) + ",\"kid\":\"key-2\",\"alg\":\"HS256\"}]}";

        Door both = Door.of(keys, Algorithm.RS256, Algorithm.HS256);
        both.accepts(good);
        both.accepts(TestTokens.good("HS256").header("kid", "key-2").hs256(TestKeys.SECRET));
        assertThatThrownBy(() -> Door.of(keys, Algorithm.RS256))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessage("key key-2 is for HS256, which is not among the allowed [RS256]");
    }

    @Test
    @DisplayName("A8: an empty allow-list leaves each key its one algorithm and never means all")
    void emptyAllowList() {
        Door open = Door.of("{" + TestKeys.jwkMembers(Door.RSA) + "}");

        open.accepts(good);
        open.refuses(Door.token("RS384").sign("SHA384withRSA", Door.RSA.getPrivate()), Reason.WRONG_ALGORITHM);
        open.refuses(Forgery.pss(Door.token("PS256"), Door.RSA, "SHA-256", "SHA-256", 32), Reason.WRONG_ALGORITHM);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("A9: a token whose signature is stripped is refused")
    @CsvSource({"HS256", "RS256", "ES256"})
    void strippedSignature(String alg) {
        Door itsDoor = alg.equals("HS256") ? Door.hs256() : alg.equals("RS256") ? door : Door.es256();
        String token = alg.equals("HS256") ? Door.goodHs256() : alg.equals("RS256") ? good : Door.goodEs256();

        itsDoor.accepts(token);
        itsDoor.refuses(Parts.of(token).signingInput() + ".", Reason.BAD_SIGNATURE);
        itsDoor.refuses(Parts.of(token).signingInput(), Reason.MALFORMED_TOKEN);
    }

    private String unsigned(String header) {
        return Parts.base64url(header) + "." + Parts.of(good).payload() + ".";
    }
}
