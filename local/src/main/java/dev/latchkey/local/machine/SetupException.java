package dev.latchkey.local.machine;

/**
 * A mistake in the template, an option or the machine that keeps the tool from starting. The message says what is
 * wrong, where, and what to do; it is meant to be shown without a stack trace.
 */
public final class SetupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with that message. */
    public SetupException(String message) {
        super(message);
    }

    /** An exception with that message, and the error that led to it. */
    public SetupException(String message, Throwable cause) {
        super(message, cause);
    }
}
