package dev.latchkey.local.gateway;

/**
 * What came of asking an authorizer about a request. {@code invocation} is the request id of the function's invocation
 * that gave the answer, for an earlier request when that is {@code cached}; empty when the function was not asked.
 */
sealed interface Verdict {
    String invocation();

    /** The request may pass, with the authorizer's values. */
    record Allowed(String invocation, AuthorizerOutput output, boolean cached) implements Verdict {}

    /** The policy does not let the request pass, or says no. */
    record Denied(String invocation, AuthorizerOutput output, boolean cached, boolean explicit) implements Verdict {}

    /** The caller did not say who they are, or not in a way that is taken. */
    record Unauthenticated(String invocation, String why) implements Verdict {}

    /** The token does not hold, and the caller is told why. */
    record Challenged(String why) implements Verdict {
        @Override
        public String invocation() {
            return "";
        }
    }

    /** The authorizer did not do its job. */
    record Failed(String invocation, String why) implements Verdict {}
}
