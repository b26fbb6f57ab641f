package dev.latchkey.jwt;

import dev.latchkey.keys.KeySet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that were verified last, so that the signature of one that comes again need not be checked again.
 *
 * <p>A token is found by its whole text, signature included. Only good tokens are kept, at most 1,000 of at most 2,048
 * characters each; the one that was not used longest goes first, so that bad tokens push nobody out. Thread-safe.
 */
final class VerifiedTokens {

    static final int MAX_TOKENS = 1000;
    static final int MAX_LENGTH = 2048;
    private static final float LOAD_FACTOR = 0.75f;

    /**
     * A token that was verified once.
     *
     * @param keys the key set that it was verified with
     */
    record Seen(VerifiedToken token, KeySet keys) {}

    private final Map<String, Seen> byText = new LinkedHashMap<>(16, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > MAX_TOKENS;
        }
    };

    /** The token of that text; null where it is not known. */
    @Nullable
    Seen find(String text) {
        synchronized (byText) {
            return byText.get(text);
        }
    }

    void remember(String text, VerifiedToken token, KeySet keys) {
        if (text.length() <= MAX_LENGTH) {
            synchronized (byText) {
                byText.put(text, new Seen(token, keys));
            }
        }
    }

    int size() {
        synchronized (byText) {
            return byText.size();
        }
    }
}
