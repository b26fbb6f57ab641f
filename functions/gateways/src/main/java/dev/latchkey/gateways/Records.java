package dev.latchkey.gateways;

import dev.latchkey.provisioning.KeyRecord;
import dev.latchkey.provisioning.ProvisioningException;
import dev.latchkey.provisioning.ProvisioningException.Kind;
import dev.latchkey.status.Status;
import java.time.Instant;
import java.util.List;

/** Records of keys that a gateway keeps. */
final class Records {

    private Records() {}

    /**
     * The record of a key that is good.
     *
     * @param expiresAt {@link KeyRecord#NEVER} for a key that does not expire
     * @param gateway who keeps it
     */
    static KeyRecord of(String customerId, String keyId, Instant createdAt, Instant expiresAt, String gateway) {
        return new KeyRecord(
                customerId,
                keyId,
                createdAt,
                expiresAt,
                Status.VALID,
                null,
                KeyRecord.Details.none(),
                List.of(),
                null,
                0,
                0,
                gateway,
                null,
                KeyRecord.Succession.none());
    }

    /** The same, ended at a time. */
    static KeyRecord ended(KeyRecord key, Instant at) {
        return key.with(Status.REVOKED).changedAt(at).with(new KeyRecord.Succession(null, null, at));
    }

    /** The refusal of a repeated request whose key is not there. */
    static ProvisioningException gone() {
        return new ProvisioningException(
                Kind.CONFLICT,
                "a request with this idempotencyKey was there before, and its key is not: it is being made, could not be"
                        + " made, or was revoked. Send a new idempotencyKey");
    }

    /** The refusal of an email that another customer has. */
    static ProvisioningException ofAnother() {
        return new ProvisioningException(
                Kind.CONFLICT,
                "this email belongs to another customer at the gateway, or, at Kong, to a consumer without a custom_id."
                        + " Give that one the customer's id, or remove it");
    }
}
