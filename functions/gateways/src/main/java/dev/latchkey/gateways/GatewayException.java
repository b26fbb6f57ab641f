package dev.latchkey.gateways;

/**
 * A gateway did not do what it was asked for, and its operator can put it right. The message tells what was asked, what came
 * and the remedy; it shows neither a secret, nor a key, nor whose key it is about.
 */
final class GatewayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GatewayException(String message) {
        super(message);
    }
}
