package dev.latchkey.config;

import dev.latchkey.keys.KeysUnavailableException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A secret's versions, as a rotation reads, adds and labels them (AWS Secrets Manager user guide, "Rotation by Lambda
 * function"). Every method throws {@link KeysUnavailableException} if Secrets Manager does not do it.
 */
public interface SecretVersions {

    /** The label of the version that everybody reads. */
    String CURRENT = "AWSCURRENT";

    /** The label of a version that is being made. */
    String PENDING = "AWSPENDING";

    /**
     * What is known of a secret without reading it.
     *
     * @param rotates whether Secrets Manager rotates it
     * @param rotatedAt when it last did; null where it never has
     * @param labels the labels of each version by its id
     */
    record Description(
            String arn,
            String name,
            boolean rotates,
            @Nullable Instant rotatedAt,
            Map<String, Set<String>> labels) {

        /** Copies the labels. */
        public Description {
            labels = Map.copyOf(labels);
        }

        /** The id of the version that has a label; empty where none has it. */
        public Optional<String> version(String label) {
            return labels.entrySet().stream()
                    .filter(version -> version.getValue().contains(label))
                    .map(Map.Entry::getKey)
                    .findFirst();
        }
    }

    /**
     * A version's value. {@code toString()} does not show it.
     *
     * @param createdAt when the version was made
     */
    record Value(String text, Instant createdAt) {
        @Override
        public String toString() {
            return "value of " + createdAt;
        }
    }

    /** Describes a secret by its name or ARN. */
    Description describe(String secretId);

    /** The value of a version; empty where there is no such version, or it has none yet. */
    Optional<Value> read(String secretId, String versionId);

    /** Adds a version of that id and labels it {@link #PENDING}, which takes the label from another. */
    void putPending(String secretId, String versionId, String text);

    /** Takes {@link #CURRENT} from one version to another in one step; fails if the one does not have it. */
    void moveCurrent(String secretId, String from, String to);

    /** Takes {@link #PENDING} from a version that has it. */
    void removePending(String secretId, String versionId);
}
