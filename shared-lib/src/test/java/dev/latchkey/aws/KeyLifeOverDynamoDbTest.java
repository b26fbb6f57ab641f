package dev.latchkey.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.KeyRecord.Succession;
import dev.latchkey.provisioning.KeyTable;
import dev.latchkey.provisioning.ProvisioningException;
import dev.latchkey.provisioning.PublishedStatuses;
import dev.latchkey.provisioning.SignedKeys;
import dev.latchkey.status.Status;
import dev.latchkey.testing.KeepingPlugin;
import dev.latchkey.testing.KeyLifeContract;
import dev.latchkey.testing.TestTokens;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@DisplayName("With a table over an emulator,")
@ExtendWith(OverEmulator.class)
class KeyLifeOverDynamoDbTest extends KeyLifeContract {

    private static @Nullable OneAtATime emulator;

    @BeforeAll
    static void start() throws IOException {
        OneAtATime started = new OneAtATime(Emulator.endpoint());
        emulator = started;
        AwsVariables.set(started.endpoint());
    }

    @AfterAll
    static void stop() {
        if (emulator != null) {
            emulator.close();
        }
    }

    @Override
    protected KeyTable table() {
        return new DynamoDbKeyTable(new KeysTable().name);
    }

    @Test
    @DisplayName("a list that is half full is followed by the next, whoever counts")
    void nextList() {
        KeysTable table = new KeysTable();
        KeyTable keys = new DynamoDbKeyTable(table.name);
        assertThat(keys.listForOneMore()).isEqualTo(1);
        table.put(pointer(1, KeyTable.FULL - 1));

        assertThat(keys.listForOneMore()).isEqualTo(1);
        assertThat(keys.listForOneMore()).isEqualTo(2);
        assertThat(keys.listForOneMore()).isEqualTo(2);
    }

    @Test
    @DisplayName("what a list tells is what was answered before: ended keys and customers, from their time on")
    void published() {
        KeysTable table = new KeysTable();
        KeyTable keys = new DynamoDbKeyTable(table.name);
        PublishedStatuses lists = new DynamoDbPublishedStatuses(table.name);
        assertThat(lists.lists()).isZero();
        keys.listForOneMore();
        KeyRecord record = record("key-1", 7);
        keys.keep(record, null, null);
        assertThat(lists.lists()).isEqualTo(1);
        assertThat(lists.notValid(1, TestTokens.NOW)).isEmpty();

        keys.setStatus(record.with(Status.SUSPENDED));
        assertThat(lists.notValid(1, TestTokens.NOW)).isEqualTo(Map.of(7, Status.SUSPENDED));
        keys.setStatus(record.with(Status.VALID));
        assertThat(lists.notValid(1, TestTokens.NOW)).isEmpty();
        keys.keep(record("key-2", 8), null, record.with(new Succession(null, "key-2", TestTokens.NOW.plusSeconds(60))));
        assertThat(lists.notValid(1, TestTokens.NOW.plusSeconds(59))).isEmpty();
        assertThat(lists.notValid(1, TestTokens.NOW.plusSeconds(60))).isEqualTo(Map.of(7, Status.REVOKED));
        keys.cutOff("cus_1", TestTokens.NOW, TestTokens.NOW.plusSeconds(60));
        assertThat(lists.cutOffs()).isEqualTo(Map.of("cus_1", TestTokens.NOW));
        assertThat(lists.notValid(2, TestTokens.NOW)).isEmpty();
    }

    @Test
    @DisplayName("a cut-off is kept as long as the longest-lived key that it ends, and a day")
    void cutOffsEnd() {
        assertThat(daysOfCutOff(Map.of(), Map.of())).isEqualTo(401);
        Map<String, String> long600 = Map.of("PLUGIN_JWT_MAX_EXPIRES_IN", "600d", "PLUGIN_JWT_EXPIRES_IN", "600d");
        assertThat(daysOfCutOff(Map.of(), long600)).isEqualTo(601);
        assertThat(daysOfCutOff(long600, Map.of()))
                .as("keys of earlier settings")
                .isEqualTo(601);
    }

    /** For how many days the cut-off of a customer is kept who has a key, under other settings by then. */
    private long daysOfCutOff(Map<String, String> issuing, Map<String, String> revoking) {
        KeysTable table = new KeysTable();
        KeyTable keys = new DynamoDbKeyTable(table.name);
        KeyLifeContract.issueInto(keys, clock, issuing, key -> {});
        KeepingPlugin.over(keys, clock, revoking).revokeCustomer("cus_1");
        long ttl = table.items().stream()
                .filter(item -> KeyItems.needed(item, "pk").equals("cutoffs"))
                .mapToLong(item -> KeyItems.whole(item, "ttl"))
                .findFirst()
                .orElseThrow();
        return Duration.between(clock.instant(), Instant.ofEpochSecond(ttl)).toDays();
    }

    @Test
    @DisplayName("a later cut-off is not kept shorter than the one before")
    void cutOffsMoveOn() {
        KeysTable table = new KeysTable();
        KeyTable keys = new DynamoDbKeyTable(table.name);
        keys.cutOff("cus_1", TestTokens.NOW, TestTokens.NOW.plusSeconds(600));
        keys.cutOff("cus_1", TestTokens.NOW.plusSeconds(1), TestTokens.NOW.plusSeconds(60));

        assertThat(table.items()).singleElement().satisfies(item -> {
            assertThat(KeyItems.instant(item, "at")).isEqualTo(TestTokens.NOW.plusSeconds(1));
            assertThat(KeyItems.instant(item, "ttl")).isEqualTo(TestTokens.NOW.plusSeconds(600));
        });
    }

    @Test
    @DisplayName(
            "the keys that a signing key signed are counted, those that ended are not, and those that tell no signer apart")
    void signedKeys() {
        KeysTable table = new KeysTable();
        KeyTable keys = new DynamoDbKeyTable(table.name);
        Instant now = TestTokens.NOW;
        for (int i = 0; i < 5; i++) {
            table.put(signed("good" + i, "a", now.plusSeconds(1)));
        }
        table.put(signed("over", "a", now));
        table.put(signed("others", "b", now.plusSeconds(1)));
        table.put(signed("before", null, now.plusSeconds(1)));
        Map<String, AttributeValue> revoked = new HashMap<>(signed("revoked", "a", now.plusSeconds(1)));
        revoked.put("status", AttributeValue.fromS("revoked"));
        table.put(revoked);
        Map<String, AttributeValue> rolled = new HashMap<>(signed("rolled", "a", now.plusSeconds(1)));
        rolled.put("endsAt", KeyItems.seconds(now));
        table.put(rolled);
        table.put(pointer(1, 1));

        assertThat(keys.countSigned("a", now, null)).isEqualTo(new SignedKeys(5, 1, 11, null));
        assertThat(keys.countSigned("c", now, null)).isEqualTo(new SignedKeys(0, 1, 11, null));
        assertThatThrownBy(() -> keys.countSigned("a", now, "%"))
                .isInstanceOf(ProvisioningException.class)
                .hasMessage("cursor is not one of this count. Start without it");
    }

    @Test
    @DisplayName("signed keys are counted page by page, each once")
    void pagesOfSignedKeys() {
        KeysTable table = new KeysTable();
        KeyTable keys = new DynamoDbKeyTable(table.name);
        String long400Kilobytes = "x".repeat(390_000);
        for (int i = 0; i < 7; i++) {
            Map<String, AttributeValue> item = new HashMap<>(signed("k" + i, "a", TestTokens.NOW.plusSeconds(1)));
            item.put("metadata", KeyItems.metadata(Map.of("long", long400Kilobytes)));
            table.put(item);
        }
        long counted = 0;
        int pages = 0;
        String cursor = null;
        do {
            SignedKeys page = keys.countSigned("a", TestTokens.NOW, cursor);
            counted += page.keys();
            cursor = page.cursor();
            pages++;
        } while (cursor != null);

        assertThat(counted).isEqualTo(7);
        assertThat(pages).isGreaterThan(1);
    }

    @Test
    @DisplayName("a new record tells which key signed it")
    void signer() {
        KeysTable table = new KeysTable();
        KeyTable keys = new DynamoDbKeyTable(table.name);
        KeyLifeContract.issueInto(keys, clock, Map.of(), key -> {});

        assertThat(keys.countSigned("without-kid", clock.instant(), null).keys())
                .isEqualTo(1);
        assertThat(keys.list("cus_1", 1, null))
                .singleElement()
                .satisfies(record -> assertThat(record.signedBy()).isEqualTo("without-kid"));
    }

    private static Map<String, AttributeValue> signed(String keyId, @Nullable String kid, Instant end) {
        Map<String, AttributeValue> item = new HashMap<>(KeyItems.item(record(keyId, 1)));
        item.put("expiresAt", KeyItems.seconds(end));
        if (kid != null) {
            item.put("kid", AttributeValue.fromS(kid));
        }
        return item;
    }

    private static KeyRecord record(String keyId, int place) {
        return new KeyRecord(
                "cus_1",
                keyId,
                TestTokens.NOW,
                TestTokens.NOW.plusSeconds(86_400),
                Status.VALID,
                null,
                KeyRecord.Details.none(),
                List.of(),
                null,
                1,
                place,
                "invoke",
                null,
                Succession.none());
    }

    @Test
    @DisplayName("L17: no item holds a key, or a piece of it")
    void noKeys() {
        KeysTable table = new KeysTable();
        Set<String> names = new HashSet<>();
        KeyLifeContract.issueInto(new DynamoDbKeyTable(table.name), clock, Map.of(), key -> {
            String signature = key.substring(key.lastIndexOf('.') + 1);
            table.items().forEach(item -> {
                names.addAll(item.keySet());
                assertThat(item.toString()).doesNotContain(signature.substring(0, 12));
            });
        });

        assertThat(names)
                .containsOnly(
                        "pk",
                        "sk",
                        "ttl",
                        "createdAt",
                        "expiresAt",
                        "status",
                        "list",
                        "idx",
                        "kid",
                        "createdBy",
                        "metadata",
                        "keyId",
                        "used");
    }

    private static Map<String, AttributeValue> pointer(int list, int used) {
        Map<String, AttributeValue> item = new HashMap<>(KeyItems.key("lists", "current"));
        item.put("list", KeyItems.number(list));
        item.put("used", KeyItems.number(used));
        return item;
    }
}
