package dev.latchkey.gateways;

import static dev.latchkey.gateways.TestGateway.ids;
import static dev.latchkey.gateways.TestGateway.issue;
import static dev.latchkey.gateways.TestGateway.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.aws.OverEmulator;
import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.ProvisioningException.Kind;
import dev.latchkey.provisioning.ProvisioningPlugin;
import dev.latchkey.provisioning.User;
import dev.latchkey.status.Status;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;

@ExtendWith(OverEmulator.class)
@DisplayName("The plugin for usage plans of API Gateway, over an emulator,")
class AwsUsagePlanTest {

    private final ApiGatewayClient apiGateway = ApiGatewayClient.create();
    private final String plan =
            apiGateway.createUsagePlan(create -> create.name("gold")).id();
    private final ProvisioningPlugin plugin = TestGateway.of("aws-usage-plan", "PLUGIN_AWS_USAGE_PLAN_ID", plan);
    private final String customer = "cus_" + UUID.randomUUID();

    @Test
    @DisplayName("takes a customer for its own user")
    void user() {
        assertThat(plugin.provisionUser(customer, "a@b.co", "sub_1"))
                .isEqualTo(new User(customer, "a@b.co", "a@b.co", customer, "sub_1"));
    }

    @Test
    @DisplayName("makes a key that works, in the plan")
    void key() {
        ApiKey key = issue(plugin, customer, "a@b.co", null);

        assertThat(apiGateway
                        .getApiKey(get -> get.apiKey(key.keyId()).includeValue(true))
                        .value())
                .isEqualTo(key.value())
                .hasSizeGreaterThanOrEqualTo(20);
        assertThat(apiGateway.getUsagePlanKeys(get -> get.usagePlanId(plan)).items())
                .extracting(item -> item.id())
                .containsExactly(key.keyId());
        assertThat(plugin.getApiKey(customer, key.keyId()).status()).isEqualTo(Status.VALID);
    }

    @Test
    @DisplayName("answers a repeated request by the same key, but not once it is revoked")
    void idempotent() {
        ApiKey first = issue(plugin, customer, "a@b.co", "order 1");

        assertThat(issue(plugin, customer, "a@b.co", "order 1")).isEqualTo(first);
        assertThat(ids(plugin, customer)).containsExactly(first.keyId());
        plugin.revokeApiKey(customer, first.keyId());
        refuses(Kind.CONFLICT, () -> issue(plugin, customer, "a@b.co", "order 1"), "Send a new idempotencyKey");
        assertThat(ids(plugin, customer)).isEmpty();
    }

    @Test
    @DisplayName("lets a key rest and work again")
    void rests() {
        String keyId = issue(plugin, customer, "a@b.co", null).keyId();

        assertThat(plugin.suspendApiKey(customer, keyId).status()).isEqualTo(Status.SUSPENDED);
        assertThat(apiGateway.getApiKey(get -> get.apiKey(keyId)).enabled()).isFalse();
        assertThat(plugin.getApiKey(customer, keyId).status()).isEqualTo(Status.SUSPENDED);
        plugin.suspendApiKey(customer, keyId);
        assertThat(plugin.resumeApiKey(customer, keyId).status()).isEqualTo(Status.VALID);
        assertThat(apiGateway.getApiKey(get -> get.apiKey(keyId)).enabled()).isTrue();
    }

    @Test
    @DisplayName("lists and revokes a customer's keys in this plan, and no others of the account")
    void lists() {
        String other = "cus_" + UUID.randomUUID();
        String first = issue(plugin, customer, "a@b.co", null).keyId();
        String theirs = issue(plugin, other, "b@b.co", null).keyId();
        String byHand =
                apiGateway.createApiKey(create -> create.name("by hand")).id();
        String nameless = apiGateway.createApiKey(create -> {}).id();
        ProvisioningPlugin elsewhere = TestGateway.of("aws-usage-plan", "PLUGIN_AWS_USAGE_PLAN_ID", "other");

        assertThat(ids(plugin, customer)).containsExactly(first);
        assertThat(ids(elsewhere, customer)).isEmpty();
        for (String keyId : new String[] {theirs, byHand, nameless, "nothere", "..", "a/b"}) {
            refuses(Kind.NOT_FOUND, () -> plugin.revokeApiKey(customer, keyId), "there is no such key");
            refuses(Kind.NOT_FOUND, () -> plugin.suspendApiKey(customer, keyId), "there is no such key");
        }
        plugin.revokeCustomer(customer);
        assertThat(ids(plugin, customer)).isEmpty();
        assertThat(ids(plugin, other)).containsExactly(theirs);
    }
}
