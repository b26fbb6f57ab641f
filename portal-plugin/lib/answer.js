'use strict';

const { LatchkeyError, oneLine } = require('./error');

/**
 * A body as a JSON object; undefined when it is none. A body is never part of an error, as it may hold a key.
 *
 * @param {string} body
 * @returns {object|undefined}
 */
function jsonObject(body) {
    try {
        const value = JSON.parse(body);
        return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
    } catch {
        return undefined;
    }
}

/** The HTTP status of issue-key's codes, which a Lambda invoke does not tell. */
const STATUSES = new Map([
    ['invalid_request', 400],
    ['unauthenticated', 401],
    ['not_found', 404],
    ['conflict', 409],
    ['internal_error', 500],
    ['not_implemented', 501],
]);

/**
 * The error in an answer of issue-key, `{"error": {"code", "message"}}`; undefined when it has none.
 *
 * @param {string} action the plugin's method
 * @param {object|undefined} answer
 * @param {{status?: number, requestId?: string}} details
 * @returns {LatchkeyError|undefined}
 */
function issueKeyError(action, answer, details) {
    const { code, message } = answer?.error ?? {};
    if (typeof code !== 'string' || typeof message !== 'string') {
        return undefined;
    }
    return new LatchkeyError(action, oneLine(code), oneLine(message), {
        status: STATUSES.get(code),
        ...details,
        forCustomers: code !== 'internal_error',
    });
}

module.exports = { issueKeyError, jsonObject };
