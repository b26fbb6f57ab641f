package dev.latchkey.local.gateway;

import dev.latchkey.local.machine.Payload;

/**
 * What a decision about a caller rests on.
 *
 * @param invocation request id of the authorizer's invocation that gave the answer, be it for an earlier request; empty
 *     when the authorizer was not asked
 * @param answer what the authorizer answered, as JSON; empty when it gave no answer
 * @param log what it logged about a refusal, as JSON; empty when nothing was found
 */
public record Evidence(String invocation, Payload answer, Payload log) {
    private static final Payload EMPTY = new Payload(new byte[0]);

    /** That of a decision without an authorizer. */
    public static final Evidence NONE = new Evidence("", EMPTY, EMPTY);

    /** That of an invocation without an answer. */
    static Evidence of(String invocation) {
        return new Evidence(invocation, EMPTY, EMPTY);
    }

    /** That of an answer. */
    static Evidence of(String invocation, Payload answer) {
        return new Evidence(invocation, answer, EMPTY);
    }

    /** The same with what was logged. */
    Evidence with(Payload record) {
        return new Evidence(invocation, answer, record);
    }
}
