package dev.latchkey.http;

/** A text is no address from which anything may be fetched. The message tells what is wrong and what is needed. */
public final class UnusableAddressException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Tells what is wrong and what is needed. */
    public UnusableAddressException(String message) {
        super(message);
    }
}
