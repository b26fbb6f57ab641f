package dev.latchkey.gateways;

import static dev.latchkey.gateways.TestGateway.ids;
import static dev.latchkey.gateways.TestGateway.issue;
import static dev.latchkey.gateways.TestGateway.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.ProvisioningException.Kind;
import dev.latchkey.provisioning.ProvisioningPlugin;
import dev.latchkey.provisioning.User;
import dev.latchkey.testing.TestTokens;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The plugin for applications of Auth0")
class Auth0M2mTest {

    private final Auth0Server auth0 = new Auth0Server();
    private final ProvisioningPlugin plugin = plugin("auth0-m2m");

    Auth0M2mTest() throws IOException {}

    @AfterEach
    void close() {
        auth0.close();
    }

    private ProvisioningPlugin plugin(String provider) {
        return TestGateway.of(
                provider,
                "PLUGIN_AUTH0_M2M_DOMAIN",
                auth0.uri(),
                "PLUGIN_AUTH0_M2M_CLIENT_ID",
                Auth0Server.CLIENT_ID,
                "PLUGIN_AUTH0_M2M_CLIENT_SECRET",
                Auth0Server.SECRET,
                "PLUGIN_AUTH0_M2M_API_AUDIENCE",
                Auth0Server.AUDIENCE,
                "PLUGIN_AUTH0_M2M_API_SCOPE",
                " orders:read  orders:write ");
    }

    @Test
    @DisplayName("has the portal's slug and the name that the portal's loader has for it")
    void names() {
        assertThat(plugin.slug()).isEqualTo("auth0-jwt");
        assertThat(plugin("auth0-jwt").slug()).isEqualTo("auth0-jwt");
    }

    @Test
    @DisplayName(
            "puts a customer's user into an organisation of the customer's own, and notes the customer at the user")
    void provisions() {
        User user = plugin.provisionUser("cus_1", "a@b.co", "sub_1");
        plugin.provisionUser("cus_1", "a@b.co", "sub_1");

        assertThat(user.id()).isEqualTo("auth0|1");
        assertThat(auth0.organisations).hasSize(1);
        assertThat(auth0.members.get(0)).isEqualTo("org_0 [\"auth0|1\"]");
        assertThat(auth0.requests).contains("PATCH /api/v2/users/auth0%7C1");
        assertThat(Objects.requireNonNull(auth0.users.get("auth0|1"))
                        .object("app_metadata")
                        .toString())
                .isEqualTo("{\"customerId\":\"cus_1\",\"subscriptionId\":\"sub_1\"}");
        assertThat(plugin.getUser("cus_1", "A@B.co").billingSubscriptionId()).isEqualTo("sub_1");
        assertThat(auth0.tokens).as("one token for all of it").isEqualTo(1);
    }

    @Test
    @DisplayName("gives two customers two organisations whose emails have the same letters")
    void collisions() {
        plugin.provisionUser("cus_1", "a@b.co", null);
        plugin.provisionUser("cus_2", "ab@co", null);

        assertThat(auth0.organisations.keySet())
                .hasSize(2)
                .allSatisfy(name -> assertThat(name).matches("latchkey-[0-9a-f]{40}"));
    }

    @Test
    @DisplayName("makes an application for the organisation alone; the key is its id and secret as JSON")
    void key() {
        ApiKey key = issue(plugin, "cus_1", "a@b.co", null);

        JsonObject client = Objects.requireNonNull(auth0.clients.get(key.keyId()));
        assertThat(key.value())
                .isEqualTo("{\"client_id\":\"" + key.keyId() + "\",\"client_secret\":\""
                        + client.string("client_secret").orElseThrow() + "\"}");
        assertThat(client.toString())
                .contains(
                        "\"default_organization\":{\"organization_id\":\"org_0\",\"flows\":[\"client_credentials\"]}",
                        "\"organization_usage\":\"require\"");
        assertThat(auth0.organisationGrants)
                .containsExactly("org_0 " + auth0.grants.keySet().iterator().next());
    }

    @Test
    @DisplayName("answers a repeated request by the same key, but not once it is revoked")
    void idempotent() {
        ApiKey first = issue(plugin, "cus_1", "a@b.co", "order 1");

        assertThat(issue(plugin, "cus_1", "a@b.co", "order 1")).isEqualTo(first);
        assertThat(auth0.clients).hasSize(1);
        auth0.showsSecrets = false;
        assertThatThrownBy(() -> issue(plugin, "cus_1", "a@b.co", "order 1"))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("read:client_keys");
        plugin.revokeApiKey("cus_1", first.keyId());
        refuses(Kind.CONFLICT, () -> issue(plugin, "cus_1", "a@b.co", "order 1"), "Send a new idempotencyKey");
        assertThat(auth0.clients).isEmpty();
    }

    @Test
    @DisplayName("lists a customer's keys and revokes them, and nobody else's")
    void lists() {
        String first = issue(plugin, "cus_1", "a@b.co", null).keyId();
        String theirs = issue(plugin, "cus_2", "ab@co", null).keyId();

        assertThat(ids(plugin, "cus_1")).containsExactly(first);
        assertThat(plugin.getApiKey("cus_1", first).createdAt()).isEqualTo(TestTokens.NOW);
        for (String keyId : new String[] {theirs, Auth0Server.CLIENT_ID, "..", "a/b?c", "\u00fcmlaut\u00fcmlaut"}) {
            refuses(Kind.NOT_FOUND, () -> plugin.revokeApiKey("cus_1", keyId), "there is no such key");
        }
        plugin.revokeCustomer("cus_1");
        assertThat(auth0.clients).containsOnlyKeys(theirs);
        assertThat(ids(plugin, "cus_unknown")).isEmpty();
    }

    @Test
    @DisplayName("leaves no application behind that could not be granted anything")
    void cleansUp() {
        ProvisioningPlugin other = TestGateway.of(
                "auth0-m2m",
                "PLUGIN_AUTH0_M2M_DOMAIN",
                auth0.uri(),
                "PLUGIN_AUTH0_M2M_CLIENT_ID",
                Auth0Server.CLIENT_ID,
                "PLUGIN_AUTH0_M2M_CLIENT_SECRET",
                Auth0Server.SECRET,
                "PLUGIN_AUTH0_M2M_API_AUDIENCE",
                "https://unknown.example");

        assertThatThrownBy(() -> issue(other, "cus_1", "a@b.co", null))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("POST api/v2/client-grants with status 400");
        assertThat(auth0.clients).isEmpty();
    }

    @Test
    @DisplayName("refuses an email that no user has, and one that several have")
    void users() {
        auth0.user("google|1", "b@b.co");
        auth0.user("auth0|3", "b@b.co");

        refuses(Kind.NOT_FOUND, () -> plugin.provisionUser("cus_1", "nobody@b.co", null), "no user with this email");
        refuses(Kind.CONFLICT, () -> plugin.provisionUser("cus_1", "b@b.co", null), "several users");
    }

    @Test
    @DisplayName("tells which settings to look at where Auth0 gives no token, and shows no secret")
    void wrongSecret() {
        ProvisioningPlugin other = TestGateway.of(
                "auth0-m2m",
                "PLUGIN_AUTH0_M2M_DOMAIN",
                auth0.uri(),
                "PLUGIN_AUTH0_M2M_CLIENT_ID",
                Auth0Server.CLIENT_ID,
                "PLUGIN_GATEWAY_SECRET_ID",
                "latchkey/auth0",
                "PLUGIN_AUTH0_M2M_API_AUDIENCE",
                Auth0Server.AUDIENCE);

        assertThatThrownBy(() -> other.getUser("cus_1", "a@b.co"))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("Auth0 gives no token for its Management API (status 401). Check"
                        + " PLUGIN_AUTH0_M2M_CLIENT_ID and its secret")
                .message()
                .doesNotContain(TestGateway.SECRET);
    }
}
