package dev.latchkey.http;

import java.time.Duration;

/** Sends HTTP requests. Thread-safe. */
@FunctionalInterface
public interface HttpSender {

    /**
     * Sends a request, once, and gives the answer, whatever its status is. A redirect is an answer like any other.
     *
     * @throws HttpFailedException if there is no whole answer within the sender's bounds; the request may have been carried out all the
     *     same. The message tells where it went and what came instead, and shows neither a header nor a body
     */
    HttpReply send(HttpCall call) throws HttpFailedException;

    /**
     * The sender for services of others: 500 ms to connect, 3 seconds for all of a request, answers of at most 1 MiB, not
     * compressed, no proxy. Certificates and host names are checked as the Java runtime is set up to.
     */
    static HttpSender bounded() {
        return bounded(Duration.ofSeconds(3), 1024 * 1024);
    }

    /**
     * The same with other bounds.
     *
     * @param inAll the time from the first step to the last byte
     * @param maxBytes the longest body
     */
    static HttpSender bounded(Duration inAll, int maxBytes) {
        return call -> BoundedExchange.send(call, inAll, maxBytes);
    }
}
