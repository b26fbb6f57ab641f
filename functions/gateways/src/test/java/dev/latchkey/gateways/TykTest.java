package dev.latchkey.gateways;

import static dev.latchkey.gateways.TestGateway.ids;
import static dev.latchkey.gateways.TestGateway.issue;
import static dev.latchkey.gateways.TestGateway.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.ProvisioningException.Kind;
import dev.latchkey.provisioning.ProvisioningPlugin;
import dev.latchkey.provisioning.User;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The plugin for Tyk")
class TykTest {

    private final TykServer tyk = new TykServer();
    private final ProvisioningPlugin plugin = TestGateway.of("tyk", settings("gold"));

    TykTest() throws IOException {}

    @AfterEach
    void close() {
        tyk.close();
    }

    private String[] settings(String policies) {
        return new String[] {
            "PLUGIN_TYK_GATEWAY_URL",
            tyk.uri(),
            "PLUGIN_TYK_DASH_ORG_ID",
            TykServer.ORGANISATION,
            "PLUGIN_TYK_GATEWAY_SECRET_KEY",
            TykServer.SECRET,
            "PLUGIN_TYK_POLICIES",
            policies
        };
    }

    @Test
    @DisplayName("takes a customer for its own user, and asks Tyk nothing")
    void user() {
        assertThat(plugin.provisionUser("cus_1", "a@b.co", "sub_1"))
                .isEqualTo(new User("cus_1", "a@b.co", "a@b.co", "cus_1", "sub_1"));
        assertThat(plugin.getUser("cus_1", "a@b.co").id()).isEqualTo("cus_1");
        assertThat(tyk.requests).isEmpty();
    }

    @Test
    @DisplayName("makes a key of the organisation with the policies, called by its hash")
    void key() {
        ApiKey key = issue(plugin, "cus_1", "a@b.co", null);

        assertThat(tyk.requests).containsExactly("POST /tyk/keys");
        assertThat(tyk.keys).containsEntry(key.keyId(), key.value());
        assertThat(String.valueOf(tyk.sessions.get(key.keyId())))
                .contains("\"alias\":\"cus_1\"", "\"apply_policies\":[\"gold\"]");
    }

    @Test
    @DisplayName("answers a repeated request by the same key, which follows from nothing that others know")
    void idempotent() {
        ApiKey first = issue(plugin, "cus_1", "a@b.co", "order 1");

        assertThat(issue(plugin, "cus_1", "a@b.co", "order 1")).isEqualTo(first);
        assertThat(tyk.sessions).hasSize(1);
        ApiKey elsewhere = issue(TestGateway.of("tyk", settings("gold")), "cus_1", "a@b.co", "order 1");
        assertThat(elsewhere.value()).isNotEqualTo(first.value());
        assertThat(issue(plugin, "cus_1", "a@b.co", "order 2").value()).isNotEqualTo(first.value());
    }

    @Test
    @DisplayName("does not bring a revoked key back when its request is repeated")
    void revokedStays() {
        ApiKey key = issue(plugin, "cus_1", "a@b.co", "order 1");
        plugin.revokeApiKey("cus_1", key.keyId());

        refuses(Kind.CONFLICT, () -> issue(plugin, "cus_1", "a@b.co", "order 1"), "Send a new idempotencyKey");
        assertThat(tyk.sessions).isEmpty();
    }

    @Test
    @DisplayName("lists a customer's keys and revokes them by hash, and nobody else's")
    void lists() {
        String first = issue(plugin, "cus_1", "a@b.co", null).keyId();
        ApiKey theirs = issue(plugin, "cus_2", "b@b.co", null);
        tyk.sessions.put(
                "00000000deadbeef",
                new JsonObjectBuilder()
                        .put("alias", "cus_1")
                        .put("org_id", "another")
                        .build());

        KeyRecord record = plugin.listApiKeys("cus_1", 10, null).keys().get(0);
        assertThat(ids(plugin, "cus_1")).containsExactly(first);
        assertThat(record.createdAt()).isEqualTo(Instant.parse("2026-11-30T00:02:03Z"));
        assertThat(record.expiresAt()).isEqualTo(KeyRecord.NEVER);
        for (String keyId : new String[] {theirs.keyId(), theirs.value(), "00000000deadbeef", "..", "abc"}) {
            refuses(Kind.NOT_FOUND, () -> plugin.revokeApiKey("cus_1", keyId), "there is no such key");
        }
        plugin.revokeApiKey("cus_1", first);
        assertThat(tyk.requests).contains("DELETE /tyk/keys/" + first + "?hashed=true");
        assertThat(tyk.sessions).containsOnlyKeys(theirs.keyId(), "00000000deadbeef");
    }

    @Test
    @DisplayName("takes away at once a key that Tyk does not hash, and tells what to set")
    void unhashed() {
        tyk.hashesKeys = false;

        assertThatThrownBy(() -> issue(plugin, "cus_1", "a@b.co", null))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("Set hash_keys and enable_hashed_keys_listing in tyk.conf to true");
        assertThat(tyk.sessions).isEmpty();
    }

    @Test
    @DisplayName("tells what to set where Tyk does not list hashes, or has more keys than can be looked through")
    void unlisted() {
        for (int i = 0; i < 501; i++) {
            tyk.sessions.put("%016x".formatted(i), new JsonObjectBuilder().build());
        }
        assertThatThrownBy(() -> ids(plugin, "cus_1")).hasMessageContaining("Tyk has 501 keys");
        tyk.listsHashes = false;
        assertThatThrownBy(() -> ids(plugin, "cus_1"))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("enable_hashed_keys_listing");
    }

    @Test
    @DisplayName("fails with a policy that Tyk does not have")
    void unknownPolicy() {
        assertThatThrownBy(() -> issue(TestGateway.of("tyk", settings("silver")), "cus_1", "a@b.co", null))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("status 500");
        assertThat(tyk.sessions).isEmpty();
    }
}
