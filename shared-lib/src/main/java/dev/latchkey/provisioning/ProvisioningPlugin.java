package dev.latchkey.provisioning;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A way to give a portal's customers access to an API: the Java counterpart of the Moesif Developer Portal's
 * {@code ProvisioningPlugin} class (Moesif docs, "Build Your Own Key Provisioning Plugin").
 *
 * <p>To add one, implement this interface in a public class with a public constructor without parameters, and name the
 * class in {@code META-INF/services/dev.latchkey.provisioning.ProvisioningPlugin} of a jar on the class path, for
 * instance in a Lambda layer. It is chosen by {@code PLUGIN_APIM_PROVIDER}. Methods that a plugin leaves out throw a
 * {@link ProvisioningException} of the kind {@code NOT_IMPLEMENTED}. Methods may be called from several threads at once.
 *
 * <p>A method throws {@link ProvisioningException} for what the caller can put right; every other exception is a
 * failure of the plugin, of which callers see nothing but that it happened.
 */
public interface ProvisioningPlugin {

    /** The unique name, such as {@code jwt} or {@code kong-konnect}; compared without regard to case. */
    String slug();

    /** Further names for the same plugin; none by default. */
    default Set<String> aliases() {
        return Set.of();
    }

    /**
     * Hands over the settings. Called once on the chosen plugin, before any other method but {@link #slug()} and
     * {@link #aliases()}; does nothing by default.
     *
     * @throws dev.latchkey.config.SettingsException if the settings do not work
     */
    default void configure(PluginContext context) {}

    /**
     * The user of a customer, from the gateway or identity provider.
     *
     * @param customerId the customer's id at the billing provider
     * @param email the user's email
     */
    default User getUser(String customerId, String email) {
        throw notImplemented("getUser");
    }

    /**
     * Creates the user of a customer, or finds it where it already is.
     *
     * @param customerId the customer's id at the billing provider
     * @param email the user's email
     * @param subscriptionId the subscription's id at the billing provider; null where there is none
     */
    default User provisionUser(String customerId, String email, @Nullable String subscriptionId) {
        throw notImplemented("provisionUser");
    }

    /**
     * Creates an API key for a customer.
     *
     * @param customerId the customer's id at the billing provider
     * @param email the user's email
     */
    default ApiKey createApiKey(String customerId, String email) {
        throw notImplemented("createApiKey");
    }

    /**
     * Tells whether the plugin can answer the same request by the same key; false by default. Asked after {@link
     * #configure}.
     */
    default boolean isIdempotent() {
        return false;
    }

    /**
     * Creates an API key for a customer, or gives it again: for 24 hours, or as long as the key is valid where that is
     * shorter, the same customer and idempotency key get the same key. It is called only on a plugin that {@linkplain
     * #isIdempotent() says} it can do that; a plugin that would make a second key must leave this method out. Callers then
     * get a new key, and are told so.
     *
     * <p>Throws a {@link ProvisioningException} of the kind {@code CONFLICT} where the idempotency key came with another
     * request before. Where it cannot be told whether a key was made already, it must fail and make none.
     *
     * @param customerId the customer's id at the billing provider
     * @param email the user's email
     * @param idempotencyKey the caller's name for the request: 1 to 255 printable ASCII characters
     */
    default ApiKey createApiKey(String customerId, String email, String idempotencyKey) {
        throw notImplemented("createApiKey with an idempotency key");
    }

    /**
     * Creates an API key as a request describes it. A plugin that leaves it out is asked for plain requests by the methods
     * above; what is asked for beyond is not implemented.
     */
    default IssuedKey createApiKey(NewKey wanted) {
        if (!wanted.isPlain()) {
            throw notImplemented("name, metadata, scopes, plan and expiresIn of createApiKey");
        }
        String idempotencyKey = wanted.idempotencyKey();
        ApiKey key = idempotencyKey != null && isIdempotent()
                ? createApiKey(wanted.customerId(), wanted.email(), idempotencyKey)
                : createApiKey(wanted.customerId(), wanted.email());
        return new IssuedKey(key, null);
    }

    /** Tells whether the plugin keeps records of its keys and can end them; false by default. Asked after {@link #configure}. */
    default boolean isKeeping() {
        return false;
    }

    /**
     * A customer's keys, newest first.
     *
     * @param limit how many at the most, 1 to 100
     * @param cursor where an earlier page ended; null for the first page
     */
    default KeyPage listApiKeys(String customerId, int limit, @Nullable String cursor) {
        throw notImplemented("listApiKeys");
    }

    /** A customer's key; {@code NOT_FOUND} where the customer has no such key. */
    default KeyRecord getApiKey(String customerId, String keyId) {
        throw notImplemented("getApiKey");
    }

    /** Sets the name, the metadata or both of a key. */
    default KeyRecord updateApiKey(KeyDescription description) {
        throw notImplemented("updateApiKey");
    }

    /** Lets a key rest until {@link #resumeApiKey}; {@code CONFLICT} for a revoked one. Repeating it changes nothing. */
    default KeyRecord suspendApiKey(String customerId, String keyId) {
        throw notImplemented("suspendApiKey");
    }

    /** Lets a suspended key work again; {@code CONFLICT} for a revoked one. Repeating it changes nothing. */
    default KeyRecord resumeApiKey(String customerId, String keyId) {
        throw notImplemented("resumeApiKey");
    }

    /** Ends a key for good. Repeating it changes nothing. */
    default KeyRecord revokeApiKey(String customerId, String keyId) {
        throw notImplemented("revokeApiKey");
    }

    /** Ends a key that somebody presents, for good: {@code INVALID} where it is none of this plugin's. */
    default KeyRecord revokeApiKey(String apiKey) {
        throw notImplemented("revokeApiKey by the key itself");
    }

    /** Makes a new key with the settings of another, which ends after a grace; {@code CONFLICT} where that is not valid. */
    default IssuedKey rollApiKey(KeyRoll roll) {
        throw notImplemented("rollApiKey");
    }

    /**
     * Ends all keys of a customer for good, also those of which no record is kept.
     *
     * @return the second up to which they were issued
     */
    default Instant revokeCustomer(String customerId) {
        throw notImplemented("revokeCustomer");
    }

    /**
     * Counts the keys that a signing key signed, page by page of all records.
     *
     * @param signingKey its key id, or {@code without-kid}
     * @param cursor where the page begins; null for the first one
     */
    default SignedKeys countSignedKeys(String signingKey, @Nullable String cursor) {
        throw notImplemented("countSignedKeys");
    }

    private ProvisioningException notImplemented(String method) {
        return new ProvisioningException(
                ProvisioningException.Kind.NOT_IMPLEMENTED, "the plugin " + slug() + " does not implement " + method);
    }
}
