package dev.latchkey.gateways;

import dev.latchkey.provisioning.ApiKey;
import dev.latchkey.provisioning.IssuedKey;
import dev.latchkey.provisioning.KeyPage;
import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.NewKey;
import dev.latchkey.provisioning.ProvisioningException;
import dev.latchkey.provisioning.ProvisioningException.Kind;
import dev.latchkey.provisioning.ProvisioningPlugin;
import dev.latchkey.provisioning.RequestMemory;
import dev.latchkey.provisioning.User;
import dev.latchkey.status.Status;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A plugin whose keys a gateway makes and keeps. With a table ({@code PLUGIN_JWT_KEYS_TABLE}) the same idempotency key gives the
 * same key.
 */
interface GatewayPlugin extends ProvisioningPlugin {

    /**
     * What a plugin works with.
     *
     * @param memory remembers requests; null where there is no table
     * @param maxKeys how many keys a customer may have
     */
    record Connection(Gateway gateway, @Nullable RequestMemory memory, int maxKeys, Clock clock) {}

    /** What {@link #configure} has set up. */
    Connection connection();

    @Override
    default User getUser(String customerId, String email) {
        return connection().gateway().user(customerId, email);
    }

    @Override
    default User provisionUser(String customerId, String email, @Nullable String subscriptionId) {
        return connection().gateway().provision(customerId, email, subscriptionId);
    }

    @Override
    default ApiKey createApiKey(String customerId, String email) {
        return createApiKey(
                        new NewKey(customerId, email, null, KeyRecord.Details.none(), List.of(), null, null, "plugin"))
                .key();
    }

    @Override
    default boolean isIdempotent() {
        return connection().memory() != null;
    }

    @Override
    default ApiKey createApiKey(String customerId, String email, String idempotencyKey) {
        return createApiKey(new NewKey(
                        customerId, email, idempotencyKey, KeyRecord.Details.none(), List.of(), null, null, "plugin"))
                .key();
    }

    @Override
    default IssuedKey createApiKey(NewKey wanted) {
        if (!wanted.isPlain()) {
            throw new ProvisioningException(
                    Kind.NOT_IMPLEMENTED,
                    "the plugin " + slug() + " does not implement name, metadata, scopes, plan and expiresIn of"
                            + " createApiKey");
        }
        Connection connection = connection();
        RequestMemory memory = connection.memory();
        RequestMemory.Remembered request = memory == null ? null : memory.remember(wanted);
        Gateway gateway = connection.gateway();
        boolean isMade = true;
        if (request != null && !request.isFirst()) {
            Optional<ApiKey> before = gateway.before(wanted, request);
            if (before.isPresent()) {
                return new IssuedKey(before.get(), null);
            }
            isMade = gateway.makesOnRepeat();
        }
        if (isMade && gateway.countsKeys()) {
            checkRoom(connection, wanted.customerId());
        }
        return new IssuedKey(connection.gateway().create(wanted, request), null);
    }

    private static void checkRoom(Connection connection, String customerId) {
        if (connection.gateway().keys(customerId).size() >= connection.maxKeys()) {
            throw new ProvisioningException(
                    Kind.CONFLICT,
                    "this customer has " + connection.maxKeys() + " keys, and no more are allowed"
                            + " (PLUGIN_JWT_MAX_KEYS_PER_CUSTOMER). Revoke one");
        }
    }

    @Override
    default boolean isKeeping() {
        return true;
    }

    @Override
    default KeyPage listApiKeys(String customerId, int limit, @Nullable String cursor) {
        return Pages.of(connection().gateway().keys(customerId), limit, cursor);
    }

    @Override
    default KeyRecord getApiKey(String customerId, String keyId) {
        return connection()
                .gateway()
                .key(customerId, keyId)
                .orElseThrow(() -> new ProvisioningException(Kind.NOT_FOUND, "there is no such key"));
    }

    @Override
    default KeyRecord suspendApiKey(String customerId, String keyId) {
        return rest(customerId, keyId, true);
    }

    @Override
    default KeyRecord resumeApiKey(String customerId, String keyId) {
        return rest(customerId, keyId, false);
    }

    private KeyRecord rest(String customerId, String keyId, boolean rests) {
        if (!connection().gateway().canRest()) {
            throw new ProvisioningException(
                    Kind.NOT_IMPLEMENTED, "the plugin " + slug() + " cannot suspend a key. Revoke it");
        }
        KeyRecord key = getApiKey(customerId, keyId);
        connection().gateway().rest(key, rests);
        return key.with(rests ? Status.SUSPENDED : Status.VALID).changedAt(now());
    }

    /** Takes the key away at the gateway, which then knows it no more. */
    @Override
    default KeyRecord revokeApiKey(String customerId, String keyId) {
        KeyRecord key = getApiKey(customerId, keyId);
        connection().gateway().delete(key);
        return Records.ended(key, now());
    }

    @Override
    default Instant revokeCustomer(String customerId) {
        Instant until = now();
        Gateway gateway = connection().gateway();
        for (KeyRecord key : gateway.keys(customerId)) {
            gateway.delete(key);
        }
        return until;
    }

    private Instant now() {
        return Instant.ofEpochSecond(connection().clock().instant().getEpochSecond());
    }

    /** What was set up, which must be. */
    static Connection configured(@Nullable Connection connection) {
        return Optional.ofNullable(connection).orElseThrow(() -> new IllegalStateException("configure was not called"));
    }
}
