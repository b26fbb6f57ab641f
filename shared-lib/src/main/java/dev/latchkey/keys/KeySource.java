package dev.latchkey.keys;

import java.util.function.Function;

/**
 * Where current keys come from.
 *
 * @param <K> a {@link KeySet} for a verifier, a {@link SigningKey} for a signer
 */
public interface KeySource<K> {

    /**
     * The current keys.
     *
     * @throws KeysUnavailableException if they cannot be had and no earlier ones may be used
     */
    K current();

    /**
     * The keys after somebody missed one: asks the origin anew unless that happened a moment ago. Keys that were fetched by
     * it, or since {@link #current} was called, are another object.
     *
     * @param missed a hash of what was missed, such as a key id's
     * @throws KeysUnavailableException if keys cannot be had and no earlier ones may be used
     */
    K afterMiss(int missed);

    /** Tells whether the keys can be others later. */
    default boolean mayChange() {
        return true;
    }

    /** Drops the keys at hand, as if none had been asked for yet. Not for use beside other calls. */
    void forget();

    /**
     * What these keys are to another reader, as fresh as they are.
     *
     * @param reading takes one thing out of the keys; cheap, and does not fail
     */
    default <T> KeySource<T> map(Function<K, T> reading) {
        KeySource<K> origin = this;
        return new KeySource<>() {
            @Override
            public T current() {
                return reading.apply(origin.current());
            }

            @Override
            public T afterMiss(int missed) {
                return reading.apply(origin.afterMiss(missed));
            }

            @Override
            public boolean mayChange() {
                return origin.mayChange();
            }

            @Override
            public void forget() {
                origin.forget();
            }
        };
    }

    /** A source whose keys never change. */
    static <K> KeySource<K> fixed(K keys) {
        return new KeySource<>() {
            @Override
            public K current() {
                return keys;
            }

            @Override
            public K afterMiss(int missed) {
                return keys;
            }

            @Override
            public boolean mayChange() {
                return false;
            }

            @Override
            public void forget() {
                // They are the settings'.
            }
        };
    }
}
