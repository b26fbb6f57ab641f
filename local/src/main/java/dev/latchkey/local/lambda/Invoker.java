package dev.latchkey.local.lambda;

/** A function that can be invoked. */
@FunctionalInterface
public interface Invoker {

    /**
     * Invokes it and waits for the end. What goes wrong in the function is a result, not an exception.
     *
     * @param requestId the id the function sees as its AWS request id
     * @param event the event's exact bytes
     */
    InvocationResult invoke(String requestId, byte[] event);
}
