package dev.latchkey.provisioning;

import dev.latchkey.testing.KeyLifeContract;
import dev.latchkey.testing.MemoryKeyTable;
import org.junit.jupiter.api.DisplayName;

@DisplayName("With a table in memory,")
class KeyLifeTest extends KeyLifeContract {

    @Override
    protected KeyTable table() {
        return new MemoryKeyTable();
    }
}
