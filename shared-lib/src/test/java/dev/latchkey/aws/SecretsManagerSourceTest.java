package dev.latchkey.aws;

import static dev.latchkey.testing.TestKeys.SECRET;

import dev.latchkey.config.SecretSource;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

@DisplayName("Secrets Manager, over an emulator,")
class SecretsManagerSourceTest implements SecretSourceContract {

    private final String name = "latchkey/" + UUID.randomUUID();
    private final SecretsManagerClient aws = SecretsManagerClient.create();
    private final SecretsManagerSource source = new SecretsManagerSource();

    @Test
    @DisplayName("K3: makes an error of a secret that does not exist")
    void missing() {
        assertUnavailable(source, "ResourceNotFoundException");
    }

    @Test
    @DisplayName("K3: makes an error of a secret that is being deleted")
    void deleted() {
        aws.createSecret(create -> create.name(name).secretString(SECRET));
        aws.deleteSecret(delete -> delete.secretId(name));

        assertUnavailable(source, "InvalidRequestException");
    }

    @Test
    @DisplayName("K4: makes an error of a binary secret")
    void binary() {
        storeBinary();

        assertUnavailable(source, "is binary; it must be text");
    }

    @Override
    public SecretSource source() {
        return source;
    }

    @Override
    public SecretsManagerClient aws() {
        return aws;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String unreadable() {
        return "the secret " + name + " ";
    }
}
