package dev.latchkey.jwt;

/**
 * A check of the operator's own on keys that are good otherwise.
 *
 * <p>To add one, implement this interface in a public class with a public constructor without parameters, and name the
 * class in {@code META-INF/services/dev.latchkey.jwt.TokenCheck} of a jar on the authorizer's class path, for instance in
 * a Lambda layer. Every check that is found must permit a key. A check may be called from several threads at once and is
 * on the path of every call: it should take microseconds.
 */
@FunctionalInterface
public interface TokenCheck {

    /**
     * Tells whether a key may be used. False denies it: 403.
     *
     * <p>An exception is a failure of the authorizer: 500.
     */
    boolean permits(VerifiedToken token);
}
