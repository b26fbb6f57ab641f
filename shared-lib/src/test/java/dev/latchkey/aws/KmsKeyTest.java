package dev.latchkey.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.InvalidKeyMaterialException;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.ManagedKey;
import dev.latchkey.keys.ManagedKeyPair;
import dev.latchkey.testing.SignedTexts;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

@ExtendWith(OverEmulator.class)
@DisplayName("A key of AWS KMS, over an emulator,")
class KmsKeyTest {

    private final KmsClient kms = KmsClient.create();
    private final SigningKeySources sources = new SigningKeySources();

    @ParameterizedTest(name = "{1} with {0}")
    @DisplayName("signs by each algorithm of its kind but PSS, whose salt the emulator has too long")
    @CsvSource({
        "RSA_2048,RS256", "RSA_3072,RS384", "RSA_2048,RS512",
        "ECC_NIST_P256,ES256", "ECC_NIST_P384,ES384", "ECC_NIST_P521,ES512"
    })
    void signs(KeySpec spec, Algorithm algorithm) {
        ManagedKey key = sources.managedKey(create(spec, KeyUsageType.SIGN_VERIFY));

        ManagedKeyPair pair = ManagedKeyPair.of(key, algorithm);
        JsonObject claims = new JsonObjectBuilder().put("sub", "cus_1").build();

        assertThat(isSigned(pair, claims)).isTrue();
    }

    @Test
    @DisplayName("is found by its id, its ARN and an alias, and an alias is followed once")
    void names() {
        String first = create(KeySpec.ECC_NIST_P256, KeyUsageType.SIGN_VERIFY);
        String second = create(KeySpec.ECC_NIST_P256, KeyUsageType.SIGN_VERIFY);
        String arn =
                kms.describeKey(describe -> describe.keyId(first)).keyMetadata().arn();
        String alias = "alias/latchkey-" + UUID.randomUUID();
        kms.createAlias(create -> create.aliasName(alias).targetKeyId(first));
        ManagedKey byAlias = sources.managedKey(alias);

        assertThat(byAlias.publicKey()).isEqualTo(sources.managedKey(first).publicKey());
        assertThat(sources.managedKey(arn).publicKey()).isEqualTo(byAlias.publicKey());

        kms.updateAlias(update -> update.aliasName(alias).targetKeyId(second));
        assertThat(isSigned(ManagedKeyPair.of(byAlias, null), new JsonObject(Map.of())))
                .isTrue();
        assertThat(sources.managedKey(alias).publicKey())
                .isEqualTo(sources.managedKey(second).publicKey());
    }

    @Test
    @DisplayName("K3: that is not there is an error that names the remedy")
    void missing() {
        assertGone("alias/none", "the KMS key alias/none is not there. Set PLUGIN_JWT_KMS_KEY_ID to a key");
    }

    @Test
    @DisplayName("K3: that is for another use, or of another kind, is an error that tells what to create")
    void otherUse() {
        assertGone(create(KeySpec.RSA_2048, KeyUsageType.ENCRYPT_DECRYPT), "Create one with --key-usage SIGN_VERIFY");
        ManagedKey other = sources.managedKey(create(KeySpec.ECC_SECG_P256_K1, KeyUsageType.SIGN_VERIFY));
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> ManagedKeyPair.of(other, null))
                .withMessageContaining("EC on P-256, P-384 or P-521");
    }

    private static boolean isSigned(ManagedKeyPair pair, JsonObject claims) {
        return SignedTexts.isSignedBy(
                new KeySet(List.of(pair.verifying())), pair.signing().sign(claims));
    }

    private void assertGone(String id, String message) {
        assertThatExceptionOfType(InvalidKeyMaterialException.class)
                .isThrownBy(() -> sources.managedKey(id))
                .withMessageContaining(message);
    }

    private String create(KeySpec spec, KeyUsageType usage) {
        return kms.createKey(create -> create.keySpec(spec).keyUsage(usage))
                .keyMetadata()
                .keyId();
    }
}
