package dev.latchkey.status;

/** A status list says nothing that could be believed. The message tells why and shows nothing of a token. */
public final class UnusableListException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean wantsOtherKeys;

    /** Tells what is wrong with it. */
    public UnusableListException(String problem) {
        this(problem, false);
    }

    UnusableListException(String problem, boolean wantsOtherKeys) {
        super(problem);
        this.wantsOtherKeys = wantsOtherKeys;
    }

    /** Tells whether newer keys than those at hand may be what it needs. */
    boolean wantsOtherKeys() {
        return wantsOtherKeys;
    }
}
