package dev.latchkey.testing;

import dev.latchkey.keys.KeyFetchListener;
import java.util.Collection;

/** Listeners to fetches of keys. */
public final class TestFetches {

    private TestFetches() {}

    /** A listener that collects failures. */
    public static KeyFetchListener failuresTo(Collection<? super RuntimeException> failures) {
        return (age, failure) -> {
            if (failure != null) {
                failures.add(failure);
            }
        };
    }
}
