package dev.latchkey.issuekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.config.Secrets;
import dev.latchkey.config.SettingsReader;
import dev.latchkey.config.VerificationSettings;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.jwt.TokenVerifier;
import dev.latchkey.jwt.Verification;
import dev.latchkey.jwt.VerifiedToken;
import dev.latchkey.testing.TestKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An issued key")
class IssuedKeysTest {

    @ParameterizedTest(name = "{0}")
    @DisplayName("is accepted by the verifier with the same settings, in every algorithm")
    @ValueSource(
            strings = {
                "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384",
                "ES512"
            })
    void roundTrip(String algorithm) {
        TestIssuer issuer = TestIssuer.with(
                "JWT_SECRET",
                "",
                "PLUGIN_JWT_SECRET",
                signingKey(algorithm),
                "JWT_ALGORITHM",
                algorithm,
                "JWT_KID",
                "k1");

        VerifiedToken token = verified(
                issuer,
                issue(issuer, "cus_1"),
                Map.of("JWT_VERIFY_KEY", verifyKey(algorithm), "JWT_ALGORITHMS", algorithm, "JWT_KID", "k1"));

        assertThat(token.companyId()).contains("cus_1");
        assertThat(token.userId()).contains("cus_1");
        assertThat(token.key().kid()).contains("k1");
    }

    @Test
    @DisplayName("is accepted with the same issuer, audience and claim names, and refused with others")
    void sameRules() {
        TestIssuer issuer = TestIssuer.with(
                "JWT_ISSUER", "https://i.example", "JWT_AUDIENCE", "a,b", "JWT_COMPANY_ID_FIELD", "company");
        String key = issue(issuer, "cus_1");
        Map<String, String> same = new HashMap<>(Map.of(
                "JWT_VERIFY_KEY", TestKeys.SECRET,
                "JWT_ISSUER", "https://i.example",
                "JWT_AUDIENCE", "b",
                "JWT_COMPANY_ID_FIELD", "company"));

        assertThat(verified(issuer, key, same).companyId()).contains("cus_1");
        same.remove("JWT_AUDIENCE");
        assertThat(verify(issuer, key, same)).isInstanceOf(Verification.Rejected.class);
    }

    @Test
    @DisplayName("is good until the second before it expires, as the answer says")
    void lifetime() {
        TestIssuer issuer = TestIssuer.with("PLUGIN_JWT_EXPIRES_IN", "1h");
        JsonObject answer = issuer.call(direct("cus_1"));
        String key = answer.string("apikey").orElseThrow();
        Map<String, String> same = Map.of("JWT_VERIFY_KEY", TestKeys.SECRET, "JWT_CLOCK_SKEW", "0");

        VerifiedToken token = verified(issuer, key, same);
        assertThat(answer.string("expiresAt")).contains(token.expiresAt().toString());
        assertThat(answer.string("keyId")).isEqualTo(token.keyId());
        issuer.clock.turn(Duration.ofHours(1).minusSeconds(1));
        assertThat(verify(issuer, key, same)).isInstanceOf(Verification.Verified.class);
        issuer.clock.turn(Duration.ofSeconds(1));
        assertThat(verify(issuer, key, same)).isInstanceOf(Verification.Rejected.class);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("L6: names its customer in these very characters, and nothing besides")
    @ValueSource(
            strings = {
                "x\",\"role\":\"admin",
                "\\\",\\\"exp\\\":9",
                "{\"a\":1}",
                "</script>",
                "\u00e9\ud83d\udd11",
                "a b"
            })
    void customerThatHoldsJson(String customerId) {
        TestIssuer issuer = TestIssuer.with();

        VerifiedToken token = verified(issuer, issue(issuer, customerId), Map.of("JWT_VERIFY_KEY", TestKeys.SECRET));

        assertThat(token.companyId()).contains(customerId);
        assertThat(token.claims().members()).containsOnlyKeys("sub", "org_id", "iat", "exp", "jti");
    }

    @Test
    @DisplayName("is accepted for the longest customer id in the longest spelling")
    void longestCustomer() {
        TestIssuer issuer = TestIssuer.with();
        String customerId = "\ud83d\udd11".repeat(128);

        VerifiedToken token = verified(issuer, issue(issuer, customerId), Map.of("JWT_VERIFY_KEY", TestKeys.SECRET));

        assertThat(token.companyId()).contains(customerId);
    }

    @Test
    @DisplayName("is never longer than the verifier takes: issuing fails instead, and the log tells why")
    void tooLongKey() {
        TestIssuer issuer = TestIssuer.with("JWT_AUDIENCE", "a".repeat(8192));

        assertThatExceptionOfType(InternalErrorException.class).isThrownBy(() -> issue(issuer, "cus_1"));
        assertThat(issuer.log.last()).contains("more than the 8192 that verifiers take");
    }

    @Test
    @DisplayName("L13: is another one, with another id, for the same request again")
    void replay() {
        TestIssuer issuer = TestIssuer.with();
        JsonObject first = issuer.file("issue-key-direct.json");
        JsonObject second = issuer.file("issue-key-direct.json");

        assertThat(first.string("keyId")).isNotEqualTo(second.string("keyId"));
        assertThat(first.string("apikey")).isNotEqualTo(second.string("apikey"));
    }

    private static String issue(TestIssuer issuer, String customerId) {
        return issuer.call(direct(customerId)).string("apikey").orElseThrow();
    }

    private static String direct(String customerId) {
        return new dev.latchkey.json.JsonObjectBuilder()
                .put("action", "createApiKey")
                .put("customerId", customerId)
                .put("email", "a@b.co")
                .build()
                .toString();
    }

    private static VerifiedToken verified(TestIssuer issuer, String key, Map<String, String> settings) {
        Verification verification = verify(issuer, key, settings);
        assertThat(verification).isInstanceOf(Verification.Verified.class);
        return ((Verification.Verified) verification).token();
    }

    private static Verification verify(TestIssuer issuer, String key, Map<String, String> settings) {
        Secrets none = new Secrets(
                extension -> {
                    throw new AssertionError("no secret is named");
                },
                issuer.clock,
                (age, failure) -> {});
        VerificationSettings read = VerificationSettings.read(new SettingsReader(settings), none);
        return new TokenVerifier(read.keys(), read.rules(), issuer.clock).verify(key);
    }

    private static String signingKey(String algorithm) {
        return switch (algorithm.substring(0, 2)) {
            case "HS" -> TestKeys.SECRET + TestKeys.OTHER_SECRET;
            case "ES" -> TestKeys.pem(TestKeys.ec("issued", curve(algorithm)).getPrivate());
            default -> TestKeys.pem(TestKeys.rsa("issued").getPrivate());
        };
    }

    private static String verifyKey(String algorithm) {
        return switch (algorithm.substring(0, 2)) {
            case "HS" -> TestKeys.SECRET + TestKeys.OTHER_SECRET;
            case "ES" -> TestKeys.pem(TestKeys.ec("issued", curve(algorithm)).getPublic());
            default -> TestKeys.pem(TestKeys.rsa("issued").getPublic());
        };
    }

    private static int curve(String algorithm) {
        return algorithm.equals("ES512") ? 521 : Integer.parseInt(algorithm.substring(2));
    }
}
