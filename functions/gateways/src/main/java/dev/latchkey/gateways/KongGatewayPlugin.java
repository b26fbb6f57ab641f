package dev.latchkey.gateways;

import dev.latchkey.config.Settings;
import dev.latchkey.http.RemoteUri;
import dev.latchkey.provisioning.PluginContext;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Keys of Kong Gateway's plugin key-auth, by its Admin API. A consumer's name is the email as JavaScript's
 * {@code encodeURIComponent} has it, with two underscores for each percent sign, which is what the portal's own plugin makes.
 */
public final class KongGatewayPlugin implements GatewayPlugin {

    private @Nullable Connection connection;

    @Override
    public String slug() {
        return "kong-gateway";
    }

    @Override
    public void configure(PluginContext context) {
        GatewaySettings settings = new GatewaySettings(context);
        RemoteUri address = settings.address(Settings.KONG_URL, "Set it to the address of Kong's Admin API");
        AdminApi.Credential credential = settings.secret(Settings.KONG_ADMIN_TOKEN)
                .<AdminApi.Credential>map(
                        secret -> new HeaderCredential("Authorization", "Bearer ", secret, Settings.KONG_ADMIN_TOKEN))
                .orElseGet(AdminApi.Credential::none);
        connection = settings.connect(() -> new KongConsumers(
                slug(),
                new AdminApi("Kong's Admin API", address, context.http(), credential, Settings.KONG_URL.name()),
                () -> "",
                KongGatewayPlugin::username,
                true));
    }

    @Override
    public Connection connection() {
        return GatewayPlugin.configured(connection);
    }

    /** The characters that {@code encodeURIComponent} leaves are ASCII letters, digits and {@code -_.!~*'()}. */
    static String username(String email) {
        StringBuilder name = new StringBuilder();
        for (byte b : email.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-_.!~*'()".indexOf(c) >= 0)) {
                name.append(c);
            } else {
                name.append(String.format("__%02X", (int) c));
            }
        }
        return name.toString();
    }
}
