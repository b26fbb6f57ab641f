package dev.latchkey.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.SecretSource;
import dev.latchkey.config.SecretsExtension;
import dev.latchkey.testing.HostileKeyServer;
import dev.latchkey.testing.LeakGuard;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

@DisplayName("Secrets Manager, by its extension,")
class SecretsExtensionSourceTest implements SecretSourceContract {

    private static final int LARGEST_SECRET = 65_536;
    private static final String TOKEN = LeakGuard.secret("IQoJb3JpZ2luX2VjEXAMPLEofanotherTOKEN");

    private final String name = "latchkey/a+b=c@d_e.f-" + UUID.randomUUID();
    private final SecretsManagerClient aws = SecretsManagerClient.create();
    private final ExtensionOverEmulator extension;
    private final SecretsExtensionSource source;

    SecretsExtensionSourceTest() throws IOException {
        extension = ExtensionOverEmulator.start();
        source = new SecretsExtensionSource(extension.extension());
    }

    @AfterEach
    void close() {
        extension.close();
    }

    @Test
    @DisplayName("gives the value as it stands, up to the largest there is")
    void theLargest() {
        String largest = " \n\"\u00e9\ud83d\udd11" + "\u0001".repeat(LARGEST_SECRET - 10);
        aws.createSecret(create -> create.name(name).secretString(largest));

        assertThat(source.read(name)).isEqualTo(largest);
    }

    @Test
    @DisplayName("K3, K4: makes an error of a secret that does not exist, and of a binary one")
    void missingOrBinary() {
        assertUnavailable(source, "got status 404");

        storeBinary();
        assertUnavailable(source, "has no SecretString; the secret must be text");
    }

    @Test
    @DisplayName("makes an error of a token that is refused")
    void wrongToken() {
        assertUnavailable(new SecretsExtensionSource(extension.withAnotherToken()), "got status 403");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("makes an error of an answer that is not a secret's")
    @ValueSource(strings = {"", "not ready to serve traffic, please wait", "[]", "{}", "{\"SecretString\":null}"})
    void otherAnswers(String body) throws IOException {
        try (HostileKeyServer server = new HostileKeyServer()) {
            server.answers(HostileKeyServer.status(200, body));

            assertUnavailable(at(server), "answer");
        }
    }

    @Test
    @DisplayName("makes an error of an answer that is too long, or does not end")
    void unbounded() throws IOException {
        try (HostileKeyServer server = new HostileKeyServer()) {
            server.answers(HostileKeyServer.status(200, "{\"SecretString\":\"" + "a".repeat(400 * 1024) + "\"}"));
            assertUnavailable(at(server), "got more than 409600 bytes");

            server.answers(server.dribbling("HTTP/1.1 200 OK\r\n\r\n", ' '));
            long start = System.nanoTime();
            assertUnavailable(at(server), "no whole answer within 3000 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(8));
        }
    }

    @Test
    @DisplayName("makes an error where nobody listens")
    void nobodyListens() {
        extension.close();

        assertUnavailable(source, "got java.net.ConnectException");
    }

    private static SecretsExtensionSource at(HostileKeyServer server) {
        return new SecretsExtensionSource(
                new SecretsExtension(URI.create(server.uri()).getPort(), TOKEN));
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
        return "the secret " + name + " cannot be read by the Secrets extension: ";
    }
}
