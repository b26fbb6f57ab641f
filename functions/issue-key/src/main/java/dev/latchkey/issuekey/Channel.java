package dev.latchkey.issuekey;

/** How a request came, and so how its answer must look. */
enum Channel {
    /** By Lambda's Invoke API: the answer is the body itself. */
    DIRECT,
    /** Over HTTP through API Gateway or a function URL: the answer is a proxy response. */
    HTTP
}
