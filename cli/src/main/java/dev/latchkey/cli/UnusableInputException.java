package dev.latchkey.cli;

/** What was given cannot be used; the message tells why, and what to do. */
final class UnusableInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableInputException(String message) {
        super(message);
    }
}
