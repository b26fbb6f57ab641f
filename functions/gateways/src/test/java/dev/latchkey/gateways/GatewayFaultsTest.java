package dev.latchkey.gateways;

import static dev.latchkey.gateways.TestGateway.ids;
import static dev.latchkey.gateways.TestGateway.issue;
import static dev.latchkey.gateways.TestGateway.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.gateways.RebuiltApi.Fault;
import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.ProvisioningException;
import dev.latchkey.provisioning.ProvisioningException.Kind;
import dev.latchkey.provisioning.ProvisioningPlugin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A gateway that fails")
class GatewayFaultsTest {

    private static final List<String> SECRETS = List.of(
            KongServer.TOKEN,
            TykServer.SECRET,
            Auth0Server.SECRET,
            "secret-management-token",
            "secret-of-the-page",
            "a@b.co",
            "a__40b");

    /** A plugin and the server that it works with. */
    private record Trial(
            String name,
            Opening opening,
            ToIntFunction<RebuiltApi> keys,
            String address,
            String secret,
            boolean heals,
            List<String> settings) {

        RebuiltApi open() throws IOException {
            return opening.open();
        }

        ProvisioningPlugin plugin(String uri) {
            List<String> all = new ArrayList<>(settings);
            all.addAll(List.of(address, uri));
            return TestGateway.of(name, all.toArray(new String[0]));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private interface Opening {
        RebuiltApi open() throws IOException;
    }

    private static Stream<Trial> gateways() {
        return Stream.of(
                new Trial(
                        "kong-gateway",
                        KongServer::new,
                        server -> ((KongServer) server).keys.size(),
                        "PLUGIN_KONG_URL",
                        "PLUGIN_KONG_ADMIN_TOKEN",
                        true,
                        List.of("PLUGIN_KONG_ADMIN_TOKEN", KongServer.TOKEN)),
                new Trial(
                        "kong-konnect",
                        () -> new KongServer("control-planes"),
                        server -> ((KongServer) server).keys.size(),
                        "PLUGIN_KONNECT_API_URL",
                        "PLUGIN_KONNECT_PAT",
                        true,
                        List.of("PLUGIN_KONNECT_PAT", KongServer.TOKEN)),
                new Trial(
                        "tyk",
                        TykServer::new,
                        server -> ((TykServer) server).sessions.size(),
                        "PLUGIN_TYK_GATEWAY_URL",
                        "PLUGIN_TYK_GATEWAY_SECRET_KEY",
                        false,
                        List.of(
                                "PLUGIN_TYK_DASH_ORG_ID",
                                TykServer.ORGANISATION,
                                "PLUGIN_TYK_POLICIES",
                                "gold",
                                "PLUGIN_TYK_GATEWAY_SECRET_KEY",
                                TykServer.SECRET)),
                new Trial(
                        "auth0-m2m",
                        Auth0Server::new,
                        server -> ((Auth0Server) server).organisationGrants.size(),
                        "PLUGIN_AUTH0_M2M_DOMAIN",
                        "PLUGIN_AUTH0_M2M_CLIENT_SECRET",
                        false,
                        List.of(
                                "PLUGIN_AUTH0_M2M_CLIENT_ID",
                                Auth0Server.CLIENT_ID,
                                "PLUGIN_AUTH0_M2M_API_AUDIENCE",
                                Auth0Server.AUDIENCE,
                                "PLUGIN_AUTH0_M2M_CLIENT_SECRET",
                                Auth0Server.SECRET)));
    }

    private static Stream<Arguments> faults() {
        return gateways()
                .flatMap(trial -> Stream.of(
                        Arguments.of(trial, Fault.CUT, "an answer that ends early"),
                        Arguments.of(trial, Fault.SLOW, "no whole answer within 900 ms"),
                        Arguments.of(trial, Fault.ERROR, "status 500"),
                        Arguments.of(trial, Fault.TOO_LARGE, "more than 100000 bytes"),
                        Arguments.of(trial, Fault.NO_JSON, "no JSON"),
                        Arguments.of(trial, Fault.OTHER_JSON, "no JSON object"),
                        Arguments.of(trial, Fault.REDIRECT, "Redirects are not followed")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("makes an error that tells what was asked, what came and where to look, and no secret")
    @MethodSource("faults")
    void tells(Trial trial, Fault fault, String got) throws IOException {
        try (RebuiltApi server = trial.open()) {
            ProvisioningPlugin plugin = trial.plugin(server.uri());
            server.fails("POST", fault);
            assertThatThrownBy(() -> issue(plugin, "cus_1", "a@b.co", "order 1"))
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining(got)
                    .hasMessageContaining(server.uri())
                    .hasNoCause()
                    .message()
                    .doesNotContain(SECRETS)
                    .satisfies(message -> assertThat(
                                    message.contains(trial.address()) || message.contains("Its own log tells why"))
                            .isTrue());
            assertThat(server.requests).noneMatch(request -> request.contains("elsewhere"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("that is not there makes an error that names the setting")
    @MethodSource("gateways")
    void down(Trial trial) throws IOException {
        RebuiltApi server = trial.open();
        String uri = server.uri();
        server.close();
        ProvisioningPlugin plugin = trial.plugin(uri);

        for (int attempt = 0; attempt < 2; attempt++) {
            String idempotencyKey = "order " + attempt;
            assertThatThrownBy(() -> issue(plugin, "cus_1", "a@b.co", idempotencyKey))
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining("ConnectException")
                    .hasMessageContaining("Is " + trial.address() + " its address");
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("makes no second key when its answer is lost and the request comes again")
    @MethodSource("gateways")
    void lost(Trial trial) throws IOException {
        for (int lostRequest = 0; lostRequest < 7; lostRequest++) {
            try (RebuiltApi server = trial.open()) {
                ProvisioningPlugin plugin = trial.plugin(server.uri());
                plugin.provisionUser("cus_1", "a@b.co", null);
                int before = server.requests.size();
                server.failsAfter(lostRequest, Fault.LOST);
                try {
                    issue(plugin, "cus_1", "a@b.co", "order 1");
                } catch (GatewayException e) {
                    assertThat(server.requests).hasSizeGreaterThan(before);
                }
                again(plugin);
                again(plugin);
                again(plugin);
                assertThat(trial.keys().applyAsInt(server)).isLessThanOrEqualTo(1);
                assertThat(ids(plugin, "cus_1")).hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    private static void again(ProvisioningPlugin plugin) {
        try {
            ApiKey key = issue(plugin, "cus_1", "a@b.co", "order 1");
            assertThat(ids(plugin, "cus_1")).containsExactly(key.keyId());
        } catch (ProvisioningException e) {
            assertThat(e.kind()).isEqualTo(Kind.CONFLICT);
        } catch (GatewayException e) {
            assertThat(e).as("the first attempt asked less").hasMessageContaining("ends early");
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("gives the key once it works again, or asks for a new request where it cannot know of the first")
    @MethodSource("gateways")
    void recovers(Trial trial) throws IOException {
        try (RebuiltApi server = trial.open()) {
            ProvisioningPlugin plugin = trial.plugin(server.uri());
            server.fails("POST", Fault.ERROR);
            assertThatThrownBy(() -> issue(plugin, "cus_1", "a@b.co", "order 1"))
                    .isInstanceOf(GatewayException.class);

            if (trial.heals()) {
                ApiKey key = issue(plugin, "cus_1", "a@b.co", "order 1");
                assertThat(ids(plugin, "cus_1")).containsExactly(key.keyId());
            } else {
                refuses(Kind.CONFLICT, () -> issue(plugin, "cus_1", "a@b.co", "order 1"), "Send a new idempotencyKey");
                assertThat(issue(plugin, "cus_1", "a@b.co", "order 2").value()).isNotEmpty();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("that refuses the secret is told with the settings to look at")
    @MethodSource("gateways")
    void refusedSecret(Trial trial) throws IOException {
        try (RebuiltApi server = trial.open()) {
            List<String> wrong = new ArrayList<>(trial.settings());
            wrong.set(wrong.size() - 1, "wrong-secret");
            ProvisioningPlugin plugin = new Trial(
                            trial.name(),
                            trial.opening(),
                            trial.keys(),
                            trial.address(),
                            trial.secret(),
                            trial.heals(),
                            wrong)
                    .plugin(server.uri());

            assertThatThrownBy(() -> issue(plugin, "cus_1", "a@b.co", null))
                    .isInstanceOf(GatewayException.class)
                    .hasMessageContaining("status 401")
                    .hasMessageContaining(trial.secret())
                    .message()
                    .doesNotContain("wrong-secret");
        }
    }
}
