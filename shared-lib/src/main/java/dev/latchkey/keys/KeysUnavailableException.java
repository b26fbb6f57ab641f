package dev.latchkey.keys;

import org.jspecify.annotations.Nullable;

/** Keys cannot be had: our own failure, never a token's. The message tells where they were sought, and holds no secret. */
public final class KeysUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Tells where keys were sought and what came instead. */
    public KeysUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
