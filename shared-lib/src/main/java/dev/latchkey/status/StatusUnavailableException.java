package dev.latchkey.status;

/** A key's status cannot be told: its list cannot be had, and there is no earlier one that may still be believed. */
public final class StatusUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Tells which list it is, and why it cannot be had. */
    public StatusUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
