package dev.latchkey.issuekey;

/** Our own failure as a direct caller sees it: where to look, not what happened. Without a stack trace, which callers would see. */
final class InternalErrorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InternalErrorException(String message) {
        super(message, null, false, false);
    }
}
