package dev.latchkey.provisioning;

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

    private ProvisioningException notImplemented(String method) {
        return new ProvisioningException(
                ProvisioningException.Kind.NOT_IMPLEMENTED, "the plugin " + slug() + " does not implement " + method);
    }
}
