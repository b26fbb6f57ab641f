package dev.latchkey.provisioning;

/** The table of keys cannot be reached, or holds what it should not. The message is for the log. */
public final class KeyTableUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Tells which table it is and what came instead of an answer. */
    public KeyTableUnavailableException(String message) {
        super(message);
    }
}
