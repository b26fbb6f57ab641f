package dev.latchkey.cli;

import dev.latchkey.json.JsonValue.JsonObject;

/** A stack's functions, as Lambda's Invoke reaches them. */
@FunctionalInterface
interface Functions {

    /**
     * What a function answered.
     *
     * @param answer its answer, or where it failed an object with {@code errorMessage}
     * @param isFailure whether it failed
     * @param log the end of its log
     */
    record Invocation(JsonObject answer, boolean isFailure, String log) {

        /** Why it failed, in its own words. */
        String failure() {
            return answer.string("errorMessage").orElse("it failed and did not say why");
        }
    }

    /**
     * Invokes a function.
     *
     * @throws FailedCallException if it was not reached, with what to do about it
     */
    Invocation invoke(String function, JsonObject event);
}
