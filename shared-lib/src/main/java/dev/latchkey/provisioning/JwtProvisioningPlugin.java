package dev.latchkey.provisioning;

import dev.latchkey.config.SigningSettings;
import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.jwt.TokenSigner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Issues API keys that are JWTs. A customer is its own user. Its settings are those of {@link SigningSettings}.
 *
 * <p>It keeps nothing but, where {@code PLUGIN_JWT_KEYS_TABLE} names a table, {@link IdempotencyRecord}s of requests with
 * an idempotency key.
 */
public final class JwtProvisioningPlugin implements ProvisioningPlugin {

    private record Issuer(
            TokenSigner signer,
            Duration lifetime,
            Clock clock,
            @Nullable IdempotencyRecords records) {}

    private @Nullable Issuer issuer;

    @Override
    public String slug() {
        return "jwt";
    }

    /** {@code aws}, the portal's other name for it. */
    @Override
    public Set<String> aliases() {
        return Set.of("aws");
    }

    @Override
    public void configure(PluginContext context) {
        SigningSettings settings = SigningSettings.read(context.environment(), context.secrets());
        TokenSigner signer =
                new TokenSigner(settings.keys(), settings.claimNames(), settings.issuer(), settings.audience());
        String table = settings.keysTable();
        issuer = new Issuer(
                signer,
                settings.lifetime(),
                context.secrets().clock(),
                table == null ? null : context.records().apply(table));
    }

    @Override
    public User getUser(String customerId, String email) {
        return new User(customerId, email, email, customerId, null);
    }

    @Override
    public User provisionUser(String customerId, String email, @Nullable String subscriptionId) {
        return new User(customerId, email, email, customerId, subscriptionId);
    }

    /**
     * Signs a new key for a customer.
     *
     * @throws dev.latchkey.keys.KeysUnavailableException if the signing key cannot be had
     */
    @Override
    public ApiKey createApiKey(String customerId, String email) {
        Issuer configured = issuer();
        return signed(configured, newClaims(configured, customerId));
    }

    /** True where {@code PLUGIN_JWT_KEYS_TABLE} names a table. */
    @Override
    public boolean isIdempotent() {
        return issuer().records() != null;
    }

    /**
     * Signs a new key for a customer, or signs an earlier one again. Signed again by the same key in HS*, RS* or EdDSA
     * it is the same text; in ES* and PS*, whose signatures are random, and by another key, it has another signature
     * over the same claims, and the same key id.
     *
     * @throws IdempotencyUnavailableException if the table cannot be reached; nothing is signed then
     * @throws dev.latchkey.keys.KeysUnavailableException if the signing key cannot be had
     */
    @Override
    public ApiKey createApiKey(String customerId, String email, String idempotencyKey) {
        Issuer configured = issuer();
        IdempotencyRecords records = configured.records();
        if (records == null) {
            return ProvisioningPlugin.super.createApiKey(customerId, email, idempotencyKey);
        }
        IdempotencyRecord proposed = IdempotencyRecord.of(idempotencyKey, email, newClaims(configured, customerId));
        IdempotencyRecord first = records.first(proposed);
        if (!first.request().equals(proposed.request())) {
            throw new ProvisioningException(
                    ProvisioningException.Kind.CONFLICT,
                    "idempotencyKey was used for this customer with another email. Send a new one");
        }
        return signed(configured, first.claims());
    }

    private Issuer issuer() {
        Issuer configured = issuer;
        if (configured == null) {
            throw new IllegalStateException("configure was not called");
        }
        return configured;
    }

    private static KeyClaims newClaims(Issuer issuer, String customerId) {
        Instant issuedAt = Instant.ofEpochSecond(issuer.clock().instant().getEpochSecond());
        return new KeyClaims(customerId, UUID.randomUUID().toString(), issuedAt, issuedAt.plus(issuer.lifetime()));
    }

    private static ApiKey signed(Issuer issuer, KeyClaims claims) {
        return new ApiKey(issuer.signer().sign(claims), claims.keyId(), claims.expiresAt());
    }
}
