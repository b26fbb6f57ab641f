package dev.latchkey.gateways;

import static dev.latchkey.gateways.TestGateway.ids;
import static dev.latchkey.gateways.TestGateway.issue;
import static dev.latchkey.gateways.TestGateway.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.ProvisioningException.Kind;
import dev.latchkey.provisioning.ProvisioningPlugin;
import dev.latchkey.provisioning.User;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The plugin for Kong Konnect")
class KongKonnectTest {

    private static final String CONSUMERS = "/" + KongServer.PLANE + "/core-entities/consumers";

    @ParameterizedTest(name = "{0}")
    @DisplayName("provisions, issues, finds again, lists and revokes below the control plane's path, now or as once")
    @ValueSource(strings = {"control-planes", "runtime-groups"})
    void life(String planes) throws IOException {
        try (KongServer konnect = new KongServer(planes)) {
            ProvisioningPlugin plugin = plugin(konnect, "PLUGIN_KONNECT_PATH", planes);

            User user = plugin.provisionUser("cus_1", "a.b+c@d.co", "sub_1");
            assertThat(user.username()).isEqualTo("a.b+c@d.co");
            assertThat(plugin.provisionUser("cus_1", "a.b+c@d.co", "sub_1").id())
                    .isEqualTo(user.id());
            ApiKey key = issue(plugin, "cus_1", "a.b+c@d.co", "order 1");
            assertThat(issue(plugin, "cus_1", "a.b+c@d.co", "order 1")).isEqualTo(key);
            assertThat(ids(plugin, "cus_1")).containsExactly(key.keyId());
            refuses(Kind.NOT_FOUND, () -> plugin.revokeApiKey("cus_2", key.keyId()), "no such key");
            plugin.revokeApiKey("cus_1", key.keyId());
            assertThat(konnect.keys).isEmpty();

            assertThat(konnect.requests)
                    .contains(
                            "GET /v2/" + planes + "?filter%5Bname%5D%5Beq%5D=default",
                            "POST /v2/" + planes + CONSUMERS + "/",
                            "GET /v2/" + planes + CONSUMERS + "/a.b%2Bc%40d.co",
                            "POST /v2/" + planes + CONSUMERS + "/" + user.id() + "/key-auth")
                    .filteredOn(request -> request.contains("filter"))
                    .as("the control plane is asked for once")
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("tells which control plane it does not find")
    void unknownPlane() throws IOException {
        try (KongServer konnect = new KongServer("control-planes")) {
            ProvisioningPlugin plugin = plugin(konnect, "PLUGIN_KONNECT_RUNTIME_GROUP_NAME", "other");

            assertThatThrownBy(() -> issue(plugin, "cus_1", "a@b.co", null))
                    .isInstanceOf(GatewayException.class)
                    .hasMessage("Konnect has 0 control planes of the name that PLUGIN_KONNECT_RUNTIME_GROUP_NAME tells,"
                            + " and needs one. Set it to the name of one that the token may see");
        }
    }

    private static ProvisioningPlugin plugin(KongServer konnect, String setting, String value) {
        return TestGateway.of(
                "kong-konnect",
                "PLUGIN_KONNECT_API_URL",
                konnect.uri(),
                "PLUGIN_KONNECT_PAT",
                KongServer.TOKEN,
                setting,
                value);
    }
}
