package dev.latchkey.gateways;

import dev.latchkey.config.Settings;
import dev.latchkey.http.RemoteUri;
import dev.latchkey.provisioning.PluginContext;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keys of Tyk Gateway, by the gateway's own API. A customer is its own user; a key's alias is the customer's id. */
public final class TykPlugin implements GatewayPlugin {

    private @Nullable Connection connection;

    @Override
    public String slug() {
        return "tyk";
    }

    @Override
    public void configure(PluginContext context) {
        GatewaySettings settings = new GatewaySettings(context);
        RemoteUri address = settings.address(Settings.TYK_GATEWAY_URL, "Set it to the address of Tyk's gateway");
        String organisation =
                settings.required(Settings.TYK_ORG_ID, "Set it to the id of the organisation that keys belong to");
        List<String> policies = settings.reader().list(Settings.TYK_POLICIES);
        if (policies.isEmpty()) {
            settings.reader()
                    .problem(
                            Settings.TYK_POLICIES,
                            "is not set. Set it to the ids of policies: a key without one would be a master key, which"
                                    + " opens everything");
        }
        Supplier<String> secret = settings.requiredSecret(Settings.TYK_SECRET);
        settings.reader()
                .text(Settings.TYK_SECRET)
                .filter(TykGateway.KNOWN_SECRET::equals)
                .ifPresent(
                        known -> settings.reader()
                                .problem(
                                        Settings.TYK_SECRET,
                                        "is that of Tyk's sample configuration, which everybody knows. Set another in tyk.conf"));
        connection = settings.connect(() -> new TykGateway(
                new AdminApi(
                        "Tyk",
                        address,
                        context.http(),
                        new HeaderCredential("x-tyk-authorization", "", secret, Settings.TYK_SECRET),
                        Settings.TYK_GATEWAY_URL.name()),
                organisation,
                policies,
                secret));
    }

    @Override
    public Connection connection() {
        return GatewayPlugin.configured(connection);
    }
}
