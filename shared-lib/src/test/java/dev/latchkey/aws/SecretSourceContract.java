package dev.latchkey.aws;

import static dev.latchkey.testing.TestKeys.OTHER_SECRET;
import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.config.SecretSource;
import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.testing.LeakGuard;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What whoever reads secrets of Secrets Manager does, tried over the emulator. */
@ExtendWith(OverEmulator.class)
interface SecretSourceContract {

    /** The one that is tried. */
    SecretSource source();

    /** Who writes the secrets. */
    SecretsManagerClient aws();

    /** A name that no secret has yet. */
    String name();

    /** What the message begins with where the secret cannot be read. */
    String unreadable();

    @Test
    @DisplayName("gives the current value by name and by ARN")
    default void nameAndArn() {
        String arn = aws().createSecret(create -> create.name(name()).secretString(SECRET))
                .arn();

        assertThat(source().read(name())).isEqualTo(SECRET);
        assertThat(source().read(arn)).isEqualTo(SECRET);
    }

    @Test
    @DisplayName("gives the value of the moment, each time")
    default void changedValue() {
        aws().createSecret(create -> create.name(name()).secretString(SECRET));
        assertThat(source().read(name())).isEqualTo(SECRET);

        aws().putSecretValue(put -> put.secretId(name()).secretString(OTHER_SECRET));

        assertThat(source().read(name())).isEqualTo(OTHER_SECRET);
    }

    @Test
    @DisplayName("K6: never gives the pending value, before it becomes the current one")
    default void pendingValue() {
        aws().createSecret(create -> create.name(name()).secretString(SECRET));

        String pending = aws().putSecretValue(
                        put -> put.secretId(name()).secretString(OTHER_SECRET).versionStages("AWSPENDING"))
                .versionId();

        assertThat(source().read(name())).isEqualTo(SECRET);

        String current = aws().getSecretValue(get -> get.secretId(name())).versionId();
        aws().updateSecretVersionStage(move -> move.secretId(name())
                .versionStage("AWSCURRENT")
                .moveToVersionId(pending)
                .removeFromVersionId(current));
        assertThat(source().read(name())).isEqualTo(OTHER_SECRET);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("gives the value as it stands, whatever it holds")
    @ValueSource(strings = {" with white space\n", "{\"key\":\"value\"}", "\u00e9\ud83d\udd11"})
    default void asItStands(String value) {
        aws().createSecret(create -> create.name(name()).secretString(value));

        assertThat(source().read(name())).isEqualTo(value);
    }

    /** Stores a secret of bytes in the place of a text. */
    default void storeBinary() {
        aws().createSecret(create -> create.name(name()).secretBinary(SdkBytes.fromUtf8String(SECRET)));
    }

    /** Asserts that a source cannot read the secret, and tells why without a piece of it. */
    default void assertUnavailable(SecretSource from, String why) {
        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> from.read(name()))
                .withMessageStartingWith(unreadable())
                .withMessageContaining(name())
                .withMessageContaining(why)
                .satisfies(
                        e -> assertThat(LeakGuard.leaks(e + " " + e.getCause())).isFalse());
    }
}
