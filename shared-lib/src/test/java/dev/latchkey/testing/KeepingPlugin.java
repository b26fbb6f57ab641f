package dev.latchkey.testing;

import dev.latchkey.config.Secrets;
import dev.latchkey.provisioning.JwtProvisioningPlugin;
import dev.latchkey.provisioning.KeyTable;
import dev.latchkey.provisioning.PluginContext;
import dev.latchkey.provisioning.ProvisioningPlugin;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The plugin for keys whose records are kept in a table. */
public final class KeepingPlugin {
    private KeepingPlugin() {}

    /**
     * The plugin with a shared secret.
     *
     * @param more further variables, stronger than the usual ones
     */
    public static ProvisioningPlugin over(KeyTable table, Clock clock, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PLUGIN_JWT_SECRET", TestKeys.SECRET,
                "PLUGIN_JWT_EXPIRES_IN", "30d",
                "PLUGIN_JWT_KEYS_TABLE", "keys",
                "PLUGIN_JWT_STATUS_LIST_BASE", "https://keys.example",
                "PLUGIN_JWT_ALLOWED_SCOPES", "orders:read, orders:write",
                "PLUGIN_JWT_ALLOWED_PLANS", "gold",
                "PLUGIN_JWT_MAX_EXPIRES_IN", "60d"));
        environment.putAll(more);
        Secrets secrets = new Secrets(
                extension -> {
                    throw new AssertionError("no secret is needed");
                },
                clock,
                (age, failure) -> {});
        JwtProvisioningPlugin configured = new JwtProvisioningPlugin();
        configured.configure(new PluginContext(
                environment,
                secrets,
                name -> {
                    throw new AssertionError("requests are kept with the keys");
                },
                name -> table));
        return configured;
    }
}
