package dev.latchkey.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * One HTTP GET of a small document, within bounds that the other side cannot stretch: 500 ms to connect, a time for all
 * of it, a length. Redirects are not followed, and no proxy is used.
 *
 * <p>A thread of its own reads, so that the caller is free at the deadline, however slowly bytes come; the socket is
 * closed then, which ends the thread. Only a name server that does not answer can hold that thread longer.
 */
public final class BoundedGet {

    private BoundedGet() {}

    /**
     * The body.
     *
     * @param headers further headers, whose values hold no control characters; {@code Accept} among them
     * @param inAll the time from the first step to the last byte
     * @param maxBytes the longest body
     * @throws IOException if it cannot be had within the bounds; the message tells where it was sought and what came
     *     instead, and shows no header
     */
    public static byte[] body(RemoteUri uri, Map<String, String> headers, Duration inAll, int maxBytes)
            throws IOException {
        return BoundedExchange.fetch(new HttpCall("GET", uri, headers, null), inAll, maxBytes)
                .body();
    }
}
