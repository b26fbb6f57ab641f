package dev.latchkey.jwt;

import dev.latchkey.keys.KeySet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that were verified last, by one verifier or by several together, so that the signature of one that comes again
 * need not be checked again.
 *
 * <p>A token is found by its whole text, signature included, and by the verifier that verified it. Only good tokens are
 * kept, with their claims in at most {@value #MAX_BYTES} bytes; one of more than {@value #MAX_BYTES_OF_ONE} is not. The one
 * that was not used longest goes first, so that bad tokens push nobody out. Thread-safe.
 */
public final class VerifiedTokens {

    static final int MAX_BYTES = 4 * 1024 * 1024;
    static final int MAX_BYTES_OF_ONE = 32 * 1024;
    private static final float LOAD_FACTOR = 0.75f;

    /**
     * A token that was verified once.
     *
     * @param inTime seconds in which its times hold; in others they have to be looked at
     * @param keys the key set that it was verified with
     * @param by the verifier whose rules it met
     * @param bytes how much memory it takes
     */
    record Seen(VerifiedToken token, ClaimsCheck.Seconds inTime, KeySet keys, TokenVerifier by, int bytes) {}

    private final Map<String, Seen> byText = new LinkedHashMap<>(16, LOAD_FACTOR, true);
    private int bytes;

    /** Knows of no token yet. */
    public VerifiedTokens() {
        // Each verified token is told to it.
    }

    /** The token of that text; null where it is not known. */
    @Nullable
    Seen find(String text) {
        synchronized (byText) {
            return byText.get(text);
        }
    }

    void remember(String text, VerifiedToken token, ClaimsCheck.Seconds inTime, KeySet keys, TokenVerifier by) {
        int weight = TokenWeight.of(text, token.claims());
        if (weight > MAX_BYTES_OF_ONE) {
            return;
        }
        synchronized (byText) {
            Seen before = byText.put(text, new Seen(token, inTime, keys, by, weight));
            bytes += weight - (before == null ? 0 : before.bytes());
            Iterator<Seen> eldest = byText.values().iterator();
            while (bytes > MAX_BYTES) {
                bytes -= eldest.next().bytes();
                eldest.remove();
            }
        }
    }

    int size() {
        synchronized (byText) {
            return byText.size();
        }
    }
}
