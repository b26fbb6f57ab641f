package dev.latchkey.cli.deployment;

/** A stack cannot be read; the message is for the operator. */
public final class UnreadableStackException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadableStackException(String message) {
        super(message);
    }
}
