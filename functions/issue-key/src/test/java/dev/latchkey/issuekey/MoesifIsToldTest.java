package dev.latchkey.issuekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.config.SettingsException;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.testing.Collector;
import dev.latchkey.testing.TestContext;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("After a request, Moesif")
class MoesifIsToldTest {

    private final Collector collector;
    private final TestIssuer issuer;

    MoesifIsToldTest() throws IOException {
        collector = new Collector();
        issuer = issuer();
    }

    @AfterEach
    void stopCollector() {
        collector.close();
    }

    @Test
    @DisplayName("is told of the key's id and expiry, and of no piece of the key (L17)")
    void key() {
        JsonObject answer = issuer.call("{\"action\":\"createApiKey\",\"customerId\":\"cus_1\",\"email\":\"a@b.co\","
                + "\"subscriptionId\":\"sub_1\"}");

        JsonObject action = collector.posted("/v1/actions");
        assertThat(action.object("metadata").string("key_id")).isEqualTo(answer.string("keyId"));
        assertThat(action.object("metadata").string("expires_at")).isEqualTo(answer.string("expiresAt"));
        assertThat(collector.posted("/v1/subscriptions").string("subscription_id"))
                .contains("sub_1");
        String told = collector.requests().toString();
        String key = answer.string("apikey").orElseThrow();
        for (int i = 0; i + 12 <= key.length(); i++) {
            assertThat(told.contains(key.substring(i, i + 12))).isFalse();
        }
        assertThat(issuer.log.lines()).hasSize(2);
    }

    @Test
    @DisplayName("is told of a provisioned user, over HTTP, too")
    void provisioned() {
        issuer.file("issue-key-provision-user.json");

        assertThat(collector.posted("/v1/users").string("user_id")).contains("cus_1");
        assertThat(collector.requests()).hasSize(3);
    }

    @Test
    @DisplayName("is told nothing of a user that was looked up, nor of a request that was refused")
    void nothing() {
        issuer.file("issue-key-direct-get-user.json");
        issuer.file("issue-key-direct-missing-customer.json");
        issuer.file("issue-key-unknown-route.json");

        assertThat(collector.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"latchkey-doctor, 0", "cus_1, 9"})
    @DisplayName("is told nothing of what the doctor has done to its key; the audit has each of it, as of everybody")
    void canary(String customer, int told) {
        TestIssuer keeping = TestIssuer.keeping(settings());
        String of = "\"customerId\":\"" + customer + "\"";
        JsonObject answer = keeping.call("{\"action\":\"createApiKey\",\"email\":\"a@b.co\"," + of + "}");
        String key = "\"keyId\":\"" + answer.string("keyId").orElseThrow() + "\"";
        for (String action : List.of("suspendApiKey", "resumeApiKey", "revokeApiKey")) {
            keeping.call("{\"action\":\"" + action + "\"," + key + "," + of + "}");
        }
        keeping.call("{\"action\":\"revokeCustomer\"," + of + "}");
        keeping.call("{\"action\":\"provisionUser\",\"email\":\"a@b.co\"," + of + "}");

        assertThat(keeping.log.lines())
                .filteredOn(line -> line.contains("\"message\":\"audit\""))
                .hasSize(6)
                .allSatisfy(line -> assertThat(line).contains(of));
        assertThat(collector.requests()).hasSize(told);
    }

    @Test
    @DisplayName("is told nothing at start, nor without an application id, which is said at start")
    void off() {
        TestIssuer off = TestIssuer.with("MOESIF_BASE_URI", collector.uri());

        assertThat(off.file("issue-key-direct.json").has("apikey")).isTrue();
        assertThat(collector.requests()).isEmpty();
        assertThat(off.atStart)
                .filteredOn(line -> line.contains("Moesif"))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(
                                "\"level\":\"INFO\"",
                                "Moesif is not told of customers and keys: MOESIF_APPLICATION_ID is not set"));
        assertThat(issuer.atStart).noneMatch(line -> line.contains("Moesif"));
    }

    @Test
    @DisplayName("may fail: the key is answered as ever, and the log tells and counts what was not told")
    void failure() {
        collector.answer(500);

        assertThat(issuer.file("issue-key-direct.json").has("apikey")).isTrue();
        assertThat(issuer.log.lines()).hasSize(3);
        assertThat(issuer.logged().string("level")).contains("ERROR");
        assertThat(issuer.logged().string("message")).contains("Moesif was not told");
        assertThat(issuer.logged().string("awsRequestId")).contains(TestContext.REQUEST_ID);
        assertThat(issuer.logged().get("failures").orElseThrow().toString())
                .contains("user: HTTP Response [500]", "company: ", "action: ")
                .doesNotContain("cus_1", "a@b.co");
        assertThat(issuer.logged().get("MoesifFailures")).hasToString("Optional[3]");
        assertThat(issuer.logged().object("_aws").toString())
                .contains(
                        "\"Namespace\":\"Latchkey\",\"Dimensions\":[[\"FunctionName\"]]",
                        "{\"Name\":\"MoesifFailures\",\"Unit\":");
    }

    @Test
    @DisplayName("may fail without being counted where metrics are off")
    void metricsOff() {
        collector.answer(500);
        TestIssuer uncounted = issuer("METRICS", "off");
        uncounted.file("issue-key-direct.json");

        assertThat(uncounted.log.last()).contains("Moesif was not told").doesNotContain("_aws");
    }

    @Test
    @DisplayName("has settings whose problems are told with the others'")
    void problems() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() ->
                        issuer("MOESIF_BASE_URI", "http://a.example", "METRICS", "maybe", "PLUGIN_JWT_EXPIRES_IN", "0"))
                .withMessageContaining("3 problems")
                .withMessageContaining("MOESIF_BASE_URI: must be an https address")
                .withMessageContaining("METRICS: needs on (the default) or off")
                .withMessageContaining("PLUGIN_JWT_EXPIRES_IN: ");
    }

    private TestIssuer issuer(String... settings) {
        return TestIssuer.with(settings(settings));
    }

    private String[] settings(String... settings) {
        String[] all = new String[settings.length + 6];
        all[0] = "MOESIF_APPLICATION_ID";
        all[1] = Collector.APPLICATION_ID;
        all[2] = "MOESIF_BASE_URI";
        all[3] = collector.uri();
        all[4] = "AWS_LAMBDA_FUNCTION_NAME";
        all[5] = "prod-IssueKey";
        System.arraycopy(settings, 0, all, 6, settings.length);
        return all;
    }
}
