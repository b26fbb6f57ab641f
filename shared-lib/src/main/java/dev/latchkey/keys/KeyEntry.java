package dev.latchkey.keys;

import java.security.Key;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A key as it stands in a text, not yet tied to an algorithm.
 *
 * @param kid the key id; null where the text gives none
 * @param declared the algorithm that the text ties the key to; null where it says nothing
 * @param status the place in a key ring; null where the text says nothing
 * @param verifying the public key or secret; null where only a private key is known
 * @param signing the private key or secret; null for a public key
 * @param weakUntil until when it may verify although it is too weak to sign; null for a key that is held to full strength
 */
record KeyEntry(
        @Nullable String kid,
        @Nullable Algorithm declared,
        @Nullable KeyStatus status,
        @Nullable Key verifying,
        @Nullable Key signing,
        @Nullable Instant weakUntil) {

    /** A key that is held to full strength. */
    KeyEntry(
            @Nullable String kid,
            @Nullable Algorithm declared,
            @Nullable KeyStatus status,
            @Nullable Key verifying,
            @Nullable Key signing) {
        this(kid, declared, status, verifying, signing, null);
    }

    static KeyEntry ofSecret(SecretKey secret) {
        return new KeyEntry(null, null, null, secret, secret);
    }

    boolean isPrivate() {
        return signing instanceof PrivateKey;
    }

    /**
     * The one algorithm that the key checks: the declared one, else the only allowed one that fits, else, where nothing
     * is said of what is allowed, the usual one of its kind.
     *
     * @throws InvalidKeyMaterialException if there is not exactly one
     */
    Algorithm verifyingAlgorithm(Collection<Algorithm> allowed) {
        if (declared != null) {
            if (!allowed.isEmpty() && !allowed.contains(declared)) {
                throw new InvalidKeyMaterialException(
                        this + " is for " + declared + ", which is not among the allowed " + allowed);
            }
            return declared;
        }
        Key key = verifying;
        if (key == null) {
            throw new IllegalStateException("a key without a public half");
        }
        if (allowed.isEmpty()) {
            Optional<Algorithm> usual = KeyFit.usual(key);
            if (usual.isEmpty()) {
                throw new InvalidKeyMaterialException("is a key of a kind that is not supported");
            }
            return usual.get();
        }
        List<Algorithm> fitting = new ArrayList<>();
        for (Algorithm algorithm : allowed) {
            if (KeyFit.isOfKind(key, algorithm)) {
                fitting.add(algorithm);
            }
        }
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        if (allowed.size() == 1) {
            KeyFit.check(key, allowed.iterator().next());
        }
        throw new InvalidKeyMaterialException(this + " must end up with one algorithm, but "
                + (fitting.isEmpty() ? "none" : fitting) + " of the allowed " + allowed + " fits it");
    }

    /**
     * The algorithms that the key checks where a token may choose among those that are allowed: the declared one, else all
     * allowed ones that fit and that it is long enough for, else, where nothing is said of what is allowed, the usual one of its
     * kind.
     *
     * @throws InvalidKeyMaterialException if there is none
     */
    List<Algorithm> verifyingAlgorithms(Collection<Algorithm> allowed) {
        Key key = verifying;
        if (declared == null && key != null) {
            List<Algorithm> fitting = allowed.stream()
                    .filter(algorithm -> KeyFit.isOfKind(key, algorithm))
                    .toList();
            List<Algorithm> usable = fitting.stream()
                    .filter(algorithm -> weakUntil != null || KeyFit.isLongEnough(key, algorithm))
                    .toList();
            if (fitting.size() > 1) {
                return usable.isEmpty() ? fitting : usable;
            }
        }
        return List.of(verifyingAlgorithm(allowed));
    }

    /**
     * The key tied to an algorithm, to verify with.
     *
     * @param key what verifies
     * @throws InvalidKeyMaterialException if it does not fit or is too weak
     */
    VerificationKey verificationKey(@Nullable String kid, Algorithm algorithm, Key key) {
        return weakUntil == null
                ? new VerificationKey(kid, algorithm, key)
                : VerificationKey.weak(kid, algorithm, key, weakUntil);
    }

    /** Names the entry without showing anything of the key. */
    @Override
    public String toString() {
        return kid == null ? "key without kid" : "key " + kid;
    }
}
