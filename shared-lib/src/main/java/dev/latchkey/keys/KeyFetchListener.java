package dev.latchkey.keys;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is told of every fetch of keys, to log and count it. */
@FunctionalInterface
public interface KeyFetchListener {

    /**
     * A fetch has ended.
     *
     * @param age how old the keys now at hand are: zero after a success, and where there are none
     * @param failure why it failed; null after a success
     */
    void ended(Duration age, @Nullable RuntimeException failure);

    /**
     * A set of keys was fetched that lacks keys which its origin lists. Told once for each change of them.
     *
     * @param origin the issuer or the address that the set is of
     * @param reasons which keys and why, in words that show nothing of a key; empty when none is lacking any more
     */
    default void leftOut(String origin, List<String> reasons) {
        // Whoever counts fetches alone need not know.
    }

    /**
     * A ring was read with keys that may verify although they are too weak to sign. Told once for each change of them.
     *
     * @param keys which, and until when; empty when there are none any more
     */
    default void weak(List<String> keys) {
        // Whoever counts fetches alone need not know.
    }
}
