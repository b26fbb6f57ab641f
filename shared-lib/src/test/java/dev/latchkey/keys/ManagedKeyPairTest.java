package dev.latchkey.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.testing.KeptKey;
import dev.latchkey.testing.SignedTexts;
import dev.latchkey.testing.TestKeys;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A key pair that is kept elsewhere")
class ManagedKeyPairTest {

    private static final KeyPair RSA = TestKeys.rsa("managed");
    private static final KeyPair EC = TestKeys.ec("managed", 256);

    @Test
    @DisplayName("signs by the usual algorithm of its kind, and has its thumbprint as key id")
    void usual() {
        ManagedKeyPair pair = ManagedKeyPair.of(kept(EC), null);

        String token = pair.signing().sign(new JsonObject(Map.of()));

        assertThat(pair.signing().algorithm()).isEqualTo(Algorithm.ES256);
        assertThat(pair.signing().kid()).isEqualTo(KeyId.thumbprint(EC.getPublic()));
        assertThat(pair.verifying().kid()).isEqualTo(pair.signing().kid());
        assertThat(SignedTexts.isSignedBy(new KeySet(List.of(pair.verifying())), token))
                .isTrue();
        assertThat(ManagedKeyPair.of(kept(RSA), null).verifying().algorithm()).isEqualTo(Algorithm.RS256);
    }

    @Test
    @DisplayName("signs and verifies by the wanted algorithm alone")
    void wanted() {
        ManagedKeyPair pair = ManagedKeyPair.of(kept(RSA), Algorithm.PS384);

        assertThat(pair.signing().algorithm()).isEqualTo(Algorithm.PS384);
        assertThat(pair.verifying().algorithm()).isEqualTo(Algorithm.PS384);
    }

    @Test
    @DisplayName("L10: refuses an algorithm that does not fit it, and a key that signs no JWTs")
    void unusable() {
        assertThat(ManagedKeyPair.fits(kept(EC), Algorithm.RS256)).isFalse();
        assertThat(ManagedKeyPair.fits(kept(EC), Algorithm.ES256)).isTrue();
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> ManagedKeyPair.of(kept(EC), Algorithm.RS256))
                .withMessageContaining("RS256 needs an RSA key");
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> ManagedKeyPair.of(kept(TestKeys.rsa("small", 1024)), null))
                .withMessageContaining("2048");
    }

    @Test
    @DisplayName("K3: tells of a service that does not sign as of keys that cannot be had")
    void notSigned() {
        ManagedKey down = new ManagedKey() {
            @Override
            public PublicKey publicKey() {
                return RSA.getPublic();
            }

            @Override
            public byte[] sign(Algorithm algorithm, byte[] message) {
                throw new KeysUnavailableException("the service is down", null);
            }
        };
        SigningKey signing = ManagedKeyPair.of(down, null).signing();

        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> signing.sign(new JsonObject(Map.of())))
                .withMessage("the service is down");
    }

    private static ManagedKey kept(KeyPair pair) {
        return new KeptKey(pair);
    }
}
