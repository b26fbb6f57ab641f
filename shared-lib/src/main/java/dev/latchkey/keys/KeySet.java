package dev.latchkey.keys;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a verifier may use, found by key id and algorithm. Immutable; at most one key for a token.
 *
 * <p>A key id may stand for several keys of different algorithms: for one key that checks several, or for several keys.
 */
public final class KeySet {

    private final Map<String, List<VerificationKey>> byKid = new HashMap<>();
    private final Map<String, List<VerificationKey>> byCertificate = new HashMap<>();
    private final List<VerificationKey> withoutKid = new ArrayList<>();
    private final List<VerificationKey> keys;
    private final List<String> leftOut;

    /**
     * A set of these keys. Of several with one key id and one algorithm, the last is found; of several without any and for one
     * algorithm, each by its certificate alone.
     */
    public KeySet(Collection<VerificationKey> keys) {
        this(keys, List.of());
    }

    /**
     * The same.
     *
     * @param leftOut which keys it could have had, and why it has not, in words without anything of the keys
     */
    KeySet(Collection<VerificationKey> keys, List<String> leftOut) {
        for (VerificationKey key : keys) {
            String kid = key.kid().orElse(null);
            if (kid != null) {
                add(byKid, kid, key);
            } else if (isOnlyOneWithoutKid(key, keys)) {
                withoutKid.add(key);
            }
            for (String thumbprint : key.published().certificates()) {
                add(byCertificate, thumbprint, key);
            }
        }
        this.keys = List.copyOf(keys);
        this.leftOut = List.copyOf(leftOut);
    }

    private static boolean isOnlyOneWithoutKid(VerificationKey key, Collection<VerificationKey> among) {
        int alike = 0;
        for (VerificationKey other : among) {
            alike += other.kid().isEmpty() && other.algorithm() == key.algorithm() ? 1 : 0;
        }
        return alike == 1;
    }

    /** Of several under one name for one algorithm the last is found. */
    private static void add(Map<String, List<VerificationKey>> to, String name, VerificationKey key) {
        List<VerificationKey> all = new ArrayList<>();
        for (VerificationKey other : to.getOrDefault(name, List.of())) {
            if (other.algorithm() != key.algorithm()) {
                all.add(other);
            }
        }
        all.add(key);
        to.put(name, all);
    }

    /** The set without keys. */
    public static KeySet none() {
        return new KeySet(List.of());
    }

    /** The keys of both sets. */
    public KeySet with(KeySet more) {
        List<VerificationKey> both = new ArrayList<>(keys);
        both.addAll(more.keys);
        return new KeySet(both, leftOut);
    }

    /** All keys of the set. */
    public List<VerificationKey> keys() {
        return keys;
    }

    /** Which keys of the origin are not in the set, and why, one sentence each. */
    List<String> leftOut() {
        return leftOut;
    }

    /** The key of a token whose algorithm does not matter: as {@link #find(String, String, List)}. */
    public Optional<VerificationKey> find(@Nullable String kid) {
        return find(kid, null, List.of());
    }

    /**
     * The one key that a token with this header must be signed by: the key of its key id, else the key that has no id. For a
     * token without a key id: the key of the certificate that it names, else the key that has no id, else the only key of the
     * set, else the only one for its algorithm. Of several such keys the one for the token's algorithm; where there is none,
     * one of them, which does not check the token.
     *
     * @param kid the key id in the token's header; null where it has none
     * @param alg the algorithm in the token's header; null for any
     * @param certificates the thumbprints in the token's header, {@code x5t} and {@code x5t#S256} (RFC 7515 section 4.1.7)
     */
    public Optional<VerificationKey> find(@Nullable String kid, @Nullable String alg, List<String> certificates) {
        if (kid != null) {
            return chosen(byKid.getOrDefault(kid, withoutKid), alg);
        }
        for (String thumbprint : certificates) {
            if (byCertificate.containsKey(thumbprint)) {
                return chosen(byCertificate.getOrDefault(thumbprint, List.of()), alg);
            }
        }
        if (!withoutKid.isEmpty() || keys.size() == 1) {
            return chosen(withoutKid.isEmpty() ? keys : withoutKid, alg);
        }
        List<VerificationKey> fitting =
                keys.stream().filter(key -> key.algorithm().name().equals(alg)).toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
    }

    private static Optional<VerificationKey> chosen(List<VerificationKey> keys, @Nullable String alg) {
        VerificationKey chosen = null;
        for (VerificationKey key : keys) {
            if (chosen == null || key.algorithm().name().equals(alg)) {
                chosen = key;
            }
        }
        return Optional.ofNullable(chosen);
    }

    @Override
    public String toString() {
        return "key set " + keys;
    }
}
