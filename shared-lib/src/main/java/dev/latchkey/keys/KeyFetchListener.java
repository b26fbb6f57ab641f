package dev.latchkey.keys;

import java.time.Duration;
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
}
