package dev.latchkey.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.aws.FaultingServer.Answer;
import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.json.JsonValue.JsonArray;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.provisioning.IssuedKey;
import dev.latchkey.provisioning.KeyDescription;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.KeyRecord.Details;
import dev.latchkey.provisioning.KeyRoll;
import dev.latchkey.provisioning.KeyTableUnavailableException;
import dev.latchkey.provisioning.NewKey;
import dev.latchkey.provisioning.ProvisioningPlugin;
import dev.latchkey.status.Status;
import dev.latchkey.testing.KeepingPlugin;
import dev.latchkey.testing.LeakGuard;
import dev.latchkey.testing.TestTokens;
import dev.latchkey.testing.TurnableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table is lost from one call of an action on, before or after it did what was asked, or throttles from there on; later it
 * is there again.
 */
@Tag("long")
@DisplayName("When the table is lost in the midst of an action, it is an error, and asked again it is done once:")
class KeyTableFaultsTest {

    private static final int CALLS_AT_MOST = 12;

    private final TurnableClock clock = new TurnableClock(TestTokens.NOW);
    private final FaultingServer server;
    private ProvisioningPlugin plugin = KeepingPlugin.over(new DynamoDbKeyTable("none"), clock, Map.of());

    KeyTableFaultsTest() throws IOException {
        server = new FaultingServer();
    }

    @BeforeEach
    void start() throws IOException {
        AwsVariables.set(Emulator.endpoint());
        String table = new KeysTable().name;
        AwsVariables.set(server.endpoint());
        heal();
        plugin = KeepingPlugin.over(new DynamoDbKeyTable(table), clock, Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @AfterAll
    static void clearVariables() {
        AwsVariables.clear();
    }

    private void heal() throws IOException {
        server.answers(server.passedOn(Emulator.endpoint()));
    }

    /** From the call of that number on, nothing is answered. */
    private void lose(int call, Answer loss) throws IOException {
        List<Answer> answers = new ArrayList<>();
        for (int before = 1; before < call; before++) {
            answers.add(server.passedOn(Emulator.endpoint()));
        }
        answers.add(loss);
        server.answers(answers.toArray(Answer[]::new));
    }

    /** Something that is asked of a plugin. */
    private enum Action {
        CREATE,
        DESCRIBE,
        SUSPEND,
        RESUME,
        REVOKE,
        ROLL,
        REVOKE_CUSTOMER
    }

    /** How the table is lost. */
    private enum Loss {
        BEFORE_IT_DID_IT,
        AFTER_IT_DID_IT,
        THROTTLING,
        THROTTLING_A_TRANSACTION
    }

    private Answer answer(Loss loss) throws IOException {
        return switch (loss) {
            case BEFORE_IT_DID_IT -> FaultingServer.nothing();
            case AFTER_IT_DID_IT -> server.doneWithoutAWord(Emulator.endpoint());
            case THROTTLING -> FaultingServer.error(400, "ProvisionedThroughputExceededException");
            case THROTTLING_A_TRANSACTION -> throttledTransaction();
        };
    }

    /** AWS's page of TransactWriteItems: a throttled transaction is a cancelled one, whose reasons tell. */
    private static Answer throttledTransaction() {
        JsonObject reason =
                new JsonObjectBuilder().put("Code", "ThrottlingError").build();
        return FaultingServer.body(
                400,
                new JsonObjectBuilder()
                        .put("__type", "com.amazonaws.dynamodb.v20120810#TransactionCanceledException")
                        .put("message", "Transaction cancelled")
                        .put("CancellationReasons", new JsonArray(List.of(reason)))
                        .build());
    }

    static Stream<Arguments> actions() {
        return Stream.of(Action.values())
                .flatMap(action -> Stream.of(Loss.values()).map(loss -> Arguments.of(action, loss)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("actions")
    void lostInTheMidst(Action action, Loss loss) throws IOException {
        int failures = 0;
        boolean answered = false;
        for (int call = 1; !answered; call++) {
            assertThat(call).isLessThan(CALLS_AT_MOST);
            heal();
            String customer = "cus_" + call;
            String old = create(customer, null);
            if (action == Action.RESUME) {
                plugin.suspendApiKey(customer, old);
            }
            lose(call, answer(loss));
            Optional<String> keyId = attempt(action, customer, old);
            answered = keyId.isPresent();
            heal();
            if (!answered) {
                failures++;
                keyId = attempt(action, customer, old);
            }
            assertDone(action, customer, old, keyId.orElseThrow());
        }
        assertThat(failures).isPositive();
    }

    /** The key that it is about; empty where the table could not be had. */
    private Optional<String> attempt(Action action, String customer, String old) {
        try {
            return Optional.of(
                    switch (action) {
                        case CREATE -> create(customer, "once");
                        case DESCRIBE ->
                            plugin.updateApiKey(new KeyDescription(customer, old, "renamed", null))
                                    .keyId();
                        case SUSPEND -> plugin.suspendApiKey(customer, old).keyId();
                        case RESUME -> plugin.resumeApiKey(customer, old).keyId();
                        case REVOKE -> plugin.revokeApiKey(customer, old).keyId();
                        case ROLL -> id(plugin.rollApiKey(new KeyRoll(customer, old, Duration.ZERO, "once", "invoke")));
                        case REVOKE_CUSTOMER -> {
                            plugin.revokeCustomer(customer);
                            yield old;
                        }
                    });
        } catch (KeyTableUnavailableException lost) {
            return Optional.empty();
        }
    }

    /** There are the old key and the new one, if there is to be one, as they are to be, and no more. */
    private void assertDone(Action action, String customer, String old, String keyId) {
        List<KeyRecord> keys = plugin.listApiKeys(customer, 100, null).keys();
        boolean isAnother = action == Action.CREATE || action == Action.ROLL;
        assertThat(keys)
                .extracting(KeyRecord::keyId)
                .containsExactlyInAnyOrderElementsOf(new TreeSet<>(List.of(old, keyId)));
        assertThat(keyId.equals(old)).isNotEqualTo(isAnother);
        KeyRecord first = plugin.getApiKey(customer, old);
        assertThat(first.status())
                .isEqualTo(
                        switch (action) {
                            case CREATE, DESCRIBE, RESUME -> Status.VALID;
                            case SUSPEND -> Status.SUSPENDED;
                            case REVOKE, ROLL, REVOKE_CUSTOMER -> Status.REVOKED;
                        });
        assertThat(first.details().name()).isEqualTo(action == Action.DESCRIBE ? "renamed" : null);
        assertThat(first.succession().into()).isEqualTo(action == Action.ROLL ? keyId : null);
        if (isAnother) {
            assertThat(plugin.getApiKey(customer, keyId).status()).isEqualTo(Status.VALID);
        }
    }

    private String create(String customer, @Nullable String idempotencyKey) {
        return id(plugin.createApiKey(
                new NewKey(customer, "a@b.co", idempotencyKey, Details.none(), List.of(), null, null, "invoke")));
    }

    private static String id(IssuedKey issued) {
        String key = issued.key().value();
        LeakGuard.secret(key.substring(key.lastIndexOf('.') + 1));
        return issued.key().keyId();
    }
}
