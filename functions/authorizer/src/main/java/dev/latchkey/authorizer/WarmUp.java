package dev.latchkey.authorizer;

import dev.latchkey.jwt.KeySet;
import dev.latchkey.jwt.KeySource;
import dev.latchkey.jwt.KeysUnavailableException;
import java.util.List;

/** What the first call would have to wait for, done before it: keys fetched, classes loaded. */
final class WarmUp {

    private WarmUp() {}

    /** Fetches the keys where they can be had; where not, the first call asks again, as if nobody had before. */
    static void fetch(List<KeySource<KeySet>> keys) {
        keys.forEach(WarmUp::fetch);
    }

    /** Answers sample requests and fetches the keys: for starts that no caller waits for. */
    static void run(List<KeySource<KeySet>> keys) {
        SampleRequests.answer();
        fetch(keys);
    }

    private static void fetch(KeySource<KeySet> source) {
        try {
            source.current();
        } catch (KeysUnavailableException loggedByItsListener) {
            source.forget();
        }
    }
}
