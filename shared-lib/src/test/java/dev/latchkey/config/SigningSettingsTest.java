package dev.latchkey.config;

import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.keys.SigningKey;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestKeys;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The settings of the issuing side")
class SigningSettingsTest {

    private static final String RSA = TestKeys.pem(TestKeys.rsa("signing").getPrivate());

    @Test
    @DisplayName("tell five problems at once, in one message, without the secrets")
    void fiveProblems() {
        Map<String, String> environment = Map.of(
                "PLUGIN_JWT_SECRET", "Zk3Vn8qW1xYb7RtLp0sMd5HgCe9UaJf",
                "PLUGIN_JWT_ALGORITHM", "none",
                "PLUGIN_JWT_EXPIRES_IN", "0",
                "PLUGIN_JWT_USER_ID_FIELD", "exp",
                "PLUGIN_JWT_ISSUER", "a",
                "JWT_ISSUER", "b");

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> SigningSettings.read(environment, SettingsTable.secrets()))
                .withMessageStartingWith("5 problems in the settings:\n- ")
                .withMessageContaining("\n- PLUGIN_JWT_SECRET: HS256 needs at least 256 bits, got 248. Create one with"
                        + " scripts/create-keys (RFC 7518 section 3.2)")
                .withMessageContaining("PLUGIN_JWT_ALGORITHM: unknown algorithm \"none\"")
                .withMessageContaining("PLUGIN_JWT_EXPIRES_IN: a lifetime must be at least one second")
                .withMessageContaining("PLUGIN_JWT_USER_ID_FIELD: the claim \"exp\"")
                .withMessageContaining("PLUGIN_JWT_ISSUER: PLUGIN_JWT_ISSUER and JWT_ISSUER are both set")
                .satisfies(e -> assertThat(e.problems()).hasSize(5))
                .satisfies(e -> assertThat(LeakGuard.leaks(String.valueOf(e.getMessage())))
                        .isFalse());
    }

    @Test
    @DisplayName("need exactly one key source")
    void oneKeySource() {
        assertProblem(Map.of(), "PLUGIN_JWT_SECRET: is not set, nor is PLUGIN_JWT_SECRET_ID");
        assertProblem(
                Map.of("PLUGIN_JWT_SECRET", SECRET, "PLUGIN_JWT_SECRET_ID", "a"), "PLUGIN_JWT_SECRET_ID is set, too");
        assertProblem(Map.of("JWT_SECRET", SECRET, "JWT_SECRET_ID", "a"), "Remove one");
        assertThat(key(Map.of("PLUGIN_JWT_SECRET", SECRET, "PLUGIN_JWT_SECRET_ID", " "))
                        .kid())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} with an RSA key, an EC key on P-256 or a secret")
    @DisplayName("L10: refuse an algorithm that is not the key's, in whatever form the key is given")
    @CsvSource({"HS256,false,false,true", "RS256,true,false,false", "PS256,true,false,false", "ES256,false,true,false"})
    void algorithmAndKeyDisagree(String algorithm, boolean rsa, boolean ec, boolean secret) {
        Map<String, Boolean> keys = new HashMap<>();
        keys.put(RSA, rsa);
        keys.put(RSA.strip().replace("\n", "\\n"), rsa);
        keys.put("{" + TestKeys.privateJwkMembers(TestKeys.rsa("signing")) + "}", rsa);
        keys.put(TestKeys.pem(TestKeys.ec("signing", 256).getPrivate()), ec);
        keys.put("{" + TestKeys.jwkMembers(SECRET) + "}", secret);
        keys.put(SECRET, secret);

        keys.forEach((key, fits) -> {
            Map<String, String> settings =
                    Map.of("PLUGIN_JWT_SECRET", key, "PLUGIN_JWT_ALGORITHM", algorithm, "JWT_KID", "k");
            if (fits) {
                assertThat(key(settings).algorithm()).hasToString(algorithm);
            } else {
                assertProblem(settings, "PLUGIN_JWT_SECRET: " + algorithm + " needs ");
            }
        });
    }

    @Test
    @DisplayName("L10: refuse a JWK whose own alg is another, and an EC key on another curve")
    void declaredAlgorithm() {
        String ps256 = "{" + TestKeys.privateJwkMembers(TestKeys.rsa("signing")) + ",\"alg\":\"PS256\"}";

        assertThat(key(Map.of("PLUGIN_JWT_SECRET", ps256)).algorithm()).hasToString("PS256");
        assertProblem(
                Map.of("PLUGIN_JWT_SECRET", ps256, "JWT_ALGORITHM", "RS256"),
                "key without kid is for PS256, not for RS256");
        assertProblem(
                Map.of(
                        "PLUGIN_JWT_SECRET",
                        TestKeys.pem(TestKeys.ec("signing", 384).getPrivate()),
                        "JWT_ALGORITHM",
                        "ES256",
                        "JWT_KID",
                        "k"),
                "ES256 needs an EC key on P-256, got an EC key of 384 bits");
    }

    @ParameterizedTest(name = "{0} bytes for {1}")
    @DisplayName("L12, I1: refuse a secret that is a byte too short, and take one that is long enough")
    @CsvSource({"32,HS256", "48,HS384", "64,HS512"})
    void shortSecret(int bytes, String algorithm) {
        String enough = TestKeys.SECRET.concat(TestKeys.OTHER_SECRET).substring(0, bytes);
        String tooShort = enough.substring(1);

        assertThat(key(Map.of("PLUGIN_JWT_SECRET", enough, "JWT_ALGORITHM", algorithm))
                        .algorithm())
                .hasToString(algorithm);
        assertProblem(
                Map.of("PLUGIN_JWT_SECRET", tooShort, "JWT_ALGORITHM", algorithm),
                algorithm + " needs at least " + bytes * 8 + " bits, got " + (bytes - 1) * 8);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("I2: refuse a secret that repeats itself")
    @ValueSource(
            strings = {
                "secretsecretsecretsecretsecretsecret",
                "changemechangemechangemechangeme",
                "00000000000000000000000000000000",
                "latchkey000000000000000000000000"
            })
    void guessableSecret(String secret) {
        assertProblem(Map.of("PLUGIN_JWT_SECRET", secret), "PLUGIN_JWT_SECRET: the secret is guessable");
    }

    @Test
    @DisplayName("L12, I3: refuse an RSA key of 1024 bits")
    void smallRsaKey() {
        String small = TestKeys.pem(TestKeys.rsa("small", 1024).getPrivate());

        assertProblem(
                Map.of("PLUGIN_JWT_SECRET", small, "JWT_ALGORITHM", "RS256"),
                "RS256 needs an RSA key of 2048 to 8192 bits, got 1024");
    }

    @Test
    @DisplayName("L11: give an RSA key without a kid its RFC 7638 thumbprint, and an EC key in PEM a problem")
    void withoutKid() {
        assertThat(key(Map.of("PLUGIN_JWT_SECRET", RSA, "JWT_ALGORITHM", "RS256"))
                        .kid())
                .hasValueSatisfying(kid -> assertThat(kid).matches("[A-Za-z0-9_-]{43}"));
        assertProblem(
                Map.of(
                        "PLUGIN_JWT_SECRET",
                        TestKeys.pem(TestKeys.ec("signing", 256).getPrivate()),
                        "JWT_ALGORITHM",
                        "ES256"),
                "Set PLUGIN_JWT_KID");
    }

    @Test
    @DisplayName("refuse a public key, and a kid that is not the key's")
    void publicKeyOrOtherKid() {
        String jwk = "{" + TestKeys.jwkMembers(SECRET) + ",\"kid\":\"k1\"}";

        assertProblem(
                Map.of(
                        "PLUGIN_JWT_SECRET",
                        TestKeys.pem(TestKeys.rsa("signing").getPublic()),
                        "JWT_ALGORITHM",
                        "RS256"),
                "is a public key; signing needs the private key");
        assertProblem(Map.of("PLUGIN_JWT_SECRET", jwk, "JWT_KID", "k2"), "its active key has the kid k1, not k2");
        assertThat(key(Map.of("PLUGIN_JWT_SECRET", jwk, "JWT_KID", "k1")).kid()).contains("k1");
    }

    @Test
    @DisplayName("take a kid of 256 characters and refuse one of 257, which no verifier would take")
    void longKid() {
        Map<String, String> settings = new HashMap<>(Map.of("PLUGIN_JWT_SECRET", SECRET));

        settings.put("PLUGIN_JWT_KID", "k".repeat(256));
        assertThat(key(settings).kid()).contains("k".repeat(256));

        settings.put("PLUGIN_JWT_KID", "k".repeat(257));
        assertProblem(settings, "PLUGIN_JWT_KID: needs 1 to 256 characters");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("refuse an issuer that the other side could not require")
    @ValueSource(strings = {"*", "https://a.example,https://b.example", "https://a.exam\tple"})
    void unusableIssuer(String issuer) {
        assertProblem(Map.of("PLUGIN_JWT_SECRET", SECRET, "JWT_ISSUER", issuer), "PLUGIN_JWT_ISSUER: ");
    }

    @Test
    @DisplayName("take an issuer of 256 characters and refuse one of 257, which no verifier would take")
    void longIssuer() {
        Map<String, String> settings = new HashMap<>(Map.of("PLUGIN_JWT_SECRET", SECRET));

        settings.put("PLUGIN_JWT_ISSUER", "i".repeat(256));
        assertThatNoException().isThrownBy(() -> key(settings));

        settings.put("PLUGIN_JWT_ISSUER", "i".repeat(257));
        assertProblem(settings, "PLUGIN_JWT_ISSUER: needs one value of at most 256 characters");
    }

    @Test
    @DisplayName("open no secret before a key is needed, and none at all for a key in a variable")
    void lazySecrets() {
        Secrets failing = new Secrets(
                extension -> id -> {
                    throw new KeysUnavailableException("down", null);
                },
                java.time.Clock.systemUTC(),
                (age, failure) -> {});
        Secrets untouched = new Secrets(
                extension -> {
                    throw new AssertionError("opened");
                },
                java.time.Clock.systemUTC(),
                (age, failure) -> {});

        SigningSettings settings = SigningSettings.read(Map.of("JWT_SECRET_ID", "a", "JWT_EXPIRES_IN", "1h"), failing);

        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> settings.keys().current());
        assertThatNoException()
                .isThrownBy(
                        () -> SigningSettings.read(Map.of("JWT_SECRET", SECRET, "JWT_EXPIRES_IN", "1h"), untouched));
    }

    private static SigningKey key(Map<String, String> settings) {
        return read(settings).keys().current();
    }

    private static SigningSettings read(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(Map.of("PLUGIN_JWT_EXPIRES_IN", "30d"));
        environment.putAll(settings);
        return SigningSettings.read(environment, SettingsTable.secrets());
    }

    private static void assertProblem(Map<String, String> settings, String problem) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(settings))
                .withMessageContaining(problem)
                .satisfies(e -> assertThat(e.problems()).hasSize(1))
                .satisfies(e -> assertThat(LeakGuard.leaks(String.valueOf(e.getMessage())))
                        .isFalse());
    }
}
