package dev.latchkey.gateways;

import dev.latchkey.config.Settings;
import dev.latchkey.http.RemoteUri;
import dev.latchkey.provisioning.PluginContext;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are applications of Auth0, with which a customer gets tokens by client credentials, by Auth0's Management API. A
 * key's text is the JSON object {@code {"client_id", "client_secret"}}.
 */
public final class Auth0M2mPlugin implements GatewayPlugin {

    private @Nullable Connection connection;

    @Override
    public String slug() {
        return "auth0-jwt";
    }

    /** {@code auth0-m2m}, the name that the portal's loader has for it. */
    @Override
    public Set<String> aliases() {
        return Set.of("auth0-m2m");
    }

    @Override
    public void configure(PluginContext context) {
        GatewaySettings settings = new GatewaySettings(context);
        RemoteUri address = settings.address(Settings.AUTH0_DOMAIN, "Set it to the tenant's own domain");
        String clientId = settings.required(
                Settings.AUTH0_CLIENT_ID, "Set it to an application that may use Auth0's Management API");
        String audience = settings.required(Settings.AUTH0_API_AUDIENCE, "Set it to the audience of your own API");
        List<String> scopes = List.of(settings.text(Settings.AUTH0_API_SCOPE).split("\\s+", -1)).stream()
                .filter(scope -> !scope.isEmpty())
                .toList();
        Supplier<String> secret = settings.requiredSecret(Settings.AUTH0_CLIENT_SECRET);
        connection = settings.connect(() -> {
            AdminApi login = new AdminApi(
                    "Auth0", address, context.http(), AdminApi.Credential.none(), Settings.AUTH0_DOMAIN.name());
            ManagementToken token = new ManagementToken(login, address, clientId, secret, settings.clock());
            AdminApi api = new AdminApi("Auth0", address, context.http(), token, Settings.AUTH0_DOMAIN.name());
            return new Auth0Gateway(api, new Auth0Organisations(api), audience, scopes, settings.clock());
        });
    }

    @Override
    public Connection connection() {
        return GatewayPlugin.configured(connection);
    }
}
