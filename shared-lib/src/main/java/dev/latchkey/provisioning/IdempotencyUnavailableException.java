package dev.latchkey.provisioning;

/** Idempotency records cannot be had: our own failure, never a caller's. The message tells where they are kept, and holds none. */
public final class IdempotencyUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Tells where records were sought and what came instead. */
    public IdempotencyUnavailableException(String message) {
        super(message);
    }
}
