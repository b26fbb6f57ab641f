package dev.latchkey.gateways;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.config.Secrets;
import dev.latchkey.http.HttpSender;
import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.IdempotencyRecord;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.NewKey;
import dev.latchkey.provisioning.PluginContext;
import dev.latchkey.provisioning.PluginLoader;
import dev.latchkey.provisioning.ProvisioningException;
import dev.latchkey.provisioning.ProvisioningPlugin;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** A plugin as issue-key loads it, with a table in memory, a secret of Secrets Manager and short bounds. */
final class TestGateway {

    static final String SECRET = "secret-of-secrets-manager";

    /** What is shorter than the tests wait, and longer than a server on this machine needs. */
    private static final HttpSender HTTP = HttpSender.bounded(Duration.ofMillis(900), 100_000);

    private TestGateway() {}

    /** The plugin of a name, with these variables, by name and value. */
    static ProvisioningPlugin of(String provider, String... settings) {
        return of(provider, true, settings);
    }

    /** The same, which remembers no requests. */
    static ProvisioningPlugin withoutTable(String provider, String... settings) {
        return of(provider, false, settings);
    }

    private static ProvisioningPlugin of(String provider, boolean remembers, String... settings) {
        Map<String, String> environment = new HashMap<>(Map.of("PLUGIN_APIM_PROVIDER", provider));
        if (remembers) {
            environment.put("PLUGIN_JWT_KEYS_TABLE", "keys");
        }
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        Secrets secrets =
                new Secrets(extension -> id -> SECRET, new TurnableClock(TestTokens.NOW), (age, failure) -> {});
        Map<String, IdempotencyRecord> records = new ConcurrentHashMap<>();
        PluginContext context = new PluginContext(
                environment,
                secrets,
                table -> proposed -> {
                    IdempotencyRecord first = records.putIfAbsent(proposed.id(), proposed);
                    return first == null ? proposed : first;
                },
                table -> {
                    throw new AssertionError("a gateway keeps its keys by itself");
                },
                HTTP);
        return PluginLoader.ofClassPath().load(context);
    }

    /** A key for a request with an idempotency key. */
    static ApiKey issue(ProvisioningPlugin plugin, String customerId, String email, @Nullable String idempotencyKey) {
        return plugin.createApiKey(new NewKey(
                        customerId, email, idempotencyKey, KeyRecord.Details.none(), List.of(), null, null, "test"))
                .key();
    }

    /** Checks that a call is refused. */
    static void refuses(ProvisioningException.Kind kind, ThrowingCallable call, String words) {
        assertThatExceptionOfType(ProvisioningException.class)
                .isThrownBy(call)
                .withMessageContaining(words)
                .extracting(ProvisioningException::kind)
                .isEqualTo(kind);
    }

    /** The ids of a customer's keys. */
    static List<String> ids(ProvisioningPlugin plugin, String customerId) {
        return plugin.listApiKeys(customerId, 100, null).keys().stream()
                .map(KeyRecord::keyId)
                .toList();
    }
}
