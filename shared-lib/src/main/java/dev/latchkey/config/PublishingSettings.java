package dev.latchkey.config;

import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import dev.latchkey.keys.SigningKey;
import dev.latchkey.status.StatusListBase;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the side that publishes status lists and public keys.
 *
 * @param keys the key that signs lists: the one that signs API keys
 * @param published the keys whose public halves are published
 * @param keysTable name or ARN of the DynamoDB table of keys
 * @param base where lists are published; null for the address that is asked
 * @param issuer the issuer of the keys; null where they name none
 */
public record PublishingSettings(
        KeySource<SigningKey> keys,
        KeySource<KeySet> published,
        String keysTable,
        @Nullable StatusListBase base,
        @Nullable String issuer) {

    /**
     * Reads the settings and ends the reading.
     *
     * @throws SettingsException if they do not work
     */
    public static PublishingSettings read(SettingsReader reader, Secrets secrets) {
        Optional<SigningKeys> keys = SigningKeys.read(reader, secrets);
        Optional<String> table = SigningSettings.keysTable(reader);
        if (table.isEmpty()) {
            reader.problem(
                    Settings.KEYS_TABLE, "is not set. Set it to the table in which issue-key keeps records of keys");
        }
        Optional<StatusListBase> base = StatusSettings.base(reader);
        Optional<String> issuer = SigningSettings.issuer(reader);
        reader.throwIfAnyProblem();
        return new PublishingSettings(
                keys.orElseThrow().signing(),
                keys.orElseThrow().own(),
                table.orElseThrow(),
                base.orElse(null),
                issuer.orElse(null));
    }
}
