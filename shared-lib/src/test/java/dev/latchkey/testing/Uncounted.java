package dev.latchkey.testing;

import dev.latchkey.provisioning.IdempotencyRecord;
import dev.latchkey.provisioning.KeyDescription;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.KeyTable;
import dev.latchkey.provisioning.SignedKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table in which no further key may be counted or kept. */
record Uncounted(KeyTable table) implements KeyTable {

    @Override
    public Optional<IdempotencyRecord> answered(IdempotencyRecord request) {
        return table.answered(request);
    }

    @Override
    public int listForOneMore() {
        throw new AssertionError("a place was counted");
    }

    @Override
    public Outcome keep(KeyRecord key, @Nullable IdempotencyRecord request, @Nullable KeyRecord replaced) {
        throw new AssertionError("a key was kept");
    }

    @Override
    public Optional<KeyRecord> find(String customerId, String keyId) {
        return table.find(customerId, keyId);
    }

    @Override
    public List<KeyRecord> list(String customerId, int most, @Nullable String after) {
        return table.list(customerId, most, after);
    }

    @Override
    public Optional<KeyRecord> describe(KeyDescription description) {
        return table.describe(description);
    }

    @Override
    public boolean setStatus(KeyRecord key) {
        return table.setStatus(key);
    }

    @Override
    public boolean cutOff(String customerId, Instant at, Instant until) {
        return table.cutOff(customerId, at, until);
    }

    @Override
    public SignedKeys countSigned(String signingKey, Instant now, @Nullable String cursor) {
        return table.countSigned(signingKey, now, cursor);
    }

    @Override
    public Optional<Instant> cutOffOf(String customerId) {
        return table.cutOffOf(customerId);
    }
}
