package dev.latchkey.provisioning;

import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.latchkey.config.Secrets;
import dev.latchkey.config.SettingsException;
import dev.latchkey.config.SettingsReader;
import dev.latchkey.config.VerificationSettings;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.jwt.TokenVerifier;
import dev.latchkey.jwt.Verification;
import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The JWT plugin")
class JwtProvisioningPluginTest {

    private final TurnableClock clock = new TurnableClock(TestTokens.NOW.plusMillis(999));

    @Test
    @DisplayName("issues a key with exactly these claims, in the order of the portal's plugin, in whole seconds")
    void claims() throws JsonSyntaxException {
        ApiKey key = plugin(Map.of("JWT_ISSUER", "i", "JWT_AUDIENCE", "a,b")).createApiKey("cus_1", "a@b.co");
        long now = TestTokens.NOW.getEpochSecond();

        assertThat(part(key, 0)).isEqualTo("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
        assertThat(part(key, 1))
                .isEqualTo("{\"sub\":\"cus_1\",\"org_id\":\"cus_1\",\"iat\":" + now + ",\"exp\":" + (now + 3600)
                        + ",\"jti\":\"" + key.keyId() + "\",\"iss\":\"i\",\"aud\":[\"a\",\"b\"]}");
        assertThat(key.expiresAt()).contains(TestTokens.NOW.plusSeconds(3600));
    }

    @Test
    @DisplayName("leaves issuer and audience out where they are not set, and writes one claim where both names are one")
    void fewClaims() throws JsonSyntaxException {
        ApiKey key = plugin(Map.of("JWT_COMPANY_ID_FIELD", "sub")).createApiKey("cus_1", "a@b.co");

        assertThat(JsonReader.readObject(part(key, 1).getBytes(StandardCharsets.UTF_8), new JsonLimits(999, 1))
                        .members())
                .containsOnlyKeys("sub", "iat", "exp", "jti");
    }

    @Test
    @DisplayName("never issues two keys with one id, nor with the token as its id")
    void uniqueIds() {
        ProvisioningPlugin plugin = plugin(Map.of());
        Set<String> ids = new HashSet<>();

        for (int i = 0; i < 1000; i++) {
            assertThat(ids.add(plugin.createApiKey("cus_1", "a@b.co").keyId())).isTrue();
        }
        assertThat(ids)
                .allMatch(id -> id.matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    }

    @Test
    @DisplayName("issues keys that are good until the second before they expire, and the clock skew")
    void lifetime() {
        String key = plugin(Map.of()).createApiKey("cus_1", "a@b.co").value();

        clock.turn(Duration.ofHours(1).plusSeconds(5).minusMillis(1000));
        assertThat(accepts(key)).isTrue();
        clock.turn(Duration.ofMillis(1));
        assertThat(accepts(key)).isFalse();
    }

    @Test
    @DisplayName("tells the time when it issues, not when it was configured")
    void timeOfIssue() {
        ProvisioningPlugin plugin = plugin(Map.of());

        clock.turn(Duration.ofDays(1));

        assertThat(plugin.createApiKey("cus_1", "a@b.co").expiresAt())
                .contains(TestTokens.NOW.plus(Duration.ofHours(25)));
    }

    @Test
    @DisplayName("says that it remembers no requests without a table, and makes no key as if it did")
    void stateless() {
        ProvisioningPlugin plugin = plugin(Map.of());

        assertThat(plugin.isIdempotent()).isFalse();
        assertThatExceptionOfType(ProvisioningException.class)
                .isThrownBy(() -> plugin.createApiKey("cus_1", "a@b.co", "once"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ProvisioningException.Kind.NOT_IMPLEMENTED));
    }

    @Test
    @DisplayName("makes a customer its own user, with and without a subscription")
    void users() {
        ProvisioningPlugin plugin = plugin(Map.of());

        assertThat(plugin.provisionUser("cus_1", "a@b.co", "sub_1"))
                .isEqualTo(new User("cus_1", "a@b.co", "a@b.co", "cus_1", "sub_1"));
        assertThat(plugin.provisionUser("cus_1", "a@b.co", null))
                .isEqualTo(new User("cus_1", "a@b.co", "a@b.co", "cus_1", null))
                .isEqualTo(plugin.getUser("cus_1", "a@b.co"));
    }

    @Test
    @DisplayName("issues nothing before it is configured, nor after settings that do not work")
    void unconfigured() {
        JwtProvisioningPlugin plugin = new JwtProvisioningPlugin();
        assertThatIllegalStateException().isThrownBy(() -> plugin.createApiKey("cus_1", "a@b.co"));

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> plugin.configure(PluginContextTest.context(Map.of())));

        assertThatIllegalStateException().isThrownBy(() -> plugin.createApiKey("cus_1", "a@b.co"));
    }

    @Test
    @DisplayName("fails where the key cannot be had, and still knows its users")
    void keySourceDown() {
        JwtProvisioningPlugin plugin = new JwtProvisioningPlugin();
        Secrets down = new Secrets(
                extension -> id -> {
                    throw new KeysUnavailableException("down", null);
                },
                clock,
                (age, failure) -> {});
        plugin.configure(new PluginContext(
                Map.of("JWT_SECRET_ID", "s", "JWT_EXPIRES_IN", "1h"), down, JwtProvisioningPluginTest::noRecords));

        assertThatExceptionOfType(KeysUnavailableException.class)
                .isThrownBy(() -> plugin.createApiKey("cus_1", "a@b.co"));
        assertThat(plugin.getUser("cus_1", "a@b.co").id()).isEqualTo("cus_1");
    }

    @Test
    @DisplayName("L17: issues keys that do not show their value as text")
    void keyAsText() {
        ApiKey key = plugin(Map.of()).createApiKey("cus_1", "a@b.co");

        assertThat(key).hasToString("API key " + key.keyId());
    }

    @Test
    @DisplayName("is no model: a plugin that implements nothing says of each method that it does not")
    void implementsNothing() {
        ProvisioningPlugin bare = () -> "bare";

        assertThat(bare.aliases()).isEmpty();
        assertThat(bare.isIdempotent()).isFalse();
        bare.configure(PluginContextTest.context(Map.of()));
        assertThatExceptionOfType(ProvisioningException.class)
                .isThrownBy(() -> bare.createApiKey("c", "e"))
                .withMessage("the plugin bare does not implement createApiKey");
        assertThatExceptionOfType(ProvisioningException.class)
                .isThrownBy(() -> bare.createApiKey("c", "e", "i"))
                .withMessage("the plugin bare does not implement createApiKey with an idempotency key");
        assertThatExceptionOfType(ProvisioningException.class)
                .isThrownBy(() -> bare.provisionUser("c", "e", null))
                .withMessage("the plugin bare does not implement provisionUser");
        assertThatExceptionOfType(ProvisioningException.class)
                .isThrownBy(() -> bare.getUser("c", "e"))
                .withMessage("the plugin bare does not implement getUser");
    }

    private ProvisioningPlugin plugin(Map<String, String> settings) {
        Map<String, String> environment =
                new HashMap<>(Map.of("PLUGIN_JWT_SECRET", SECRET, "PLUGIN_JWT_EXPIRES_IN", "1h"));
        environment.putAll(settings);
        JwtProvisioningPlugin plugin = new JwtProvisioningPlugin();
        plugin.configure(new PluginContext(environment, secrets(), JwtProvisioningPluginTest::noRecords));
        return plugin;
    }

    private static IdempotencyRecords noRecords(String table) {
        throw new AssertionError("no table is needed");
    }

    private Secrets secrets() {
        return new Secrets(
                extension -> {
                    throw new AssertionError("no secret is needed");
                },
                clock,
                (age, failure) -> {});
    }

    private boolean accepts(String key) {
        VerificationSettings settings =
                VerificationSettings.read(new SettingsReader(Map.of("JWT_VERIFY_KEY", SECRET)), secrets());
        return new TokenVerifier(settings.keys(), settings.rules(), clock).verify(key) instanceof Verification.Verified;
    }

    private static String part(ApiKey key, int index) {
        String[] parts = key.value().split("\\.", -1);
        assertThat(parts).hasSize(3);
        LeakGuard.secret(parts[2]);
        return new String(Base64.getUrlDecoder().decode(parts[index]), StandardCharsets.UTF_8);
    }
}
