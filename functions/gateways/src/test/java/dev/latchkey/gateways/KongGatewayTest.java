package dev.latchkey.gateways;

import static dev.latchkey.gateways.TestGateway.ids;
import static dev.latchkey.gateways.TestGateway.issue;
import static dev.latchkey.gateways.TestGateway.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.KeyPage;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.ProvisioningException.Kind;
import dev.latchkey.provisioning.ProvisioningPlugin;
import dev.latchkey.provisioning.User;
import dev.latchkey.status.Status;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The plugin for Kong Gateway")
class KongGatewayTest {

    private static final String USERNAME = "a.b__2Bc__40d.co";

    private final KongServer kong = new KongServer();
    private final ProvisioningPlugin plugin =
            TestGateway.of("Kong-Gateway", "PLUGIN_KONG_URL", kong.uri(), "PLUGIN_KONG_ADMIN_TOKEN", KongServer.TOKEN);

    KongGatewayTest() throws IOException {}

    @AfterEach
    void close() {
        kong.close();
    }

    @Test
    @DisplayName("makes a consumer with the portal's own name for an email, and finds it when it is made again")
    void consumer() {
        User made = plugin.provisionUser("cus_1", "a.b+c@d.co", "sub_1");
        User again = plugin.provisionUser("cus_1", "a.b+c@d.co", "sub_2");

        assertThat(made.username()).isEqualTo(USERNAME);
        assertThat(made.billingCustomerId()).isEqualTo("cus_1");
        assertThat(made.billingSubscriptionId()).isEqualTo("sub_1");
        assertThat(again.id()).isEqualTo(made.id());
        assertThat(kong.consumers).hasSize(1);
        assertThat(kong.requests).first().isEqualTo("POST /consumers/");
        assertThat(plugin.getUser("cus_1", "a.b+c@d.co").id()).isEqualTo(made.id());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("names a consumer as encodeURIComponent does, with __ for %")
    @CsvSource(quoteCharacter = '"', textBlock = """
            a@b.co,          a__40b.co
            o'hara+x%y@b.co, o'hara__2Bx__25y__40b.co
            a/b?c#d@b.co,    a__2Fb__3Fc__23d__40b.co
            ü@b.co,          __C3__BC__40b.co
            ~!*-_.@b.co,     ~!*-_.__40b.co
            """)
    void username(String email, String username) {
        assertThat(KongGatewayPlugin.username(email)).isEqualTo(username);
    }

    @Test
    @DisplayName("finds a customer whose email has changed by the customer's id")
    void changedEmail() {
        User made = plugin.provisionUser("cus_1", "old@b.co", null);

        assertThat(plugin.provisionUser("cus_1", "new@b.co", null).id()).isEqualTo(made.id());
        assertThat(issue(plugin, "cus_1", "new@b.co", null).value()).startsWith("kong");
        assertThat(kong.requests).contains("POST /consumers/old__40b.co/key-auth");
    }

    @Test
    @DisplayName("makes a key by the consumer's name, whose id is Kong's, also for a customer who is not there yet")
    void key() {
        ApiKey key = issue(plugin, "cus_1", "a.b+c@d.co", null);

        assertThat(kong.requests).contains("POST /consumers/" + USERNAME + "/key-auth");
        assertThat(kong.keys).hasSize(1);
        assertThat(key.value()).isEqualTo(kong.keys.get(0).key());
        assertThat(key.keyId()).isEqualTo(kong.keys.get(0).id());
        assertThat(key.expiresAt()).isEmpty();
    }

    @Test
    @DisplayName("answers a repeated request by the same key, and another request by another one")
    void idempotent() {
        ApiKey first = issue(plugin, "cus_1", "a@b.co", "order 1");

        assertThat(plugin.isIdempotent()).isTrue();
        assertThat(issue(plugin, "cus_1", "a@b.co", "order 1")).isEqualTo(first);
        assertThat(issue(plugin, "cus_1", "a@b.co", "order 2").keyId()).isNotEqualTo(first.keyId());
        assertThat(issue(plugin, "cus_2", "b@b.co", "order 1").keyId()).isNotEqualTo(first.keyId());
        assertThat(kong.keys).hasSize(3);
        refuses(
                Kind.CONFLICT,
                () -> issue(plugin, "cus_1", "other@b.co", "order 1"),
                "was used for this customer with another request");
    }

    @Test
    @DisplayName("makes a new key each time where it keeps no table")
    void withoutTable() {
        ProvisioningPlugin forgetful = TestGateway.withoutTable(
                "kong-gateway", "PLUGIN_KONG_URL", kong.uri(), "PLUGIN_KONG_ADMIN_TOKEN", KongServer.TOKEN);

        assertThat(forgetful.isIdempotent()).isFalse();
        assertThat(issue(forgetful, "cus_1", "a@b.co", "order 1"))
                .isNotEqualTo(issue(forgetful, "cus_1", "a@b.co", "order 1"));
    }

    @Test
    @DisplayName("lists a customer's keys page by page, newest first, and shows none of them")
    void lists() {
        String first = issue(plugin, "cus_1", "a@b.co", null).keyId();
        String second = issue(plugin, "cus_1", "a@b.co", null).keyId();
        String third = issue(plugin, "cus_1", "a@b.co", null).keyId();
        issue(plugin, "cus_2", "b@b.co", null);
        kong.pageSize = 1;

        KeyPage page = plugin.listApiKeys("cus_1", 2, null);
        assertThat(page.keys()).extracting(KeyRecord::keyId).containsExactly(third, second);
        assertThat(page.keys()).extracting(KeyRecord::expiresAt).containsOnly(KeyRecord.NEVER);
        assertThat(page.cursor()).isNotNull();
        KeyPage last = plugin.listApiKeys("cus_1", 2, page.cursor());
        assertThat(last.keys()).extracting(KeyRecord::keyId).containsExactly(first);
        assertThat(last.cursor()).isNull();
        assertThat(page.toString()).doesNotContain(kong.keys.get(0).key());
        assertThat(plugin.listApiKeys("cus_unknown", 2, null).keys()).isEmpty();
        refuses(
                Kind.INVALID,
                () -> plugin.listApiKeys("cus_2", 2, page.cursor()),
                "cursor is not one of this customer's list");
        assertThat(kong.requests).noneMatch(request -> request.contains("elsewhere"));
    }

    @Test
    @DisplayName("lists the keys of this customer alone where Kong does not filter")
    void unfiltered() {
        issue(plugin, "cus_1", "a@b.co", null);
        String theirs = issue(plugin, "cus_2", "b@b.co", null).keyId();
        kong.filters = false;
        kong.pageSize = 1;

        assertThat(ids(plugin, "cus_2")).containsExactly(theirs);
        assertThat(ids(plugin, "cus_3")).isEmpty();
    }

    @Test
    @DisplayName("revokes a key by its id, and all of a customer's, and nobody else's")
    void revokes() {
        String first = issue(plugin, "cus_1", "a@b.co", null).keyId();
        issue(plugin, "cus_1", "a@b.co", null);
        issue(plugin, "cus_1", "a@b.co", null);
        String other = issue(plugin, "cus_2", "b@b.co", null).keyId();

        KeyRecord revoked = plugin.revokeApiKey("cus_1", first);
        assertThat(revoked.status()).isEqualTo(Status.REVOKED);
        assertThat(revoked.succession().endsAt()).isNotNull();
        assertThat(ids(plugin, "cus_1")).hasSize(2).doesNotContain(first);
        refuses(Kind.NOT_FOUND, () -> plugin.revokeApiKey("cus_1", first), "there is no such key");

        plugin.revokeCustomer("cus_1");
        assertThat(ids(plugin, "cus_1")).isEmpty();
        assertThat(ids(plugin, "cus_2")).containsExactly(other);
    }

    @Test
    @DisplayName("neither shows nor revokes another customer's key, nor one by the key's own text")
    void ofAnother() {
        ApiKey theirs = issue(plugin, "cus_2", "b@b.co", null);
        issue(plugin, "cus_1", "a@b.co", null);

        for (String keyId :
                new String[] {theirs.keyId(), theirs.value(), UUID.randomUUID().toString(), "..", "../../../consumers"
                }) {
            refuses(Kind.NOT_FOUND, () -> plugin.getApiKey("cus_1", keyId), "no such key");
            refuses(Kind.NOT_FOUND, () -> plugin.revokeApiKey("cus_1", keyId), "no such key");
        }
        refuses(Kind.NOT_FOUND, () -> plugin.revokeApiKey("cus_2", theirs.value()), "no such key");
        assertThat(kong.keys).hasSize(2);
    }

    @Test
    @DisplayName("gives a customer no consumer of another, whose email's name is the same")
    void sameName() {
        issue(plugin, "cus_1", "x+y@b.co", null);

        refuses(Kind.CONFLICT, () -> issue(plugin, "cus_2", "x__2By@b.co", null), "belongs to another customer");
        refuses(Kind.CONFLICT, () -> plugin.provisionUser("cus_2", "x+y@b.co", null), "belongs to another customer");
        refuses(Kind.NOT_FOUND, () -> plugin.getUser("cus_2", "x+y@b.co"), "no such user");
        kong.consumer("c__40b.co", "");
        refuses(Kind.CONFLICT, () -> issue(plugin, "cus_3", "c@b.co", null), "without a custom_id");
        assertThat(kong.keys).hasSize(1);
    }

    @Test
    @DisplayName("encodes whatever an id or an email holds, so that no request leaves its path")
    void encodes() {
        String odd = "../cus?custom_id=cus_1&size=1#\u00fc";
        issue(plugin, "cus_1", "a@b.co", null);
        String theirs = issue(plugin, odd, "../x?y#z@b.co", null).keyId();

        assertThat(ids(plugin, odd)).containsExactly(theirs);
        plugin.revokeCustomer(odd);
        assertThat(kong.keys).hasSize(1);
        assertThat(kong.requests).allMatch(request -> request.split(" ", 2)[1].startsWith("/consumers"));
    }

    @Test
    @DisplayName("gives no customer more keys than are allowed")
    void limit() {
        ProvisioningPlugin two = TestGateway.of(
                "kong-gateway",
                "PLUGIN_KONG_URL",
                kong.uri(),
                "PLUGIN_KONG_ADMIN_TOKEN",
                KongServer.TOKEN,
                "PLUGIN_JWT_MAX_KEYS_PER_CUSTOMER",
                "2");
        issue(two, "cus_1", "a@b.co", "1");
        ApiKey second = issue(two, "cus_1", "a@b.co", "2");

        refuses(Kind.CONFLICT, () -> issue(two, "cus_1", "a@b.co", "3"), "this customer has 2 keys");
        assertThat(issue(two, "cus_1", "a@b.co", "2")).isEqualTo(second);
    }

    @Test
    @DisplayName("needs no token where Kong wants none, and takes it from Secrets Manager where that is named")
    void tokens() {
        kong.wantsToken = false;
        ProvisioningPlugin open = TestGateway.of("kong-gateway", "PLUGIN_KONG_URL", kong.uri() + "/");
        assertThat(issue(open, "cus_1", "a@b.co", null).value()).startsWith("kong");

        kong.wantsToken = true;
        ProvisioningPlugin other =
                TestGateway.of("kong-gateway", "KONG_URL", kong.uri(), "PLUGIN_GATEWAY_SECRET_ID", "latchkey/gateway");
        assertThatThrownBy(() -> issue(other, "cus_1", "a@b.co", null))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("status 401")
                .hasMessageContaining("Set PLUGIN_KONG_ADMIN_TOKEN or PLUGIN_GATEWAY_SECRET_ID")
                .message()
                .doesNotContain(TestGateway.SECRET);
    }

    @Test
    @DisplayName("does not rest keys, and makes none with a name or scopes")
    void notImplemented() {
        String keyId = issue(plugin, "cus_1", "a@b.co", null).keyId();
        refuses(Kind.NOT_IMPLEMENTED, () -> plugin.suspendApiKey("cus_1", keyId), "cannot suspend a key. Revoke it");
    }
}
