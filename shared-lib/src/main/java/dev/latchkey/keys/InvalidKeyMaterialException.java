package dev.latchkey.keys;

/**
 * A text holds no usable key, or a key that does not fit its algorithm. The message tells what is wrong and what is
 * needed, and holds nothing of the key.
 */
public class InvalidKeyMaterialException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Tells what is wrong and what is needed. */
    public InvalidKeyMaterialException(String message) {
        super(message);
    }

    /** The same, and what told it. */
    public InvalidKeyMaterialException(String message, Throwable cause) {
        super(message, cause);
    }
}
