package dev.latchkey.gateways;

import dev.latchkey.config.Settings;
import dev.latchkey.http.RemoteUri;
import dev.latchkey.provisioning.PluginContext;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keys of a control plane of Kong Konnect, by Konnect's API. A consumer's name is the email as it is, which is what the
 * portal's own plugin makes.
 */
public final class KongKonnectPlugin implements GatewayPlugin {

    private static final Pattern VERSION = Pattern.compile("v[0-9]{1,3}");

    private @Nullable Connection connection;

    @Override
    public String slug() {
        return "kong-konnect";
    }

    @Override
    public void configure(PluginContext context) {
        GatewaySettings settings = new GatewaySettings(context);
        RemoteUri address = settings.address(Settings.KONNECT_API_URL, "");
        String version = settings.text(Settings.KONNECT_API_VERSION, VERSION, "needs a version such as v2");
        String name = settings.text(Settings.KONNECT_CONTROL_PLANE);
        String path = settings.reader().isUsual(Settings.KONNECT_PATH)
                ? Settings.KONNECT_PATH.usual()
                : Settings.KONNECT_PATH.other();
        Supplier<String> secret = settings.requiredSecret(Settings.KONNECT_PAT);
        connection = settings.connect(() -> {
            AdminApi api = new AdminApi(
                    "Konnect",
                    address,
                    context.http(),
                    new HeaderCredential("Authorization", "Bearer ", secret, Settings.KONNECT_PAT),
                    Settings.KONNECT_API_URL.name());
            ControlPlane plane = new ControlPlane(api, version + "/" + path, name);
            return new KongConsumers(slug(), api, plane::root, email -> email, false);
        });
    }

    @Override
    public Connection connection() {
        return GatewayPlugin.configured(connection);
    }
}
