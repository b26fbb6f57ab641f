package dev.latchkey.provisioning;

import java.time.Instant;

/** Has API Gateway forget the answers of authorizers that it keeps. Thread-safe. */
@FunctionalInterface
public interface CacheFlushes {

    /**
     * Asks for a flush at that time, or a moment later. Several that are asked for may become one.
     *
     * @param notBefore the earliest time, at most 15 minutes ahead
     * @throws RuntimeException if it cannot be asked for within a second
     */
    void ask(Instant notBefore);
}
