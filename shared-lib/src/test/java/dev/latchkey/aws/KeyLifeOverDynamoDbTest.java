package dev.latchkey.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.provisioning.KeyTable;
import dev.latchkey.testing.KeyLifeContract;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
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
    @DisplayName("L17: no item holds a key, or a piece of it")
    void noKeys() {
        KeysTable table = new KeysTable();
        Set<String> names = new HashSet<>();
        KeyLifeContract.issueInto(new DynamoDbKeyTable(table.name), clock, key -> {
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
