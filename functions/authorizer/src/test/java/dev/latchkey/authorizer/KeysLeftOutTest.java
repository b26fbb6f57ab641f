package dev.latchkey.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.HostileKeyServer;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Keys that are left out of a set")
class KeysLeftOutTest {

    private static final KeyPair KEY = TestKeys.rsa("left-out");
    private static final String GOOD = HostileKeyServer.rsa("k1", KEY);
    private static final String FOR_ENCRYPTION = "{" + TestKeys.jwkMembers(KEY) + ",\"kid\":\"e1\",\"use\":\"enc\"}";
    private static final String ODD = "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"kid\":\"b1\",\"x\":\"AA\",\"y\":\"AA\"}";

    private HostileKeyServer server;

    @BeforeEach
    void start() throws IOException {
        server = new HostileKeyServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    @DisplayName("are told with the reason, once for each change of them, though others are usable")
    void toldOnce() {
        server.answers(HostileKeyServer.keys(GOOD, FOR_ENCRYPTION));
        TestAuthorizer authorizer = TestAuthorizer.of(Map.of("JWKS_URI", server.uri()));
        assertThat(told(authorizer))
                .singleElement()
                .asString()
                .contains(
                        "\"level\":\"WARN\"",
                        "\"origin\":\"" + server.uri() + "\"",
                        "\"leftOut\":[\"key 2 with the kid e1: is for encryption\"]");

        again(authorizer);
        assertThat(told(authorizer)).hasSize(1);
        server.answers(HostileKeyServer.keys(ODD, GOOD));
        again(authorizer);
        assertThat(told(authorizer))
                .hasSize(2)
                .last()
                .asString()
                .contains("key 1 with the kid b1: it has a kty or crv");
        server.answers(HostileKeyServer.keys(GOOD));
        again(authorizer);
        assertThat(told(authorizer)).hasSize(3).last().asString().contains("\"level\":\"INFO\"", "\"leftOut\":[]");
    }

    @Test
    @DisplayName("of a set that was copied into the settings take no usable one with them, whatever they are")
    void copied() {
        String set = "{\"keys\":[" + String.join(",", ODD, GOOD, FOR_ENCRYPTION, GOOD, "1") + "]}";
        for (Map<String, String> settings : List.of(
                Map.of("JWT_VERIFY_KEY", set),
                Map.of(
                        "JWT_ISSUERS",
                        "[{\"issuer\":\"https://a.example\",\"audience\":\"*\",\"verify_key\":\""
                                + set.replace("\"", "\\\"") + "\"}]"))) {
            TestAuthorizer authorizer = TestAuthorizer.of(settings);
            TestTokens token = TestTokens.good("RS256").header("kid", "k1");
            token = settings.containsKey("JWT_ISSUERS") ? token.claim("iss", "https://a.example") : token;

            assertThat(TestAuthorizer.effect(authorizer.token(token.rs256(KEY.getPrivate()))))
                    .isEqualTo("Allow");
            assertThat(told(authorizer))
                    .singleElement()
                    .asString()
                    .contains(
                            "\"origin\":\""
                                    + (settings.containsKey("JWT_ISSUERS") ? "https://a.example" : "JWT_VERIFY_KEY"),
                            "key 1 with the kid b1: it has a kty or crv",
                            "key 3 with the kid e1: is for encryption",
                            "key 5: is not a JSON object");
        }
    }

    private static void again(TestAuthorizer authorizer) {
        authorizer.clock.turn(Duration.ofMinutes(9));
        long now = TestTokens.NOW.getEpochSecond() + 3600;
        assertThat(TestAuthorizer.effect(authorizer.token(TestTokens.good("RS256")
                        .header("kid", "k1")
                        .claim("exp", now)
                        .rs256(KEY.getPrivate()))))
                .isEqualTo("Allow");
    }

    private static List<String> told(TestAuthorizer authorizer) {
        return authorizer.log.lines().stream()
                .filter(line -> line.contains("\"message\":\"keys left out\""))
                .toList();
    }
}
