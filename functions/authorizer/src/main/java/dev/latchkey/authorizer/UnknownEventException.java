package dev.latchkey.authorizer;

/** The function was called with something that is not an authorizer event. The message tells what was expected. */
final class UnknownEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownEventException(String message) {
        super(message);
    }
}
