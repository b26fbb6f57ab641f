package dev.latchkey.status;

import dev.latchkey.http.BoundedGet;
import dev.latchkey.http.RemoteUri;
import dev.latchkey.keys.KeyFetchListener;
import dev.latchkey.keys.KeySet;
import dev.latchkey.keys.KeySource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The status lists that a door needs: each is fetched when the first key names it, and again when its time to live is over.
 * At most {@value #MAX_LISTS} are held; the one that was not asked for longest goes first. Thread-safe.
 */
final class StatusLists {

    static final int MAX_LISTS = 64;
    private static final float LOAD_FACTOR = 0.75f;
    private static final Map<String, String> ACCEPT = Map.of("Accept", StatusListToken.MEDIA_TYPE);

    private final Duration maxAge;
    private final Clock clock;
    private final KeyFetchListener listener;
    private final Map<String, HeldList> byUri = new LinkedHashMap<>(16, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, HeldList> eldest) {
            return size() > MAX_LISTS;
        }
    };

    /**
     * Holds no list yet.
     *
     * @param maxAge for how long a list is believed when no newer one can be had
     * @param listener is told of every fetch, with the age of the list at hand
     */
    StatusLists(Duration maxAge, Clock clock, KeyFetchListener listener) {
        this.maxAge = maxAge;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * The list at an address, which the base covers.
     *
     * @throws StatusUnavailableException if it cannot be had and no earlier one may be believed
     */
    StatusListToken current(StatusListBase base, KeySource<KeySet> keys, String uri) {
        HeldList held;
        synchronized (byUri) {
            held = byUri.get(uri);
            if (held == null) {
                held = new HeldList(uri, time -> fetch(base, keys, uri, time), maxAge, clock, listener);
                byUri.put(uri, held);
            }
        }
        return held.current();
    }

    private StatusListToken fetch(StatusListBase base, KeySource<KeySet> keys, String uri, Duration time) {
        byte[] body;
        try {
            body = BoundedGet.body(RemoteUri.readAbsolute(uri), ACCEPT, time, StatusListToken.MAX_LENGTH);
        } catch (IOException e) {
            throw new UnusableListException(String.valueOf(e.getMessage()));
        }
        String text = new String(body, StandardCharsets.ISO_8859_1).strip();
        try {
            return StatusListToken.read(text, keys.current(), base, uri, clock.instant());
        } catch (UnusableListException e) {
            if (!e.wantsOtherKeys()) {
                throw e;
            }
            return StatusListToken.read(text, keys.afterMiss(uri.hashCode()), base, uri, clock.instant());
        }
    }
}
