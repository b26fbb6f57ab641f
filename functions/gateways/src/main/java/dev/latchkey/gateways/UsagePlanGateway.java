package dev.latchkey.gateways;

import dev.latchkey.aws.UsagePlanKeys;
import dev.latchkey.aws.UsagePlanKeys.PlanKey;
import dev.latchkey.keys.Sha256;
import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.NewKey;
import dev.latchkey.provisioning.RequestMemory.Remembered;
import dev.latchkey.status.Status;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * API keys of API Gateway in a usage plan. A key's name begins with a hash of the plan and the customer, and ends with the request
 * that made it, as API Gateway finds keys by how their names begin.
 */
final class UsagePlanGateway implements Gateway {

    private static final Pattern KEY_ID = Pattern.compile("[a-z0-9]{1,64}");
    private static final int DIGITS = 40;

    private final String plan;
    private final UsagePlanKeys keys;

    UsagePlanGateway(String plan, UsagePlanKeys keys) {
        this.plan = plan;
        this.keys = keys;
    }

    @Override
    public ApiKey create(NewKey wanted, @Nullable Remembered request) {
        String name = prefix(wanted.customerId())
                + (request == null ? UUID.randomUUID().toString() : request.id());
        PlanKey key = request == null || request.isFirst()
                ? keys.create(name, "Latchkey: a key of the customer " + wanted.customerId())
                : keys.named(name).orElseThrow(Records::gone);
        return new ApiKey(key.value(), key.id(), null);
    }

    private String prefix(String customerId) {
        return "latchkey-" + Sha256.hex(plan + " " + customerId).substring(0, DIGITS) + "-";
    }

    @Override
    public List<KeyRecord> keys(String customerId) {
        return keys.list(prefix(customerId)).stream()
                .map(key -> record(customerId, key))
                .toList();
    }

    @Override
    public Optional<KeyRecord> key(String customerId, String keyId) {
        if (!KEY_ID.matcher(keyId).matches()) {
            return Optional.empty();
        }
        return keys.find(keyId)
                .filter(key -> key.name().startsWith(prefix(customerId)))
                .map(key -> record(customerId, key));
    }

    private static KeyRecord record(String customerId, PlanKey key) {
        return Records.of(customerId, key.id(), key.createdAt(), KeyRecord.NEVER, "aws-usage-plan")
                .with(key.isEnabled() ? Status.VALID : Status.SUSPENDED);
    }

    @Override
    public void delete(KeyRecord key) {
        keys.delete(key.keyId());
    }

    @Override
    public boolean canRest() {
        return true;
    }

    @Override
    public void rest(KeyRecord key, boolean rests) {
        keys.enable(key.keyId(), !rests);
    }
}
