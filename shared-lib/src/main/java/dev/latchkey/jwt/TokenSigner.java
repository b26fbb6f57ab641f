package dev.latchkey.jwt;

import dev.latchkey.json.JsonObjectBuilder;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.KeysUnavailableException;
import dev.latchkey.keys.SigningKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signs API keys as compact JWTs. Thread-safe. */
public final class TokenSigner {

    private final KeySource<SigningKey> keys;
    private final ClaimNames names;
    private final @Nullable String issuer;
    private final List<String> audience;

    /**
     * Signs with these keys.
     *
     * @param issuer the {@code iss} of every token; null leaves it out
     * @param audience the {@code aud} of every token; empty leaves it out
     */
    public TokenSigner(KeySource<SigningKey> keys, ClaimNames names, @Nullable String issuer, List<String> audience) {
        this.keys = keys;
        this.names = names;
        this.issuer = issuer;
        this.audience = List.copyOf(audience);
    }

    /** The claim that holds the company (customer) id. */
    public String companyClaim() {
        return names.companyId();
    }

    /**
     * A token that was signed.
     *
     * @param text the token
     * @param kid the id of the key that signed it; null where that has none
     */
    public record Signed(String text, @Nullable String kid) {}

    /** Signs a token as {@link #signed}, and gives its text. */
    public String sign(KeyClaims claims) {
        return signed(claims).text();
    }

    /**
     * Signs a token. Its claims are, in this order: user id, company id, {@code iat}, {@code exp} as in the portal's
     * plugin, then {@code jti}, and {@code iss}, {@code aud}, {@code scope}, {@code plan} and {@code status} where they are
     * set.
     *
     * @throws KeysUnavailableException if there is no key to sign with
     * @throws IllegalStateException if the token would be too long for verifiers
     */
    public Signed signed(KeyClaims claims) {
        JsonObjectBuilder json = new JsonObjectBuilder()
                .put(names.userId(), claims.customerId())
                .put(names.companyId(), claims.customerId())
                .put("iat", claims.issuedAt().getEpochSecond())
                .put("exp", claims.expiresAt().getEpochSecond())
                .put("jti", claims.keyId());
        Optional.ofNullable(issuer).ifPresent(iss -> json.put("iss", iss));
        if (audience.size() == 1) {
            json.put("aud", audience.get(0));
        } else if (!audience.isEmpty()) {
            json.put("aud", audience);
        }
        if (!claims.scopes().isEmpty()) {
            json.put("scope", String.join(" ", claims.scopes()));
        }
        Optional.ofNullable(claims.plan()).ifPresent(plan -> json.put("plan", plan));
        Optional.ofNullable(claims.status()).ifPresent(status -> json.put("status", status.claim()));
        SigningKey key = keys.current();
        String token = key.sign(json.build());
        if (token.length() > UnverifiedToken.MAX_LENGTH) {
            throw new IllegalStateException("the token has " + token.length() + " characters, more than the "
                    + UnverifiedToken.MAX_LENGTH + " that verifiers take. Shorten the issuer, the audience or the kid");
        }
        return new Signed(token, key.kid().orElse(null));
    }
}
