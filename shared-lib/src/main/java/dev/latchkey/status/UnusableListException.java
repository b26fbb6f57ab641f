package dev.latchkey.status;

/** A status list says nothing that could be believed. The message tells why and shows nothing of a token. */
public final class UnusableListException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Tells what is wrong with it. */
    public UnusableListException(String problem) {
        super(problem);
    }
}
