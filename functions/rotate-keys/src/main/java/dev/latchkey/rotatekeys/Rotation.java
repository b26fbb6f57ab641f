package dev.latchkey.rotatekeys;

import dev.latchkey.config.RotationSettings;
import dev.latchkey.config.SecretVersions;
import dev.latchkey.config.SecretVersions.Description;
import dev.latchkey.config.SecretVersions.Value;
import dev.latchkey.keys.Algorithm;
import dev.latchkey.keys.RingRotation;
import dev.latchkey.keys.RotatedRing;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rotates the ring in a secret: step by step, as Secrets Manager asks, or at once. Every step may be repeated and may end
 * anywhere; whoever reads the current version meanwhile reads a whole ring with one active key.
 */
final class Rotation {

    private final RotationSettings settings;
    private final SecretVersions versions;
    private final RingRotation rings;

    Rotation(RotationSettings settings, SecretVersions versions, Clock clock) {
        this.settings = settings;
        this.versions = versions;
        this.rings = new RingRotation(clock, settings.longestLifetime(), settings.algorithm(), settings.kid());
    }

    /**
     * Does a step. One that is done already is done.
     *
     * @param token the id of the version that the rotation makes
     * @throws IllegalStateException if the secret does not rotate, or not to that version
     */
    void step(RotationStep step, String secretId, String token) {
        Description secret = versions.describe(secretId);
        if (!Set.of(secret.arn(), secret.name()).contains(settings.secretId())) {
            throw new IllegalStateException(
                    "this function rotates another secret than " + secretId + ". See PLUGIN_JWT_SECRET_ID");
        }
        if (!secret.rotates()) {
            throw new IllegalStateException("rotation is not enabled for the secret " + secretId);
        }
        Set<String> labels = secret.labels().get(token);
        if (labels == null) {
            throw new IllegalStateException("the secret " + secretId + " has no version " + token);
        }
        if (labels.contains(SecretVersions.CURRENT)) {
            if (step == RotationStep.FINISH_SECRET && labels.contains(SecretVersions.PENDING)) {
                versions.removePending(secretId, token);
            }
            return;
        }
        if (!labels.contains(SecretVersions.PENDING)) {
            throw new IllegalStateException("the version " + token + " of the secret " + secretId
                    + " is not pending: its rotation was given up");
        }
        switch (step) {
            case CREATE_SECRET -> create(secretId, token, secret);
            case SET_SECRET -> {
                // Nobody but the secret's readers knows the key.
            }
            case TEST_SECRET -> tested(secretId, token, secret);
            case FINISH_SECRET -> {
                versions.moveCurrent(secretId, tested(secretId, token, secret), token);
                versions.removePending(secretId, token);
            }
        }
    }

    private void create(String secretId, String token, Description secret) {
        if (versions.read(secretId, token).isPresent()) {
            return;
        }
        String version = current(secret);
        Value current = read(secretId, version);
        Instant rotatedAt = secret.rotatedAt();
        Instant since = rotatedAt != null && rotatedAt.isAfter(current.createdAt()) ? rotatedAt : current.createdAt();
        versions.putPending(
                secretId,
                token,
                rings.after(current.text(), since, settings.ofNext()).text());
        if (!current(versions.describe(secretId)).equals(version)) {
            versions.removePending(secretId, token);
            throw new IllegalStateException("the secret " + secretId
                    + " was changed while it was rotated. The rotation was given up; rotate again");
        }
    }

    /** The id of the current version, in whose place the pending one may come. */
    private String tested(String secretId, String token, Description secret) {
        String version = current(secret);
        String current = read(secretId, version).text();
        String pending = read(secretId, token).text();
        RingProof.check(pending, settings);
        if (!rings.isSuccessor(pending, current)) {
            throw new IllegalStateException(
                    "the secret " + secretId + " was changed while it was rotated, or its pending"
                            + " version was: keys would be lost. Cancel the rotation (cancel-rotate-secret, and take AWSPENDING"
                            + " from " + token + ") and rotate again");
        }
        if (!pending.equals(current) && rings.isStale(pending)) {
            throw new IllegalStateException("the pending version " + token + " of the secret " + secretId
                    + " is older than a day. Take AWSPENDING from it (update-secret-version-stage) and rotate again");
        }
        return version;
    }

    /**
     * Moves the ring on at once, and ends a rotation that is under way.
     *
     * @param dropped the name of the key to leave out; null for none
     */
    RotatedRing atOnce(@Nullable String dropped) {
        return replaced(current -> dropped == null ? rings.atOnce(current) : rings.without(current, dropped));
    }

    /** Adds a next key of an algorithm at once, and ends a rotation that is under way. */
    RotatedRing withNext(Algorithm algorithm) {
        return replaced(current -> rings.withNext(current, algorithm));
    }

    private RotatedRing replaced(Function<String, RotatedRing> change) {
        String secretId = settings.secretId();
        String version = current(versions.describe(secretId));
        RotatedRing ring = change.apply(read(secretId, version).text());
        RingProof.check(ring.text(), settings);
        String token = UUID.randomUUID().toString();
        versions.putPending(secretId, token, ring.text());
        try {
            versions.moveCurrent(secretId, version, token);
        } finally {
            versions.removePending(secretId, token);
        }
        return ring;
    }

    private static String current(Description secret) {
        return secret.version(SecretVersions.CURRENT)
                .orElseThrow(
                        () -> new IllegalStateException("the secret " + secret.name() + " has no current version"));
    }

    private Value read(String secretId, String version) {
        return versions.read(secretId, version)
                .orElseThrow(() -> new IllegalStateException(
                        "the version " + version + " of the secret " + secretId + " has no value yet"));
    }
}
