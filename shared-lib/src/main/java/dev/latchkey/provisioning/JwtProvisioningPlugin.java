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
 * Issues API keys that are JWTs, and keeps nothing: a customer is its own user. Its settings are those of
 * {@link SigningSettings}.
 */
public final class JwtProvisioningPlugin implements ProvisioningPlugin {

    private record Issuer(TokenSigner signer, Duration lifetime, Clock clock) {}

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
        issuer = new Issuer(signer, settings.lifetime(), context.secrets().clock());
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
     * @throws dev.latchkey.jwt.KeysUnavailableException if the signing key cannot be had
     */
    @Override
    public ApiKey createApiKey(String customerId, String email) {
        Issuer configured = issuer;
        if (configured == null) {
            throw new IllegalStateException("configure was not called");
        }
        Instant issuedAt = Instant.ofEpochSecond(configured.clock().instant().getEpochSecond());
        Instant expiresAt = issuedAt.plus(configured.lifetime());
        String keyId = UUID.randomUUID().toString();
        String value = configured.signer().sign(new KeyClaims(customerId, keyId, issuedAt, expiresAt));
        return new ApiKey(value, keyId, expiresAt);
    }
}
