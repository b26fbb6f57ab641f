package dev.latchkey.keys;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys that a verifier may use, found by key id. Immutable; at most one key for a token. */
public final class KeySet {

    private final Map<String, VerificationKey> byKid = new HashMap<>();
    private final @Nullable VerificationKey withoutKid;
    private final List<VerificationKey> keys;

    /** A set of these keys. Of several with one key id, or without any, the last is found. */
    public KeySet(Collection<VerificationKey> keys) {
        @Nullable VerificationKey anonymous = null;
        for (VerificationKey key : keys) {
            if (key.kid().isEmpty()) {
                anonymous = key;
            } else {
                byKid.put(key.kid().get(), key);
            }
        }
        this.withoutKid = anonymous;
        this.keys = List.copyOf(keys);
    }

    /** The set without keys. */
    public static KeySet none() {
        return new KeySet(List.of());
    }

    /** All keys of the set. */
    public List<VerificationKey> keys() {
        return keys;
    }

    /**
     * The one key that a token with this key id must be signed by: the key of that id, else the key that has no id.
     * For a token without a key id: the key that has no id, else the only key of the set.
     *
     * @param kid the key id in the token's header; null where it has none
     */
    public Optional<VerificationKey> find(@Nullable String kid) {
        if (kid != null && byKid.containsKey(kid)) {
            return Optional.ofNullable(byKid.get(kid));
        }
        if (kid == null && keys.size() == 1) {
            return Optional.of(keys.get(0));
        }
        return Optional.ofNullable(withoutKid);
    }

    @Override
    public String toString() {
        return "key set " + keys;
    }
}
