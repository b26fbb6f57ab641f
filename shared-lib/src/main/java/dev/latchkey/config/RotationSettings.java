package dev.latchkey.config;

import dev.latchkey.keys.Algorithm;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the function that rotates keys.
 *
 * @param secretId name or ARN of the secret
 * @param algorithm the algorithm of a key that declares none; null for HS256
 * @param kid the key id of a key that has none; null for none
 * @param ofNext the algorithm of new keys; null for that of the key that is active then
 * @param longestLifetime the longest lifetime of an API key; null where it is not known
 * @param authorizerTtl how long API Gateway keeps an authorizer's answers
 */
public record RotationSettings(
        String secretId,
        @Nullable Algorithm algorithm,
        @Nullable String kid,
        @Nullable Algorithm ofNext,
        @Nullable Duration longestLifetime,
        Duration authorizerTtl) {

    /**
     * Reads the settings and ends the reading.
     *
     * @throws SettingsException if they do not work
     */
    public static RotationSettings read(SettingsReader reader) {
        Optional<String> secretId = reader.secretId(Settings.SECRET_ID);
        if (secretId.isPresent() && SecretPlace.parse(secretId.get()).member() != null) {
            reader.problem(Settings.SECRET_ID, "names one value of a secret; only a secret that is a key ring rotates");
        }
        if (secretId.isEmpty()) {
            reader.problem(Settings.SECRET_ID, "is not set. Set it to the secret that holds the key ring");
        }
        Algorithm algorithm = reader.algorithm(Settings.ALGORITHM).orElse(null);
        String kid = reader.kid(Settings.KEY_ID).orElse(null);
        Algorithm ofNext = reader.algorithm(Settings.NEXT_ALGORITHM).orElse(null);
        Duration longest = SigningSettings.longestLifetime(reader).orElse(null);
        int ttl = reader.number(Settings.AUTHORIZER_TTL);
        reader.throwIfAnyProblem();
        return new RotationSettings(secretId.orElseThrow(), algorithm, kid, ofNext, longest, Duration.ofSeconds(ttl));
    }
}
