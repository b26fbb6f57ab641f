'use strict';

const { LatchkeyError } = require('./error');
const { Refusal } = require('./router-guard');

const LATER = new Set(['throttled', 'timeout', 'unreachable']);

/**
 * What a customer's browser is told of an error. Only what issue-key wrote about the customer's own request is passed on;
 * what the operator must look at is not.
 *
 * @param {Error} error
 * @returns {{status: number, body: object, headers?: object, isOurs: boolean}}
 */
function answerOf(error) {
    if (error instanceof Refusal) {
        return { ...answer(error.status, error.code, error.message), headers: error.headers, isOurs: false };
    }
    const { code, forCustomers } = error instanceof LatchkeyError ? error : {};
    if (forCustomers !== undefined) {
        switch (code) {
            case 'invalid_request':
                return { ...answer(400, code, forCustomers), isOurs: false };
            case 'conflict':
                return { ...answer(409, code, forCustomers), isOurs: false };
            case 'not_found':
                return { ...answer(404, code, 'There is no such key'), isOurs: false };
            case 'not_implemented':
                return { ...answer(501, code, 'This is not available here'), isOurs: true };
        }
    }
    return LATER.has(code)
        ? { ...answer(503, 'unavailable', 'This did not work just now. Try again in a moment'), isOurs: true }
        : { ...answer(500, 'internal_error', 'This did not work, and it is not your fault'), isOurs: true };
}

function answer(status, code, message) {
    return { status, body: { error: { code, message } } };
}

module.exports = { answerOf };
