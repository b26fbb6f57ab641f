package dev.latchkey.issuekey;

/**
 * A request that is one of the function's.
 *
 * @param caller who asks: an IAM principal, whom another authorizer vouches for, or {@code invoke} for a direct invocation
 */
record IssueRequest(Action action, String caller, Fields fields) {}
