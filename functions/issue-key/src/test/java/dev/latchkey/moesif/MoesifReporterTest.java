package dev.latchkey.moesif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.moesif.CustomerReporter.KeyChange;
import dev.latchkey.testing.Collector;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Moesif")
class MoesifReporterTest {

    private static final Customer CUSTOMER = new Customer("cus_1", "a@b.co", "sub_1");
    private static final Customer WITHOUT_SUBSCRIPTION = new Customer("cus_2", "\u00e9@b.co", null);
    private static final Instant EXPIRES = Instant.parse("2026-03-31T12:00:00Z");

    private final Collector collector;
    private final CustomerReporter reporter;

    MoesifReporterTest() throws IOException {
        collector = new Collector();
        reporter = TestReporter.patient(collector.uri());
    }

    @AfterEach
    void stopCollector() {
        collector.close();
    }

    @Test
    @DisplayName("is told of a provisioned customer: the user with the email, the company, the subscription")
    void provisioned() {
        assertThat(reporter.provisioned(CUSTOMER)).isEmpty();

        assertThat(collector.posted("/v1/users"))
                .hasToString("{\"user_id\":\"cus_1\",\"company_id\":\"cus_1\",\"metadata\":{\"email\":\"a@b.co\"}}");
        assertThat(collector.posted("/v1/companies")).hasToString("{\"company_id\":\"cus_1\"}");
        assertThat(collector.posted("/v1/subscriptions"))
                .hasToString("{\"subscription_id\":\"sub_1\",\"company_id\":\"cus_1\",\"status\":\"active\"}");
        assertThat(collector.requests()).hasSize(3);
    }

    @Test
    @DisplayName("is told of a new key: the same, and the action with the key's id and expiry")
    void keyCreated() {
        assertThat(reporter.keyCreated(CUSTOMER, "key_1", EXPIRES)).isEmpty();

        assertThat(collector.posted("/v1/actions").toString())
                .matches("\\{\"action_name\":\"API Key Created\",\"user_id\":\"cus_1\",\"company_id\":\"cus_1\","
                        + "\"transaction_id\":\"[0-9a-f-]{36}\",\"subscription_id\":\"sub_1\",\"metadata\":"
                        + "\\{\"key_id\":\"key_1\",\"expires_at\":\"2026-03-31T12:00:00Z\"},\"request\":"
                        + "\\{\"uri\":\"https://latchkey.invalid/create-key\",\"time\":\"2026-03-01T12:00:00.007\"}}");
        assertThat(collector.requests())
                .extracting(Collector.Request::path)
                .containsExactlyInAnyOrder("/v1/users", "/v1/companies", "/v1/subscriptions", "/v1/actions");
    }

    @Test
    @DisplayName("is told nothing of what there is not: subscription, expiry")
    void withoutSubscription() {
        assertThat(reporter.keyCreated(WITHOUT_SUBSCRIPTION, "key_1", null)).isEmpty();

        assertThat(collector.requests())
                .extracting(Collector.Request::path)
                .containsExactlyInAnyOrder("/v1/users", "/v1/companies", "/v1/actions");
        assertThat(collector.posted("/v1/users").object("metadata").string("email"))
                .contains("\u00e9@b.co");
        JsonObject action = collector.posted("/v1/actions");
        assertThat(action.has("subscription_id")).isFalse();
        assertThat(action.object("metadata")).hasToString("{\"key_id\":\"key_1\"}");
    }

    @Test
    @DisplayName("is told nothing at all of the doctor's canary")
    void canary() {
        Customer canary = new Customer(Customer.CANARY, "latchkey-doctor@example.com", "sub_1");
        assertThat(reporter.provisioned(canary)).isEmpty();
        assertThat(reporter.keyCreated(canary, "key_1", EXPIRES)).isEmpty();
        assertThat(KeyChange.values())
                .allSatisfy(change -> assertThat(reporter.keyChanged(Customer.CANARY, "key_1", change))
                        .isEmpty());

        assertThat(collector.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"latchkey-doctors", "latchkey-docto", "Latchkey-Doctor", "cus_1"})
    @DisplayName("is told of each other customer, whatever the id resembles")
    void notTheCanary(String customerId) {
        assertThat(reporter.provisioned(new Customer(customerId, "a@b.co", null)))
                .isEmpty();
        assertThat(reporter.keyChanged(customerId, "key_1", KeyChange.REVOKED)).isEmpty();

        assertThat(collector.posted("/v1/users").string("user_id")).contains(customerId);
        assertThat(collector.posted("/v1/companies").string("company_id")).contains(customerId);
        assertThat(collector.posted("/v1/actions").string("company_id")).contains(customerId);
    }

    @Test
    @DisplayName("is told who tells it, in JSON, by posts alone: its settings and rules are never asked for")
    void posts() {
        reporter.keyCreated(CUSTOMER, "key_1", EXPIRES);

        assertThat(collector.requests()).allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.applicationId()).contains(Collector.APPLICATION_ID);
            assertThat(request.contentType()).isEqualTo("application/json; charset=utf-8");
        });
    }

    @Test
    @DisplayName("can tell a key that is given again from another one")
    void transactions() throws IOException {
        assertThat(transaction("key_1")).isEqualTo(transaction("key_1")).isNotEqualTo(transaction("key_2"));
    }

    @Test
    @DisplayName("may stand behind a proxy's path")
    void path() {
        TestReporter.patient(collector.uri() + "/to/moesif/").provisioned(CUSTOMER);

        assertThat(collector.requests()).extracting(Collector.Request::path).contains("/to/moesif/v1/users");
    }

    @Test
    @DisplayName("leaves no thread behind")
    void threads() throws InterruptedException {
        reporter.keyCreated(CUSTOMER, "key_1", EXPIRES);

        assertThat(TestReporter.threadsLeft()).isEmpty();
    }

    private static String transaction(String keyId) throws IOException {
        try (Collector other = new Collector()) {
            assertThat(TestReporter.patient(other.uri()).keyCreated(CUSTOMER, keyId, EXPIRES))
                    .isEmpty();
            return other.posted("/v1/actions").string("transaction_id").orElseThrow();
        }
    }
}
