package dev.latchkey.config;

import dev.latchkey.jwt.Algorithm;
import dev.latchkey.jwt.InvalidKeyMaterialException;
import dev.latchkey.jwt.KeyRing;
import dev.latchkey.jwt.KeySet;
import dev.latchkey.jwt.KeySource;
import dev.latchkey.jwt.RefreshPolicy;
import dev.latchkey.jwt.VerificationRules;
import java.util.Optional;
import java.util.Set;
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

    /**
     * Reads the settings and ends the reading. A key in a variable is checked at once, a key in a secret when it is
     * first needed.
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
        if (verifyKey.isPresent() == secretId.isPresent()) {
            reader.problem(
                    VERIFY_KEY,
                    verifyKey.isPresent()
                            ? SECRET_ID + " is set, too. Remove one, so that there is one source of keys"
                            : "is not set, nor is " + SECRET_ID
                                    + ". Set one to the key to check with: the HS256 secret or a public key");
            return Optional.empty();
        }
        if (secretId.isPresent()) {
            return Optional.of(
                    secrets.keys(secretId.get(), RefreshPolicy.FOR_SECRETS, ring -> ring.keySet(allowed, kid)));
        }
        return reader.key(VERIFY_KEY, () -> KeySource.fixed(publicKeySet(verifyKey.get(), allowed, kid)));
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
