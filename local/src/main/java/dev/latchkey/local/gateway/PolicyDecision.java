package dev.latchkey.local.gateway;

/** What a policy says about one request (IAM, Policy evaluation logic). */
enum PolicyDecision {
    /** A statement allows it and none denies it. */
    ALLOW,
    /** A statement denies it; that wins over any Allow. */
    DENY_EXPLICIT,
    /** No statement covers it. */
    DENY_IMPLICIT
}
