package dev.latchkey.aws;

import static dev.latchkey.testing.TestKeys.OTHER_SECRET;
import static dev.latchkey.testing.TestKeys.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.config.Secrets;
import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.IdempotencyUnavailableException;
import dev.latchkey.provisioning.JwtProvisioningPlugin;
import dev.latchkey.provisioning.PluginContext;
import dev.latchkey.provisioning.ProvisioningException;
import dev.latchkey.provisioning.ProvisioningPlugin;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestKeys;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@DisplayName("The same request for a key again, with a table over an emulator,")
@ExtendWith(OverEmulator.class)
class IdempotentIssuingTest {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int PIECE = 12;

    private final KeysTable table = new KeysTable();
    private final TurnableClock clock = new TurnableClock(TestTokens.NOW.plusMillis(999));
    private final ProvisioningPlugin plugin = plugin(Map.of());

    @ParameterizedTest(name = "{0}")
    @DisplayName("gives the same key, byte for byte, even from another instance of the function")
    @ValueSource(strings = {"HS256", "RS256", "EdDSA"})
    void sameBytes(String algorithm) {
        ApiKey first = issue(plugin(signing(algorithm)), "once");

        clock.turn(Duration.ofMinutes(5));

        assertThat(issue(plugin(signing(algorithm)), "once")).isEqualTo(first);
        assertThat(table.items()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("gives the same id, claims and expiry where signatures are random")
    @ValueSource(strings = {"ES256", "PS256"})
    void sameClaims(String algorithm) {
        assertSameButForTheSignature(issue(plugin(signing(algorithm)), "once"), plugin(signing(algorithm)));
    }

    @Test
    @DisplayName("gives the same id, claims and expiry after another key has become the signing key")
    void otherSigningKey() {
        assertSameButForTheSignature(issue(plugin, "once"), plugin(Map.of("PLUGIN_JWT_SECRET", OTHER_SECRET)));
    }

    @Test
    @DisplayName("gives the same expiry after the lifetime of new keys was changed")
    void otherLifetime() {
        ApiKey first = issue(plugin, "once");

        assertThat(issue(plugin(Map.of("PLUGIN_JWT_EXPIRES_IN", "60d")), "once"))
                .isEqualTo(first);
    }

    @Test
    @DisplayName("gives one key to eight callers at once")
    void atOnce() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try (Gathering gathering = new Gathering(8, Emulator.endpoint())) {
            AwsVariables.set(gathering.endpoint());
            List<Future<ApiKey>> answers = new ArrayList<>();
            for (int caller = 0; caller < 8; caller++) {
                answers.add(callers.submit(() -> issue(plugin, "once")));
            }
            Set<String> keys = new TreeSet<>();
            for (Future<ApiKey> answer : answers) {
                keys.add(answer.get().value());
            }
            assertThat(gathering.isComplete()).isTrue();
            assertThat(keys).hasSize(1);
        } finally {
            AwsVariables.set(Emulator.endpoint());
            callers.shutdownNow();
        }
    }

    @Test
    @DisplayName("gives the same key until the last second of 24 hours, and then a new one")
    void oneDay() {
        ApiKey first = issue(plugin, "once");

        clock.turn(DAY.minus(SECOND));
        assertThat(issue(plugin, "once")).isEqualTo(first);
        clock.turn(SECOND);
        ApiKey second = issue(plugin, "once");
        assertThat(second.keyId()).isNotEqualTo(first.keyId());

        clock.turn(DAY.minus(SECOND));
        assertThat(issue(plugin, "once")).isEqualTo(second);
    }

    @Test
    @DisplayName("gives a new key once the first one has expired, where that is earlier")
    void shortLife() {
        ProvisioningPlugin shortLived = plugin(Map.of("PLUGIN_JWT_EXPIRES_IN", "1h"));
        ApiKey first = issue(shortLived, "once");

        clock.turn(Duration.ofHours(1).minus(SECOND));
        assertThat(issue(shortLived, "once")).isEqualTo(first);
        clock.turn(SECOND);
        assertThat(issue(shortLived, "once").keyId()).isNotEqualTo(first.keyId());
    }

    @Test
    @DisplayName("gives new keys for other idempotency keys, other customers and requests without one")
    void others() {
        Set<String> ids = new TreeSet<>();
        ids.add(issue(plugin, "once").keyId());
        ids.add(issue(plugin, "once ").keyId());
        ids.add(issue(plugin, "ONCE").keyId());
        ids.add(plugin.createApiKey("cus_1o", "a@b.co", "nce").keyId());
        ids.add(plugin.createApiKey("cus_2", "a@b.co", "once").keyId());
        ids.add(plugin.createApiKey("cus_1", "a@b.co").keyId());

        assertThat(ids).hasSize(6);
        assertThat(table.items()).hasSize(5);
    }

    @Test
    @DisplayName("is a conflict with another email, until the 24 hours are over")
    void conflict() {
        ApiKey first = issue(plugin, "once");

        assertThatExceptionOfType(ProvisioningException.class)
                .isThrownBy(() -> plugin.createApiKey("cus_1", "other@b.co", "once"))
                .withMessage("idempotencyKey was used for this customer with another request. Send a new one")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ProvisioningException.Kind.CONFLICT));
        assertThat(issue(plugin, "once")).isEqualTo(first);
        clock.turn(DAY);
        assertThat(plugin.createApiKey("cus_1", "other@b.co", "once").keyId()).isNotEqualTo(first.keyId());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("L17: stores no piece of the key, nor the customer, the email or the idempotency key")
    @ValueSource(strings = {"HS256", "RS256"})
    void nothingOfTheKey(String algorithm) {
        String key = plugin(signing(algorithm))
                .createApiKey("cus_of_interest", "name@person.example", "order 4711")
                .value();

        Map<String, AttributeValue> item = table.items().get(0);
        assertThat(item).containsOnlyKeys("pk", "sk", "request", "keyId", "issuedAt", "expiresAt", "ttl");
        assertThat(item.toString()).doesNotContain("cus_of_interest", "person", "4711");
        for (int i = 0; i + PIECE <= key.length(); i++) {
            assertThat(item.toString().contains(key.substring(i, i + PIECE))).isFalse();
        }
    }

    @Test
    @DisplayName("fails where the item is not one of ours, and names the table")
    void strangeItem() {
        issue(plugin, "once");
        Map<String, AttributeValue> item = new HashMap<>(table.items().get(0));

        item.put("keyId", AttributeValue.fromN("1"));
        assertUnusable(item, "a record without the text keyId");
        item.put("keyId", AttributeValue.fromS("key_1"));
        item.remove("expiresAt");
        assertUnusable(item, "a record without the time expiresAt");
    }

    @Test
    @DisplayName("fails where there is no such table")
    void noTable() {
        ProvisioningPlugin elsewhere = plugin(Map.of("PLUGIN_JWT_KEYS_TABLE", "nowhere"));

        assertThatExceptionOfType(IdempotencyUnavailableException.class)
                .isThrownBy(() -> issue(elsewhere, "once"))
                .withMessage("idempotency records cannot be had from the DynamoDB table nowhere, got"
                        + " ResourceNotFoundException");
        assertThat(elsewhere.createApiKey("cus_1", "a@b.co").value())
                .as("without an idempotency key the table is not asked")
                .isNotEmpty();
    }

    private void assertUnusable(Map<String, AttributeValue> item, String problem) {
        table.put(item);
        assertThatExceptionOfType(IdempotencyUnavailableException.class)
                .isThrownBy(() -> issue(plugin, "once"))
                .withMessageContaining(table.name)
                .withMessageEndingWith(problem);
    }

    private static void assertSameButForTheSignature(ApiKey first, ProvisioningPlugin again) {
        ApiKey second = issue(again, "once");
        assertThat(second.keyId()).isEqualTo(first.keyId());
        assertThat(second.expiresAt()).isEqualTo(first.expiresAt());
        assertThat(second.value()).isNotEqualTo(first.value());
        assertThat(second.value().split("\\.", -1)[1]).isEqualTo(first.value().split("\\.", -1)[1]);
    }

    private static ApiKey issue(ProvisioningPlugin plugin, String idempotencyKey) {
        ApiKey key = plugin.createApiKey("cus_1", "a@b.co", idempotencyKey);
        LeakGuard.secret(key.value().substring(key.value().lastIndexOf('.') + 1));
        return key;
    }

    private static Map<String, String> signing(String algorithm) {
        String key = switch (algorithm) {
            case "HS256" -> SECRET;
            case "ES256" -> TestKeys.pem(TestKeys.ec("again", 256).getPrivate());
            case "EdDSA" -> TestKeys.pem(TestKeys.ed25519("again").getPrivate());
            default -> TestKeys.pem(TestKeys.rsa("again").getPrivate());
        };
        return Map.of("PLUGIN_JWT_SECRET", key, "PLUGIN_JWT_ALGORITHM", algorithm, "PLUGIN_JWT_KID", "k1");
    }

    /** The plugin as a new instance of the function has it. */
    private ProvisioningPlugin plugin(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PLUGIN_JWT_SECRET", SECRET, "PLUGIN_JWT_EXPIRES_IN", "30d", "PLUGIN_JWT_KEYS_TABLE", table.name));
        environment.putAll(settings);
        Secrets secrets = new Secrets(
                extension -> {
                    throw new AssertionError("no secret is needed");
                },
                clock,
                (age, failure) -> {});
        JwtProvisioningPlugin configured = new JwtProvisioningPlugin();
        configured.configure(new PluginContext(environment, secrets, DynamoDbIdempotencyRecords::new));
        assertThat(configured.isIdempotent()).isTrue();
        return configured;
    }
}
