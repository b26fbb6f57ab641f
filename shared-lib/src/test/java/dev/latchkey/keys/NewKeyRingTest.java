package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.testing.Door;
import dev.latchkey.testing.TestKeys;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A new key ring")
class NewKeyRingTest {

    private static final String SECRETS = "{\"keys\":[{" + TestKeys.jwkMembers(TestKeys.SECRET) + ",\"x\":\"y\"}]}";

    @ParameterizedTest(name = "{0}")
    @DisplayName("signs with its algorithm, and what it gives the authorizer verifies that")
    @EnumSource(names = {"HS512", "RS256", "ES256", "ES384", "ES512", "EdDSA"})
    void signsAndVerifies(Algorithm algorithm) {
        NewKeyRing ring = NewKeyRing.of(algorithm);
        SigningKey signing = KeyRing.read(ring.secretText()).signingKey(null, null);
        KeySet verifying = KeyRing.read(ring.verifyingText()).keySet(List.of(), null);

        assertThat(signing.algorithm()).isEqualTo(algorithm);
        assertThat(verifying.keys()).singleElement().satisfies(key -> {
            assertThat(key.algorithm()).isEqualTo(algorithm);
            assertThat(key.kid()).isPresent().isEqualTo(signing.kid());
        });
        assertThat(ring).hasToString("new key ring " + signing.kid().orElseThrow());
    }

    @Test
    @DisplayName("I7: gives the authorizer no private key, and a secret only where there is nothing else")
    void publicHalves() {
        String ring = "{\"keys\":[{" + TestKeys.privateJwkMembers(Door.RSA) + ",\"kid\":\"a\",\"status\":\"active\"}]}";

        assertThat(NewKeyRing.publicText(ring)).isEqualTo(NewKeyRing.verifyingText(ring));
        assertThat(KeyRing.read(NewKeyRing.publicText(ring)).holdsPrivateKeys()).isFalse();
        assertThat(KeyRing.read(NewKeyRing.publicText(ring))
                        .keySet(List.of(), null)
                        .find("a"))
                .isPresent();
        assertThat(NewKeyRing.verifyingText(" " + SECRETS + "\n")).isEqualTo(SECRETS);
    }

    @Test
    @DisplayName("I7: has no public text where all its keys are secrets, or where it is no ring")
    void noPublicHalves() {
        assertThatThrownBy(() -> NewKeyRing.publicText(SECRETS))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessage("holds a secret, which has no public half. The authorizer needs the ring itself");
        for (String text : List.of("", "x", "[]")) {
            assertThatThrownBy(() -> NewKeyRing.publicText(text))
                    .isInstanceOf(InvalidKeyMaterialException.class)
                    .hasMessage("is not a key ring in JSON");
        }
        assertThatThrownBy(() -> NewKeyRing.publicText("{}"))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessageContaining("neither a JWK (member kty) nor a JWK Set");
    }
}
