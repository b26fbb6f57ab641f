package dev.latchkey.aws;

import static dev.latchkey.testing.TestKeys.OTHER_SECRET;
import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.testing.LeakGuard;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

@DisplayName("Secrets Manager, over an emulator,")
@ExtendWith(OverEmulator.class)
class SecretsManagerSourceTest {

    private final String name = "latchkey/" + UUID.randomUUID();
    private final SecretsManagerClient aws = SecretsManagerClient.create();
    private final SecretsManagerSource source = new SecretsManagerSource();

    @Test
    @DisplayName("gives the current value by name and by ARN")
    void nameAndArn() {
        String arn = aws.createSecret(create -> create.name(name).secretString(SECRET))
                .arn();

        assertThat(source.read(name)).isEqualTo(SECRET);
        assertThat(source.read(arn)).isEqualTo(SECRET);
    }

    @Test
    @DisplayName("gives the value of the moment, each time")
    void changedValue() {
        aws.createSecret(create -> create.name(name).secretString(SECRET));
        assertThat(source.read(name)).isEqualTo(SECRET);

        aws.putSecretValue(put -> put.secretId(name).secretString(OTHER_SECRET));

        assertThat(source.read(name)).isEqualTo(OTHER_SECRET);
    }

    @Test
    @DisplayName("K6: never gives the pending value, before it becomes the current one")
    void pendingValue() {
        aws.createSecret(create -> create.name(name).secretString(SECRET));

        String pending = aws.putSecretValue(
                        put -> put.secretId(name).secretString(OTHER_SECRET).versionStages("AWSPENDING"))
                .versionId();

        assertThat(source.read(name)).isEqualTo(SECRET);

        String current = aws.getSecretValue(get -> get.secretId(name)).versionId();
        aws.updateSecretVersionStage(move -> move.secretId(name)
                .versionStage("AWSCURRENT")
                .moveToVersionId(pending)
                .removeFromVersionId(current));
        assertThat(source.read(name)).isEqualTo(OTHER_SECRET);
    }

    @Test
    @DisplayName("K3: makes an error of a secret that does not exist")
    void missing() {
        assertUnavailable("ResourceNotFoundException");
    }

    @Test
    @DisplayName("K3: makes an error of a secret that is being deleted")
    void deleted() {
        aws.createSecret(create -> create.name(name).secretString(SECRET));
        aws.deleteSecret(delete -> delete.secretId(name));

        assertUnavailable("InvalidRequestException");
    }

    @Test
    @DisplayName("K4: makes an error of a binary secret")
    void binary() {
        aws.createSecret(create -> create.name(name).secretBinary(SdkBytes.fromUtf8String(SECRET)));

        assertUnavailable("is binary; it must be text");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("gives the value as it stands, whatever it holds")
    @ValueSource(strings = {" with white space\n", "{\"key\":\"value\"}", "\u00e9\ud83d\udd11"})
    void asItStands(String value) {
        aws.createSecret(create -> create.name(name).secretString(value));

        assertThat(source.read(name)).isEqualTo(value);
    }

    private void assertUnavailable(String why) {
        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> source.read(name))
                .withMessageContaining(name)
                .withMessageContaining(why)
                .satisfies(
                        e -> assertThat(LeakGuard.leaks(e + " " + e.getCause())).isFalse());
    }
}
