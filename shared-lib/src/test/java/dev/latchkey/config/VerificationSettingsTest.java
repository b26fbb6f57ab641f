package dev.latchkey.config;

import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.jwt.Expected;
import dev.latchkey.keys.VerificationKey;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The settings of the checking side")
class VerificationSettingsTest {

    private static final String RSA = TestKeys.pem(TestKeys.rsa("checking").getPublic());

    @Test
    @DisplayName("tell five problems at once, in one message, without the secrets")
    void fiveProblems() {
        Map<String, String> environment = Map.of(
                "JWT_VERIFY_KEY", SECRET,
                "JWT_SECRET_ID", "a",
                "JWT_ALGORITHMS", "",
                "JWT_CLOCK_SKEW", "an hour",
                "JWT_AUDIENCE", "*,a",
                "JWT_COMPANY_ID_FIELD", "exp");

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(environment))
                .withMessageStartingWith("5 problems in the settings:\n- ")
                .withMessageContaining(
                        "\n- JWT_VERIFY_KEY: there is more than one source of keys: JWT_VERIFY_KEY, PLUGIN_JWT_SECRET_ID.")
                .withMessageContaining("\n- JWT_ALGORITHMS: is blank. Name the allowed algorithms, or remove it")
                .withMessageContaining("JWT_CLOCK_SKEW: needs a whole number from 0 to 60, got \"an hour\"")
                .withMessageContaining("JWT_AUDIENCE: * waives the check")
                .withMessageContaining("PLUGIN_JWT_COMPANY_ID_FIELD: the claim \"exp\"")
                .satisfies(e -> assertThat(e.problems()).hasSize(5))
                .satisfies(e -> assertThat(LeakGuard.leaks(String.valueOf(e.getMessage())))
                        .isFalse());
    }

    @Test
    @DisplayName("tell the problems that were met before, too")
    void earlierProblems() {
        SettingsReader reader = new SettingsReader(Map.of("JWT_VERIFY_KEY", SECRET));
        reader.problem(Settings.POLICY_SCOPE, "is wrong");

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> VerificationSettings.read(reader, SettingsTable.secrets()))
                .withMessageContaining("POLICY_SCOPE: is wrong");
    }

    @Test
    @DisplayName("need exactly one key source, of which a blank one is none")
    void oneKeySource() {
        assertProblem(Map.of(), "JWT_VERIFY_KEY: is not set, nor is PLUGIN_JWT_SECRET_ID");
        assertProblem(Map.of("JWT_VERIFY_KEY", " ", "JWT_SECRET_ID", ""), "is not set");
        assertThat(key(Map.of("JWT_VERIFY_KEY", SECRET, "JWT_SECRET_ID", " ")).kid())
                .isEmpty();
        assertThat(key(Map.of("JWT_VERIFY_KEY", "", "JWT_SECRET_ID", "a")).kid())
                .contains("a");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("without issuer and audience require that a token has none; * waives, values are a list")
    @ValueSource(strings = {"JWT_ISSUER", "JWT_AUDIENCE"})
    void expected(String name) {
        Map<String, String> settings = new HashMap<>(Map.of("JWT_VERIFY_KEY", SECRET));
        assertThat(party(name, settings)).isEqualTo(new Expected.Absent());

        settings.put(name, " ");
        assertThat(party(name, settings)).isEqualTo(new Expected.Absent());

        settings.put(name, "*");
        assertThat(party(name, settings)).isEqualTo(new Expected.Anything());

        settings.put(name, "https://a.example/ , b");
        assertThat(party(name, settings)).isEqualTo(new Expected.OneOf(List.of("https://a.example/", "b")));
    }

    private static Expected party(String name, Map<String, String> settings) {
        VerificationSettings read = read(settings);
        return name.equals("JWT_ISSUER") ? read.rules().issuer() : read.rules().audience();
    }

    @ParameterizedTest(name = "{0} s")
    @DisplayName("take clock skews from 0 to 60 seconds")
    @ValueSource(ints = {0, 1, 60})
    void clockSkew(int seconds) {
        Map<String, String> settings = Map.of("JWT_VERIFY_KEY", SECRET, "JWT_CLOCK_SKEW", "" + seconds);

        assertThat(read(settings).rules().clockSkew()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("refuse other clock skews")
    @ValueSource(strings = {"-1", "61", "1.5", "5s"})
    void wrongClockSkew(String skew) {
        assertProblem(Map.of("JWT_VERIFY_KEY", SECRET, "JWT_CLOCK_SKEW", skew), "JWT_CLOCK_SKEW: needs");
    }

    @ParameterizedTest(name = "{0} is used for {1}")
    @DisplayName("go by the key where there is no allow-list, and by the one that fits where there is")
    @CsvSource({"'',RS256", "PS512,PS512", "'HS256,RS384,ES256',RS384"})
    void algorithmOfTheKey(String allowed, String used) {
        Map<String, String> settings = new HashMap<>(Map.of("JWT_VERIFY_KEY", RSA));
        if (!allowed.isEmpty()) {
            settings.put("JWT_ALGORITHMS", allowed);
        }

        assertThat(key(settings).algorithm()).hasToString(used);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("L10: refuse an allow-list of which not exactly one fits the key")
    @CsvSource({
        "HS256,HS256 needs a secret",
        "ES256,ES256 needs an EC key on P-256",
        "'HS256,ES256',none of the allowed [HS256; ES256] fits it",
        "'RS256,PS256',[RS256; PS256] of the allowed [RS256; PS256] fits it"
    })
    void algorithmAndKeyDisagree(String allowed, String problem) {
        assertProblem(
                Map.of("JWT_VERIFY_KEY", RSA, "JWT_ALGORITHMS", allowed),
                "JWT_VERIFY_KEY: ",
                problem.replace("; ", ", "));
    }

    @Test
    @DisplayName("I1, L12: refuse a secret a byte too short for its algorithm")
    void shortSecret() {
        assertThat(key(Map.of("JWT_VERIFY_KEY", SECRET)).algorithm()).hasToString("HS256");
        assertProblem(Map.of("JWT_VERIFY_KEY", SECRET.substring(1)), "HS256 needs at least 256 bits, got 248");
        assertProblem(Map.of("JWT_VERIFY_KEY", SECRET, "JWT_ALGORITHMS", "HS384"), "HS384 needs at least 384 bits");
    }

    @Test
    @DisplayName("I2: refuse a secret that repeats itself")
    void guessableSecret() {
        assertProblem(Map.of("JWT_VERIFY_KEY", "secret".repeat(6)), "the secret is guessable");
    }

    @Test
    @DisplayName("I3: refuse an RSA key of 1024 bits")
    void smallRsaKey() {
        assertProblem(
                Map.of(
                        "JWT_VERIFY_KEY",
                        TestKeys.pem(TestKeys.rsa("small", 1024).getPublic())),
                "RS256 needs an RSA key of 2048 to 8192 bits, got 1024");
    }

    @Test
    @DisplayName("I7: refuse a private key, as PEM, as JWK and in a set with public ones")
    void privateKey() {
        String privateJwk = "{" + TestKeys.privateJwkMembers(TestKeys.rsa("checking")) + ",\"kid\":\"a\"}";
        String publicJwk = "{" + TestKeys.jwkMembers(TestKeys.rsa("other")) + ",\"kid\":\"b\"}";

        assertThat(key(Map.of("JWT_VERIFY_KEY", publicJwk)).kid()).contains("b");
        assertThat(List.of(
                        TestKeys.pem(TestKeys.rsa("checking").getPrivate()),
                        privateJwk,
                        "{\"keys\":[" + publicJwk + "," + privateJwk + "]}"))
                .allSatisfy(key -> assertProblem(Map.of("JWT_VERIFY_KEY", key), "holds a private key", "openssl pkey"));
    }

    @ParameterizedTest(name = "{0}...")
    @DisplayName("never take for a secret what looks like PEM or JSON")
    @ValueSource(
            strings = {
                "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
                "----- this is no PEM, but it is dressed up as one -----",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\"} and something behind it",
                "{\"keys\":{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}}",
                "[{\"kty\":\"oct\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}]",
                "\ufeff{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}"
            })
    void neverASecret(String text) {
        assertProblem(Map.of("JWT_VERIFY_KEY", text), "JWT_VERIFY_KEY: ");
    }

    @Test
    @DisplayName("take a PEM key with real line breaks and with \\n alike")
    void lineBreaks() {
        assertThat(key(Map.of("JWT_VERIFY_KEY", RSA)).algorithm()).hasToString("RS256");
        assertThat(key(Map.of("JWT_VERIFY_KEY", RSA.strip().replace("\n", "\\n")))
                        .algorithm())
                .hasToString("RS256");
    }

    private static VerificationKey key(Map<String, String> settings) {
        return read(settings).keys().current().keys().get(0);
    }

    private static VerificationSettings read(Map<String, String> settings) {
        return VerificationSettings.read(new SettingsReader(settings), SettingsTable.secrets());
    }

    private static void assertProblem(Map<String, String> settings, String... parts) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(settings))
                .satisfies(e -> assertThat(e.getMessage()).contains(parts))
                .satisfies(e -> assertThat(e.problems()).hasSize(1))
                .satisfies(e -> assertThat(LeakGuard.leaks(String.valueOf(e.getMessage())))
                        .isFalse());
    }
}
