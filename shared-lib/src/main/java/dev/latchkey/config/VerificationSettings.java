package dev.latchkey.config;

import dev.latchkey.jwt.Algorithm;
import dev.latchkey.jwt.InvalidKeyMaterialException;
import dev.latchkey.jwt.KeyRing;
import dev.latchkey.jwt.KeySet;
import dev.latchkey.jwt.KeySource;
import dev.latchkey.jwt.RefreshPolicy;
import dev.latchkey.jwt.RemoteKeys;
import dev.latchkey.jwt.VerificationRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the side that checks keys.
 *
 * @param keys what signatures are checked with
 * @param rules what must hold besides
 */
public record VerificationSettings(KeySource<KeySet> keys, VerificationRules rules) {

    private static final String VERIFY_KEY = "JWT_VERIFY_KEY";
    private static final String SECRET_ID = "PLUGIN_JWT_SECRET_ID";
    private static final String JWKS_URI = "JWKS_URI";

    /**
     * Reads the settings and ends the reading. A key in a variable is checked at once, a key in a secret or at an
     * address when it is first needed.
     *
     * @throws SettingsException if they, or settings read before, do not work
     */
    public static VerificationSettings read(SettingsReader reader, Secrets secrets) {
        VerificationRules rules = RuleSettings.read(reader);
        Optional<KeySource<KeySet>> keys = keys(reader, secrets);
        reader.throwIfAnyProblem();
        return new VerificationSettings(keys.orElseThrow(), rules);
    }

    private static Optional<KeySource<KeySet>> keys(SettingsReader reader, Secrets secrets) {
        Set<Algorithm> allowed = reader.algorithms("JWT_ALGORITHMS");
        String kid = reader.kid("JWT_KID").orElse(null);
        Optional<String> verifyKey = reader.text(VERIFY_KEY);
        Optional<String> secretId = reader.secretId(SECRET_ID);
        Optional<String> jwksUri = reader.text(JWKS_URI);
        Map<String, Optional<String>> all = Map.of(VERIFY_KEY, verifyKey, SECRET_ID, secretId, JWKS_URI, jwksUri);
        List<String> sources = Stream.of(VERIFY_KEY, SECRET_ID, JWKS_URI)
                .filter(name -> all.getOrDefault(name, Optional.empty()).isPresent())
                .toList();
        if (sources.size() != 1) {
            reader.problem(
                    VERIFY_KEY,
                    sources.isEmpty()
                            ? "is not set, nor is " + SECRET_ID + ", nor " + JWKS_URI
                                    + ". Set one: the HS256 secret or a public key, its secret, or the issuer's JWK Set"
                            : "there is more than one source of keys: " + String.join(", ", sources)
                                    + ". Remove all but one");
            return Optional.empty();
        }
        if (secretId.isPresent()) {
            return Optional.of(
                    secrets.keys(secretId.get(), RefreshPolicy.FOR_SECRETS, ring -> ring.keySet(allowed, kid)));
        }
        if (jwksUri.isPresent()) {
            return remoteKeys(reader, jwksUri.get(), allowed, kid, secrets);
        }
        return reader.key(VERIFY_KEY, () -> KeySource.fixed(publicKeySet(verifyKey.orElseThrow(), allowed, kid)));
    }

    private static Optional<KeySource<KeySet>> remoteKeys(
            SettingsReader reader, String uri, Set<Algorithm> allowed, @Nullable String kid, Secrets secrets) {
        if (kid != null) {
            reader.problem("JWT_KID", "means nothing beside " + JWKS_URI + ", whose keys have their own. Remove it");
        }
        if (!allowed.isEmpty() && allowed.stream().allMatch(Algorithm::isSymmetric)) {
            reader.problem(
                    "JWT_ALGORITHMS",
                    "allows secrets only, which are never taken from " + JWKS_URI + ". Allow RS256 or another");
        }
        return reader.key(JWKS_URI, () -> RemoteKeys.at(uri, allowed, secrets.clock(), secrets.onFailure()));
    }

    private static KeySet publicKeySet(String text, Set<Algorithm> allowed, @Nullable String kid) {
        KeyRing ring = KeyRing.read(text);
        if (ring.holdsPrivateKeys()) {
            throw new InvalidKeyMaterialException("holds a private key, which the authorizer does not need and must"
                    + " not have. Set it to the public key: openssl pkey -in key.pem -pubout");
        }
        return ring.keySet(allowed, kid);
    }
}
