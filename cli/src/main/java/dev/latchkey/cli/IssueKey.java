package dev.latchkey.cli;

import dev.latchkey.json.JsonValue.JsonObject;

/** The issue-key function. */
@FunctionalInterface
interface IssueKey {

    /**
     * Asks for an action.
     *
     * @param request {@code action} and its fields, as in docs/key-life.md
     * @return the answer
     * @throws FailedCallException if there is none, with what to do about it
     */
    JsonObject ask(JsonObject request);
}
