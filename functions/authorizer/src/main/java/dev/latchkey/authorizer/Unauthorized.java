package dev.latchkey.authorizer;

/**
 * The answer that API Gateway turns into 401. The message must be exactly this word: any other becomes 500 (API Gateway
 * developer guide, "Output from an API Gateway Lambda authorizer"); it is not kept, as an answer is. Without a stack trace, which the runtime would log.
 */
final class Unauthorized extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unauthorized() {
        super("Unauthorized", null, false, false);
    }
}
