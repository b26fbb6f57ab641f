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

@DisplayName("A ring of keys that are kept elsewhere")
class ManagedRingTest {

    private static final KeyPair RSA = TestKeys.rsa("managed");
    private static final KeyPair EC = TestKeys.ec("managed", 256);

    @Test
    @DisplayName("signs with the first key, and verifies with all, each by its thumbprint")
    void firstSigns() {
        ManagedRing ring = ManagedRing.of(List.of(kept(EC), kept(RSA)), null);

        String token = ring.signing().sign(new JsonObject(Map.of()));

        assertThat(ring.signing().algorithm()).isEqualTo(Algorithm.ES256);
        assertThat(ring.signing().kid()).isEqualTo(KeyId.thumbprint(EC.getPublic()));
        assertThat(SignedTexts.isSignedBy(ring.keys(), token)).isTrue();
        assertThat(ring.keys().find(KeyId.thumbprint(RSA.getPublic()).orElseThrow()))
                .get()
                .extracting(VerificationKey::algorithm)
                .isEqualTo(Algorithm.RS256);
    }

    @Test
    @DisplayName("gives the wanted algorithm to each key that it fits")
    void wantedAlgorithm() {
        ManagedRing ring = ManagedRing.of(List.of(kept(RSA), kept(EC)), Algorithm.PS384);

        assertThat(ring.signing().algorithm()).isEqualTo(Algorithm.PS384);
        assertThat(ring.keys().keys())
                .extracting(VerificationKey::algorithm)
                .containsExactly(Algorithm.PS384, Algorithm.ES256);
    }

    @Test
    @DisplayName("L10: refuses a first key that the wanted algorithm does not fit")
    void firstMustFit() {
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> ManagedRing.of(List.of(kept(EC), kept(RSA)), Algorithm.RS256))
                .withMessageContaining("RS256 needs an RSA key");
    }

    @Test
    @DisplayName("refuses a key that is named twice, and one that signs no JWTs")
    void twiceOrUnusable() {
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> ManagedRing.of(List.of(kept(RSA), kept(RSA)), null))
                .withMessageContaining("names one key twice");
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> ManagedRing.of(List.of(kept(TestKeys.rsa("small", 1024))), null))
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
        SigningKey signing = ManagedRing.of(List.of(down), null).signing();

        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> signing.sign(new JsonObject(Map.of())))
                .withMessage("the service is down");
    }

    private static ManagedKey kept(KeyPair pair) {
        return new KeptKey(pair);
    }
}
