package dev.latchkey.provisioning;

import dev.latchkey.config.SigningSettings;
import dev.latchkey.json.JsonValue.JsonObject;
import dev.latchkey.jwt.KeyClaims;
import dev.latchkey.jwt.SignedDocument;
import dev.latchkey.jwt.TokenSigner;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.provisioning.ProvisioningException.Kind;
import dev.latchkey.status.StatusListBase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Issues API keys that are JWTs. A customer is its own user. Its settings are those of {@link SigningSettings}.
 *
 * <p>With a table ({@code PLUGIN_JWT_KEYS_TABLE}) and the address of status lists ({@code PLUGIN_JWT_STATUS_LIST_BASE}) it
 * keeps records of its keys and can end them. With a table alone it keeps {@link IdempotencyRecord}s of requests with an
 * idempotency key, and without one nothing.
 */
public final class JwtProvisioningPlugin implements ProvisioningPlugin {

    /** The longest text that can be a key. */
    private static final int MAX_KEY_LENGTH = 8192;

    private record Issuer(
            TokenSigner signer,
            KeySource<KeySet> ownKeys,
            KeyLimits limits,
            Clock clock,
            @Nullable IdempotencyRecords records,
            @Nullable KeyLife life) {}

    private final SecureRandom random = new SecureRandom();
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
        KeyLimits limits = new KeyLimits(
                settings.allowedScopes(),
                settings.allowedPlans(),
                settings.lifetime(),
                settings.maxLifetime(),
                settings.maxKeys());
        Clock clock = context.secrets().clock();
        String table = settings.keysTable();
        StatusListBase base = settings.statusListBase();
        KeyLife life = table == null || base == null
                ? null
                : new KeyLife(signer, context.tables().apply(table), base, limits, clock, random);
        IdempotencyRecords records =
                table == null || life != null ? null : context.records().apply(table);
        issuer = new Issuer(signer, settings.ownKeys(), limits, clock, records, life);
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
        return createApiKey(plain(customerId, email, null)).key();
    }

    /** True where {@code PLUGIN_JWT_KEYS_TABLE} names a table. */
    @Override
    public boolean isIdempotent() {
        return issuer().records() != null || isKeeping();
    }

    /**
     * Signs a new key for a customer, or signs an earlier one again. Signed again by the same key in HS*, RS* or EdDSA
     * it is the same text; in ES* and PS*, whose signatures are random, and by another key, it has another signature
     * over the same claims, and the same key id.
     *
     * @throws IdempotencyUnavailableException if the table cannot be reached; nothing is signed then
     * @throws KeyTableUnavailableException if the table cannot be reached; nothing is handed out then
     * @throws dev.latchkey.keys.KeysUnavailableException if the signing key cannot be had
     */
    @Override
    public ApiKey createApiKey(String customerId, String email, String idempotencyKey) {
        if (!isIdempotent()) {
            return ProvisioningPlugin.super.createApiKey(customerId, email, idempotencyKey);
        }
        return createApiKey(plain(customerId, email, idempotencyKey)).key();
    }

    private static NewKey plain(String customerId, String email, @Nullable String idempotencyKey) {
        return new NewKey(customerId, email, idempotencyKey, KeyRecord.Details.none(), List.of(), null, null, "plugin");
    }

    @Override
    public IssuedKey createApiKey(NewKey wanted) {
        Issuer configured = issuer();
        KeyLife life = configured.life();
        if (life != null) {
            return life.create(wanted);
        }
        if (!wanted.details().equals(KeyRecord.Details.none())) {
            throw withoutLife("name and metadata need");
        }
        KeyClaims claims = newClaims(configured, wanted);
        IdempotencyRecords records = configured.records();
        IdempotencyRecord proposed = records == null ? null : IdempotencyRecord.of(wanted, claims);
        if (records != null && proposed != null) {
            IdempotencyRecord first = records.first(proposed);
            first.checkSameRequest(proposed);
            claims = new KeyClaims(
                    wanted.customerId(),
                    first.claims().keyId(),
                    first.claims().issuedAt(),
                    first.claims().expiresAt(),
                    wanted.scopes(),
                    wanted.plan(),
                    null);
        }
        ApiKey key = new ApiKey(configured.signer().sign(claims), claims.keyId(), claims.expiresAt());
        return new IssuedKey(key, null);
    }

    private KeyClaims newClaims(Issuer issuer, NewKey wanted) {
        Instant now = issuer.clock().instant();
        Instant issuedAt = Instant.ofEpochSecond(now.getEpochSecond());
        return new KeyClaims(
                wanted.customerId(),
                KeyIds.next(now, random),
                issuedAt,
                issuedAt.plus(issuer.limits().lifetimeOf(wanted)),
                wanted.scopes(),
                wanted.plan(),
                null);
    }

    /** True where both a table and the address of status lists are set. */
    @Override
    public boolean isKeeping() {
        return issuer().life() != null;
    }

    @Override
    public KeyPage listApiKeys(String customerId, int limit, @Nullable String cursor) {
        return life().list(customerId, limit, cursor);
    }

    @Override
    public KeyRecord getApiKey(String customerId, String keyId) {
        return life().get(customerId, keyId);
    }

    @Override
    public KeyRecord updateApiKey(KeyDescription description) {
        return life().describe(description);
    }

    @Override
    public KeyRecord suspendApiKey(String customerId, String keyId) {
        return life().suspend(customerId, keyId);
    }

    @Override
    public KeyRecord resumeApiKey(String customerId, String keyId) {
        return life().resume(customerId, keyId);
    }

    @Override
    public KeyRecord revokeApiKey(String customerId, String keyId) {
        return life().revoke(customerId, keyId);
    }

    /** Whoever holds a key may end it; one that has expired, too. */
    @Override
    public KeyRecord revokeApiKey(String apiKey) {
        KeyLife life = life();
        SignedDocument document = SignedDocument.open(apiKey, issuer().ownKeys().current(), "jwt", MAX_KEY_LENGTH);
        if (document instanceof SignedDocument.Refused) {
            throw new ProvisioningException(Kind.INVALID, "apikey is no key that was issued here");
        }
        JsonObject claims = ((SignedDocument.Opened) document).claims();
        String keyId = claims.string("jti").orElse("");
        String customerId = claims.string(issuer().signer().companyClaim()).orElse("");
        if (keyId.isEmpty() || customerId.isEmpty() || !claims.has("status")) {
            throw new ProvisioningException(
                    Kind.CONFLICT,
                    "apikey was issued before keys had a status, so that it cannot be ended by itself."
                            + " End all keys of its customer by revokeCustomer");
        }
        return life.revoke(customerId, keyId);
    }

    @Override
    public IssuedKey rollApiKey(KeyRoll roll) {
        return life().roll(roll);
    }

    @Override
    public Instant revokeCustomer(String customerId) {
        return life().revokeCustomer(customerId);
    }

    @Override
    public SignedKeys countSignedKeys(String signingKey, @Nullable String cursor) {
        return life().countSigned(signingKey, cursor);
    }

    private KeyLife life() {
        KeyLife life = issuer().life();
        if (life == null) {
            throw withoutLife("this needs");
        }
        return life;
    }

    private static ProvisioningException withoutLife(String what) {
        return new ProvisioningException(
                Kind.NOT_IMPLEMENTED,
                what + " records of keys. Set PLUGIN_JWT_KEYS_TABLE to a table, and PLUGIN_JWT_STATUS_LIST_BASE to"
                        + " where status lists are published");
    }

    private Issuer issuer() {
        Issuer configured = issuer;
        if (configured == null) {
            throw new IllegalStateException("configure was not called");
        }
        return configured;
    }
}
