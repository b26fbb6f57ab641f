package dev.latchkey.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.KeepingPlugin;
import dev.latchkey.testing.KeyLifeContract;
import dev.latchkey.testing.MemoryKeyTable;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("With a table in memory,")
class KeyLifeTest extends KeyLifeContract {

    @Override
    protected KeyTable table() {
        return new MemoryKeyTable();
    }

    @Test
    @DisplayName("all keys of a customer end also where their records cannot be had")
    void endedWithoutRecords() {
        MemoryKeyTable table = new MemoryKeyTable();
        table.isListDown = true;

        Instant until = KeepingPlugin.over(table, clock, Map.of()).revokeCustomer("cus_1");

        assertThat(until).isEqualTo(clock.instant());
        assertThat(table.cutOffOf("cus_1")).contains(until);
    }
}
