package dev.latchkey.cli;

/** An action that was refused or not answered; the message is for the operator. */
final class FailedCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FailedCallException(String message) {
        super(message);
    }
}
