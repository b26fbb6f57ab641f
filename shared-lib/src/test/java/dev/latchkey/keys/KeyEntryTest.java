package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.jwt.Reason;
import dev.latchkey.testing.Door;
import dev.latchkey.testing.TestTokens;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A key in a text")
class KeyEntryTest {

    @Test
    @DisplayName("L10: of a kind that no algorithm is for, as a certificate may hold it, verifies nothing")
    void otherKind() throws GeneralSecurityException {
        PublicKey key = KeyPairGenerator.getInstance("Ed448").generateKeyPair().getPublic();
        KeyEntry entry = new KeyEntry(null, null, null, key, null);

        assertThatThrownBy(() -> entry.verifyingAlgorithm(List.of()))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessage("is a key of a kind that is not supported");
        assertThatThrownBy(() -> entry.verifyingAlgorithm(List.of(Algorithm.EdDSA)))
                .isInstanceOf(InvalidKeyMaterialException.class)
                .hasMessageStartingWith("EdDSA needs an Ed25519 key, got a key of type");
    }

    @Test
    @DisplayName("is shown by its kid only")
    void shown() {
        assertThat(new KeyEntry("a", null, null, null, null)).hasToString("key a");
        assertThat(new KeyEntry(null, null, null, null, null)).hasToString("key without kid");
    }

    @Test
    @DisplayName("in a set without keys is not found, under whichever kid")
    void noKeys() {
        assertThat(KeySet.none().keys()).isEmpty();
        Door.of(KeySet.none()).refuses(Door.goodHs256(), Reason.UNKNOWN_KEY);
        Door.of(KeySet.none())
                .refuses(TestTokens.good("HS256").header("kid", "a").hs256("x"), Reason.UNKNOWN_KEY);
    }
}
