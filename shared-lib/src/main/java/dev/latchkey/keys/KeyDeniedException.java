package dev.latchkey.keys;

/** A key that is kept elsewhere, and that whoever asked may not use, though others may. */
public final class KeyDeniedException extends InvalidKeyMaterialException {

    private static final long serialVersionUID = 1L;

    /** Tells what must be allowed. */
    public KeyDeniedException(String message) {
        super(message);
    }
}
